"""Runs Patroni. It starts the server from another Python, because forking its own threads is not safe. That Python imports all of
Patroni again before the server starts: half a second of CPU time, which is two seconds where a pod has 300m. Here it imports this
file instead, which has the same function. A Patroni that has no such function runs as it is.

run.py CONFIGURATION
"""

import os
import subprocess
import sys
import traceback

OF_PATRONI = "pg_ctl_start"
PARAMETERS = ["conn", "cmdline", "env"]


def pg_ctl_start(conn, cmdline, env):
    """What patroni/postgresql/postmaster.py has under this name."""
    os.setsid()
    try:
        conn.send(subprocess.Popen(cmdline, close_fds=True, env=env).pid)
    except Exception:
        traceback.print_exc()
        conn.send(None)
    conn.close()


def main():
    import inspect
    import runpy
    import shutil

    sys.path.pop(0)  # the folder of this file
    program = shutil.which("patroni")
    runpy.run_path(program, run_name="program")  # it knows where its modules are
    from patroni import __main__ as patroni
    from patroni.postgresql import postmaster

    own = getattr(postmaster, OF_PATRONI, None)
    if own is not None and list(inspect.signature(own).parameters) == PARAMETERS:
        setattr(postmaster, OF_PATRONI, pg_ctl_start)
    with open("/proc/self/comm", "w", encoding="ascii") as name:
        name.write("patroni")  # for whoever looks for it among the processes
    sys.argv[0] = program
    return patroni.main()


if __name__ == "__main__":
    sys.exit(main())
