# shellcheck shell=bash  # sourced by the other scripts, never run
# Progress messages: what is being done, and for how long.

# A script that another one calls counts from the start of that one.
export PROGRESS_BEGAN="${PROGRESS_BEGAN:-${EPOCHREALTIME/[.,]/}}"

say() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - PROGRESS_BEGAN) / 100000))
  printf '[%4d.%d s] %s\n' $((tenths / 10)) $((tenths % 10)) "$*"
}

die() {
  say "$*" >&2
  exit 1
}

# step WHAT LOG COMMAND...: runs a long command with a progress message every 15 s;
# shows the end of its log when it fails, and ends it when this script is ended.
# Call it as a plain command: after || or && the command would not stop at its first error.
step() {
  local what=$1 log=$2 job ticker status=0
  shift 2
  mkdir -p "$(dirname "$log")"
  say "$what ..."
  set -m # each job is a process group, so that its children can be ended with it
  "$@" >"$log" 2>&1 </dev/null 9>&- &
  job=$!
  (while sleep 15; do say "... $what: $(tail -n 1 "$log" | cut -c 1-90)"; done) 9>&- &
  ticker=$!
  set +m
  # shellcheck disable=SC2064  # the two numbers of now
  trap "kill -- -$job -$ticker 2>/dev/null; exit 143" TERM INT HUP
  wait "$job" || status=$?
  kill -- "-$ticker"
  wait "$ticker" 2>/dev/null || :
  trap - TERM INT HUP
  if [ "$status" != 0 ]; then
    tail -n 20 "$log" >&2
    die "failed: $what (exit code $status, log $log)"
  fi
}
