# shellcheck shell=bash
# Creating a database cluster, in the background or in a subshell of the script that sources this.

# Without huge pages. Where a node has some, the kernel promises them to whoever asks, and kills a process of a container that
# may have none, or fewer, when it touches them. initdb asks for 128 MB of shared memory, whatever the servers will have.
create_cluster() { # INITDB-OPTION…
  local major
  major=$(initdb --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/') || return 1
  if ((major >= 16)); then
    exec initdb -c huge_pages=off "$@"
  fi
  create_template || return 1
  exec initdb -L "$(template)" "$@"
}

template() { printf '%s' "${TMPDIR:-/tmp}/share"; }

# Until 15 initdb takes settings only from the conf file that it copies: its folder of such files, with another one of that name.
create_template() {
  local share
  share=$(initdb --show --pgdata="$PGDATA" 2>&1 | sed -n 's/^share_path=//p') || return 1
  rm -rf "$(template)" && mkdir "$(template)" && ln -s "$share"/* "$(template)" || return 1
  rm "$(template)/postgresql.conf.sample" &&
    sed 's/^#huge_pages = try/huge_pages = off/' "$share/postgresql.conf.sample" >"$(template)/postgresql.conf.sample"
}
