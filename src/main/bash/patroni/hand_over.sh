# shellcheck shell=bash
# Kubernetes restarts pods from the highest ordinal down. A primary whose turn comes hands over to one that has restarted already: the
# others might elect one that restarts next. Where nothing restarts, Patroni simply ends, which is fast: a pod that is deleted by
# force has two seconds. Sourced after process.sh, peers.sh, rest.sh and lease.sh.

HAND_OVER_SECONDS=10 # it takes two or three; after that Patroni ends, and the others elect one

# Whether it succeeds or not: Patroni gives its lease away when it ends.
hand_over_before_the_end() {
  local handing
  local -a restarted
  server_may_write || return 0
  find_restarted restarted
  [ "${#restarted[@]}" -gt 0 ] || return 0
  { keep_answers_apart hand_over && hand_over "${restarted[@]}"; } 9<&- &
  handing=$!
  while kill -0 "$handing" 2>/dev/null && patroni_runs; do
    pause 0.2
    keep_lease
  done
  kill -KILL "$handing" 2>/dev/null || true
}

hand_over() { # HOST...
  local host status='' until=$((SECONDS + HAND_OVER_SECONDS))
  for host in "$@"; do
    ((SECONDS < until)) || break
    post $((until - SECONDS)) "${STREAMSET_ADDRESS:-127.0.0.1}" /switchover \
      "{\"leader\": \"$HOSTNAME\", \"candidate\": \"${host%%.*}\"}" || true
    if http_status status && [ "$status" = 200 ]; then
      log "has handed over to ${host%%.*}, which has restarted, and ends"
      return 0
    fi
  done
  log 'ends without a handover; the others elect who leads'
}

# Standbys whose pods are of another template than this one.
find_restarted() { # INTO-ARRAY of hosts
  local -n found_restarted=$1
  local index
  local -A peer
  found_restarted=()
  answer_within 1
  for ((index = ${#HOSTS[@]} - 1; index > ORDINAL; index--)); do
    if ask "${HOSTS[$index]}" into peer && [ "${peer[role]} ${peer[pod]}" != "standby $POD_DIGEST" ] && is_healthy 1 "${HOSTS[$index]}"; then
      found_restarted+=("${HOSTS[$index]}")
    fi
  done
}
