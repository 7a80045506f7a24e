# shellcheck shell=bash
# All files by which the scripts tell each other, and their next life, how far they are; docs/node-life.md has them in a
# table. Writing one returns false when it is not on the disk.

TEMPORARY=${TMPDIR:-/tmp} # of the pod: its containers share it

# --- the data are ready for a server: the init container tells the main container ---
mark_prepared() { touch "$TEMPORARY/prepared"; }

is_prepared() { [ -e "$TEMPORARY/prepared" ]; }

forget_prepared() { rm -f "$TEMPORARY/prepared"; }

# --- the server is away on purpose: the liveness probe lets it be ---
mark_busy() { touch "$TEMPORARY/busy"; }

forget_busy() { rm -f "$TEMPORARY/busy"; }

# --- the data are half of something, such as a rewind: init.sh throws them away and clones ---
mark_worthless() { touch "$PGDATA.worthless" && sync "$PGDATA.worthless"; }

is_worthless() { [ -e "$PGDATA.worthless" ]; }

forget_worthless() { rm "$PGDATA.worthless"; }

# --- the node that this one has made write, or was about to: while it does not answer, no other may be made to ---
PROMOTED=streamset.asked # in the data directory

record_promotion() { # ORDINAL
  printf '%s\n' "$1" >"$PGDATA/$PROMOTED.new" &&
    sync "$PGDATA/$PROMOTED.new" &&
    mv -T "$PGDATA/$PROMOTED.new" "$PGDATA/$PROMOTED" &&
    sync "$PGDATA"
}

recorded_promotion() { # its ordinal; nothing when there is none
  local ordinal=''
  [ ! -e "$PGDATA/$PROMOTED" ] || read -r ordinal <"$PGDATA/$PROMOTED" 2>/dev/null || true
  if [[ $ordinal =~ ^[0-9]{1,3}$ ]]; then printf '%s' "$((10#$ordinal))"; fi
}

forget_promotion() { rm -f "${1:-$PGDATA}/$PROMOTED"; } # [DATA-DIRECTORY]
