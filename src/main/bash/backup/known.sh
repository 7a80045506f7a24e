# shellcheck shell=bash
# What the archiver knows of its tasks, and the table that follows it: a server that does not answer just now gets it later. Sourced by
# archiver.sh.

declare -A KNOWN=()    # by task: a line with the time of its success, and one with its fault
declare -A RECORDED=() # what of that is in the table
TABLE=''               # there is one for this archive
NEXT_RECORD=0
RECORD_FAILURES=0
QUIET_FAILURES=10 # the node needs some seconds after a first start until there is a place for the table

know() { # TASK FAULT-OR-NOTHING SECONDS-OR-NOTHING
  KNOWN[$1]=$3$'\n'$2
}

# The server here does not write any more, or another archive is used.
know_nothing() {
  KNOWN=()
  RECORDED=()
  TABLE=''
}

# Takes no process as long as nothing is new.
keep_records() {
  local task
  ((SECONDS >= NEXT_RECORD)) || return 0
  for task in "${!KNOWN[@]}"; do
    [ "${KNOWN[$task]}" != "${RECORDED[$task]:-}" ] || continue
    if record "$task"; then
      RECORD_FAILURES=0
    else
      NEXT_RECORD=$((SECONDS + RETRY_SECONDS))
      ((++RECORD_FAILURES < QUIET_FAILURES)) || say_once records "what becomes of the archive is not recorded: $(complaint)"
      break
    fi
  done
}

record() { # TASK
  local known=${KNOWN[$1]} sql
  if [ -z "$TABLE" ]; then
    sql=$(table_sql) && attempt run ask_server "$sql" || return 1
    TABLE=yes
  fi
  sql=$(record_sql "$1" "${known#*$'\n'}" "${known%%$'\n'*}") && attempt run ask_server "$sql" || return 1
  RECORDED[$1]=$known
}
