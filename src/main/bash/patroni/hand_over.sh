# shellcheck shell=bash
# A primary that ends hands over before it does, to a node of this script's choice: left to themselves, the others would elect any of
# them, perhaps one that ends soon too. Sourced after process.sh, peers.sh, rest.sh and lease.sh.

HAND_OVER_SECONDS=10 # it takes two or three; after that Patroni ends, and the others elect one

# Whether it succeeds or not: Patroni gives its lease away when it ends.
hand_over_before_the_end() {
  local handing
  server_may_write || return 0
  { keep_answers_apart hand_over && hand_over; } 9<&- &
  handing=$!
  while kill -0 "$handing" 2>/dev/null && patroni_runs; do
    pause 0.2
    keep_lease
  done
  kill -KILL "$handing" 2>/dev/null || true
}

hand_over() {
  local host status='' until=$((SECONDS + HAND_OVER_SECONDS))
  local -a candidates
  pause 2 # where all pods end, those that stream now do not any more
  find_candidates candidates
  for host in "${candidates[@]}"; do
    ((SECONDS < until)) || break
    post $((until - SECONDS)) "${STREAMSET_ADDRESS:-127.0.0.1}" /switchover \
      "{\"leader\": \"$HOSTNAME\", \"candidate\": \"${host%%.*}\"}" || true
    if http_status status && [ "$status" = 200 ]; then
      log "has handed over to ${host%%.*}, and ends"
      return 0
    fi
  done
  log 'ends; the others elect who leads'
}

# Those that stream, the best first. Kubernetes restarts pods from the highest ordinal down, and removes them in the same order:
# what has restarted already stays, and else the lowest one stays longest.
find_candidates() { # INTO-ARRAY
  local -n found_candidates=$1
  local index
  local -a others=()
  local -A peer
  found_candidates=()
  answer_within 1
  for ((index = ${#HOSTS[@]} - 1; index > ORDINAL; index--)); do
    if streams "${HOSTS[$index]}" && ask "${HOSTS[$index]}" into peer && [ "${peer[pod]}" != "$POD_DIGEST" ]; then
      found_candidates+=("${HOSTS[$index]}")
    fi
  done
  for ((index = 0; index < ${#HOSTS[@]}; index++)); do
    if [ "$index" != "$ORDINAL" ] && streams "${HOSTS[$index]}"; then others+=("${HOSTS[$index]}"); fi
  done
  found_candidates+=("${others[@]}")
}

streams() { # HOST; a standby that Patroni would promote
  local code
  get 1 "$1" /replica && http_status code && [ "$code" = 200 ]
}
