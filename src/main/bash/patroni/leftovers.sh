# shellcheck shell=bash
# The remains of interrupted operations, and how data appear. Sourced after markers.sh and wal.sh.

# The data directory itself is never among them unless it is marked, because it appears by a rename.
remove_leftovers() {
  rm -rf "$PGDATA.clone" "$PGDATA.initdb"
  mkdir -p "$(dirname "$PGDATA")"
  if is_worthless; then
    log 'the data here are incomplete, and another node has them: deleted'
    rm -rf "$PGDATA" ${WALDIR:+"$WALDIR"}
    sync "$(dirname "$PGDATA")"
    forget_worthless
  fi
}

# The data directory appears in one step, complete and on the disk.
appear() { # FOLDER
  link_wal "$1" &&
    sync "$1" &&
    { [ ! -d "$PGDATA" ] || rmdir "$PGDATA"; } &&
    mv "$1" "$PGDATA" &&
    sync "$(dirname "$PGDATA")" &&
    rename_new_wal
}
