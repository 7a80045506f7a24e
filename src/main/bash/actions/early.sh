# shellcheck shell=bash
# Conf files that the reload Job announces before the kubelet brings them. Sourced after topology.sh and conf.sh.
#
# This node's server writes them to three files in its socket folder, on behalf of the Job: the two conf files in base64, and then
# a file that says for which revision and pods they are, with their digests. They count as long as their declaration is later than
# the kubelet's.

EARLY=$SOCKETS/streamset.conf
EARLY_CONF=$CONF/early # where they are decoded

declare -A EARLY_DECLARED=([generation]=0)
REFUSED_DIGESTS='' # of files that were not complete when the node looked, or never will be

# Replaces what the kubelet's file says about the conf files by what is announced, if that is later.
take_early_conf() {
  local -A read=()
  if [ -s "$EARLY" ]; then
    if ! parse_topology "$EARLY" read revision wal_kilobytes pod generation postgresql_conf pg_hba_conf; then
      say_once "$EARLY" "$EARLY is refused: ${read[problem]}"
    elif ((read[generation] > EARLY_DECLARED[generation])) && [ "${read[generation]}" -gt "${MOUNTED[generation]}" ] &&
      decode_early_conf "${read[postgresql_conf]}" "${read[pg_hba_conf]}"; then
      copy_values read EARLY_DECLARED "${!read[@]}"
    fi
  fi
  if is_early; then
    copy_values EARLY_DECLARED TOPOLOGY revision wal_kilobytes pod
  fi
}

is_early() { [ "${EARLY_DECLARED[generation]}" -gt "${MOUNTED[generation]}" ]; }

decode_early_conf() { # DIGEST-OF-POSTGRESQL.CONF DIGEST-OF-PG_HBA.CONF
  if ! mkdir -p "$EARLY_CONF" || ! decode postgresql.conf "$1" || ! decode pg_hba.conf "$2"; then
    [ "$REFUSED_DIGESTS" = "$*" ] || log 'the announced conf files are not what their digests say: the kubelet will bring them'
    REFUSED_DIGESTS=$*
    return 1
  fi
}

decode() { # NAME DIGEST
  local sum
  base64 -d <"$SOCKETS/streamset.$1" >"$EARLY_CONF/$1" 2>/dev/null || return 1
  sum=$(sha256sum <"$EARLY_CONF/$1") || return 1
  [ "${sum%% *}" = "$2" ]
}
