# shellcheck shell=bash
# What the reload Jobs of both engines do: they wait for every server to run with the declared revision of the conf files, and
# announce the files meanwhile. Sourced after topology.sh, sql.sh and announce.sh.

CONF=${STREAMSET_MOUNTED_CONF:-/etc/streamset/conf}
AGAIN_SECONDS=10 # a server that restarts may have missed it
declare -A ANNOUNCED_AT=() # by host

# Asks each server by the function runs_with_the_revision, which takes its host, until all do. One that is declared lost has no part
# in it: if it comes back, it starts with the files that it has then.
await_revision() {
  local waiting=() left ordinal
  for ordinal in "${!HOSTS[@]}"; do
    if is_lost "$ordinal"; then log "${HOSTS[$ordinal]} is declared lost"; else waiting+=("$ordinal"); fi
  done
  while [ "${#waiting[@]}" -gt 0 ]; do
    left=()
    for ordinal in "${waiting[@]}"; do
      runs_with_the_revision "${HOSTS[$ordinal]}" || left+=("$ordinal")
    done
    waiting=("${left[@]}")
    [ "${#waiting[@]}" = 0 ] || pause 1
  done
}

announce_conf_in_time() { # HOST
  has_the_revision || return 1
  ((SECONDS >= ${ANNOUNCED_AT["$1"]:-0})) || return 0
  announce_conf "$1" "$CONF" || return 1
  ANNOUNCED_AT["$1"]=$((SECONDS + AGAIN_SECONDS))
}

# Otherwise the files have changed since the Job was declared, and another one announces them.
has_the_revision() { [ -r "$CONF/postgresql.conf" ] && [ "$(revision_in "$CONF/postgresql.conf")" = "${TOPOLOGY[revision]}" ]; }

says() { found "$1" >/dev/null; } # WORD

found() { LC_ALL=C sed -n "s/^$1: //p" <(answer) | printable | search .; } # WORD: the text after it; false if it does not occur
