# shellcheck shell=bash
# The marker files: by these, scripts know how far other scripts, or earlier runs of themselves, have got. docs/node-life.md
# lists them in a table. A function that writes one returns false when the file is not on the disk.

TEMPORARY=${TMPDIR:-/tmp} # shared by the pod's containers

# A file in the data directory appears complete and on the disk.
write_in_the_data() { # FILE LINE
  printf '%s\n' "$2" >"$PGDATA/$1.new" &&
    sync "$PGDATA/$1.new" &&
    mv -T "$PGDATA/$1.new" "$PGDATA/$1" &&
    sync "$PGDATA"
}

# --- the data are ready for a server: from the init container to the main container ---
mark_prepared() { touch "$TEMPORARY/prepared"; }

is_prepared() { [ -e "$TEMPORARY/prepared" ]; }

forget_prepared() { rm -f "$TEMPORARY/prepared"; }

# --- the server is stopped on purpose: the liveness probe must not fail ---
mark_busy() { touch "$TEMPORARY/busy"; }

forget_busy() { rm -f "$TEMPORARY/busy"; }

# --- the data are incomplete, for example during a rewind: init.sh deletes them and clones ---
mark_worthless() { touch "$PGDATA.worthless" && sync "$PGDATA.worthless"; }

is_worthless() { [ -e "$PGDATA.worthless" ]; }

forget_worthless() { rm "$PGDATA.worthless"; }

# --- Patroni ran on these data: nobody knows yet which node was the primary last. The content is what this one was: primary or
# standby ---
UNSETTLED=streamset.unsettled # in the data directory

mark_unsettled() { write_in_the_data "$UNSETTLED" "$1"; } # primary or standby

is_unsettled() { [ -e "$PGDATA/$UNSETTLED" ]; }

unsettled_role() {
  local role=''
  read -r role <"$PGDATA/$UNSETTLED" || true
  printf '%s' "$role"
}

forget_unsettled() { rm -f "$PGDATA/$UNSETTLED"; }

# --- the node that this one promoted, or was about to promote: while it does not answer, no other node may be promoted ---
PROMOTED=streamset.asked # in the data directory

record_promotion() { write_in_the_data "$PROMOTED" "$1"; } # ORDINAL

recorded_promotion() { # its ordinal; nothing when there is none
  local ordinal=''
  [ ! -e "$PGDATA/$PROMOTED" ] || read -r ordinal <"$PGDATA/$PROMOTED" 2>/dev/null || true
  if [[ $ordinal =~ ^[0-9]{1,3}$ ]]; then printf '%s' "$((10#$ordinal))"; fi
}

forget_promotion() { rm -f "${1:-$PGDATA}/$PROMOTED"; } # [DATA-DIRECTORY]

# --- the restoration that these data began with: a cluster that has the system identifier of another one knows by it that it is not that
# one (see backup/owner.sh) ---
RESTORATION=streamset.restored # in the data directory; every copy of the data has it

mark_restored() { write_in_the_data "$RESTORATION" "$(</proc/sys/kernel/random/uuid)"; }

restoration_of_the_data() { # nothing where they began with initdb
  local restoration=''
  read -r restoration 2>/dev/null <"$PGDATA/$RESTORATION" || true
  printf '%s' "$restoration"
}
