# shellcheck shell=bash
# The guard: a server that can write must be gone before the lease of this node is. Patroni sees to that while it runs; when it
# hangs, is frozen or was killed, this does. Sourced after process.sh and rest.sh.
#
# All times are of the clock that nobody sets, in hundredths of a second.

LEASE_SECONDS=${LEASE_SECONDS:?}   # Patroni's ttl
END_WITHIN=$((4 * 100))            # a look, and the end of a server
FAILSAFE=$((10 * 100))             # while the API server is away Patroni asks the other nodes at each of its looks instead
HUNG=$((7 * 100))                  # without any answer; soon enough for a restart to renew the lease in time
START=$((40 * 100))                # Python starts, and reads all objects
NEWS=$TEMPORARY/lease              # from the process that asks

WATCHER=''
LEASE_END=0
LAST_ANSWER=0

uptime() { # INTO-VARIABLE
  local text
  read -r text _ </proc/uptime
  printf -v "$1" '%d' "$((10#${text/./}))"
}

# For a Patroni that was just started. A lease that an earlier one has got stays as it is.
expect_answers() {
  local now
  uptime now
  LAST_ANSWER=$((now + START - HUNG))
  ((LEASE_END > 0)) || LEASE_END=$((now + LEASE_SECONDS * 100))
  [ -z "$WATCHER" ] || kill -KILL "$WATCHER" 2>/dev/null || true
  rm -f "$NEWS"
  watch_patroni 9<&- &
  WATCHER=$!
}

# A process of its own: asking can take long, and this one must not wait.
watch_patroni() {
  local now asked age failsafe host=${STREAMSET_ADDRESS:-127.0.0.1}
  trap - TERM INT HUP
  keep_answers_apart lease
  while true; do
    uptime asked
    if get 3 "$host" /patroni && json_field dcs_last_seen age; then
      age=$((EPOCHSECONDS - age))
      failsafe=$(yes_or_no json_field failsafe_mode_is_active failsafe)
      uptime now
      printf '%s %s\n' "$now" "$(lease_end "$asked" "$((age < 0 ? 0 : age))" "$failsafe")" >"$NEWS"
    elif get 2 "$host" /liveness && http_status failsafe; then
      uptime now
      printf '%s 0\n' "$now" >"$NEWS" # it lives, but the server does not answer to it
    fi
    sleep 1
  done
}

# When a server here must be gone. ASKED: before the question; AGE: seconds since Patroni last had an answer of the API server
lease_end() { # ASKED AGE FAILSAFE
  if [ "$3" = yes ]; then
    echo $(($1 + FAILSAFE))
  else
    echo $(($1 + (LEASE_SECONDS - $2) * 100 - END_WITHIN))
  fi
}

keep_lease() {
  local now answered='' ends=''
  uptime now
  read -r answered ends 2>/dev/null <"$NEWS" || true
  if [[ $answered =~ ^[0-9]+$ && $ends =~ ^[0-9]+$ ]]; then
    LAST_ANSWER=$answered
    ((ends == 0)) || LEASE_END=$ends
  fi
  case $(decide_lease "$now" "$LEASE_END" "$LAST_ANSWER" "$(yes_or_no server_may_write)") in
    end-the-server)
      log 'the lease of this node is about to end, and Patroni has not renewed it: the server here ends before another one writes'
      kill_patroni
      end_server
      ;;
    restart-patroni)
      log "Patroni has not answered for $((HUNG / 100)) s: restarted, the server goes on"
      kill_patroni
      ;;
  esac
}

server_may_write() { server_runs && ! is_standby; }

decide_lease() { # NOW LEASE-END LAST-ANSWER SERVER-MAY-WRITE
  if [ "$4" = yes ] && (($1 >= $2)); then
    echo end-the-server
  elif (($1 - $3 >= HUNG)); then
    echo restart-patroni
  else
    echo go-on
  fi
}
