"""Runs Patroni, and saves time where Patroni waits or works longer than it has to. Writes wait for all of it when a pod starts, or
a server that was killed. Whatever a Patroni does not have as it is expected here stays as it is.

It starts the server from another Python, because forking its own threads is not safe. That Python imports all of Patroni again
before the server starts: half a second of CPU time, which is two seconds where a pod has 300m. Here it imports this file instead,
which has the same function.

It reads the bounds of PostgreSQL's parameters from a file of 2,000 lines of YAML, with a parser in Python: a quarter of the CPU time
of its start. The parser in C reads the same in a fraction of that.

It looks whether a server that it has started answers, whether one that it promotes writes, and whether one that it stops has
written its last, once at once and then each second. Each of them takes some tenths of a second.

run.py CONFIGURATION
"""

import os
import subprocess
import sys
import time
import traceback

OF_PATRONI = "pg_ctl_start"
PARAMETERS = ["conn", "cmdline", "env"]

LOOKS = "polling_loop"
OF_LOOKS = ["timeout", "interval"]
STOP_LOOKS = "STOP_POLLING_INTERVAL"
LOOK_SECONDS = 0.2  # each look runs a program of PostgreSQL for some milliseconds


def pg_ctl_start(conn, cmdline, env):
    """What patroni/postgresql/postmaster.py has under this name."""
    os.setsid()
    try:
        conn.send(subprocess.Popen(cmdline, close_fds=True, env=env).pid)
    except Exception:
        traceback.print_exc()
        conn.send(None)
    conn.close()


def polling_loop(timeout, interval=LOOK_SECONDS):
    """What patroni/utils.py has under this name, with a shorter pause for whoever asks for none in particular."""
    end = time.time() + timeout
    iteration = 0
    while time.time() < end:
        yield iteration
        iteration += 1
        time.sleep(interval)


def replace(module, name, parameters, own):
    import inspect

    theirs = getattr(module, name, None)
    if theirs is not None and list(inspect.signature(theirs).parameters) == parameters:
        setattr(module, name, own)


def read_yaml_faster():
    try:
        import yaml

        yaml.SafeLoader = yaml.CSafeLoader
    except (ImportError, AttributeError):
        pass


def main():
    import runpy
    import shutil

    sys.path.pop(0)  # the folder of this file
    program = shutil.which("patroni")
    runpy.run_path(program, run_name="program")  # it knows where its modules are
    read_yaml_faster()  # before anything of Patroni reads some
    from patroni import __main__ as patroni
    from patroni import postgresql
    from patroni.postgresql import postmaster

    replace(postmaster, OF_PATRONI, PARAMETERS, pg_ctl_start)
    replace(postgresql, LOOKS, OF_LOOKS, polling_loop)
    if hasattr(postgresql, STOP_LOOKS):
        setattr(postgresql, STOP_LOOKS, LOOK_SECONDS)
    with open("/proc/self/comm", "w", encoding="ascii") as name:
        name.write("patroni")  # for whoever looks for it among the processes
    sys.argv[0] = program
    return patroni.main()


if __name__ == "__main__":
    sys.exit(main())
