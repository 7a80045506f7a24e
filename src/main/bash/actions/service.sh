# shellcheck shell=bash
# The Service for writing during a handover. An update lets it select the new primary, which takes an update seconds. So it moves
# before the handover: this node says that it is ready, goes on writing, and hands over as soon as the Service leads to another
# node. Clients of the Service then wait only for the handover itself. Sourced after topology.sh and sql.sh, before role.sh.

PRIMARY_SERVICE=${PRIMARY_SERVICE:-} # its name; nothing where there is none
READY=$SOCKETS/streamset.ready       # which declaration this node is ready to carry out, for the Job

SERVICE_SECONDS=60 # an update that was cancelled may never change the Service
LOOK_SECONDS=2     # at the Service, before the next look at everything else

READY_FOR='' # the same as in the file
READY_SINCE=''

# Returns true if the Service for writing leads to a standby, or is not waited for.
clients_are_sent_on() {
  [ -n "$PRIMARY_SERVICE" ] || return 0
  be_ready || return 1
  local limit=$((SECONDS + LOOK_SECONDS))
  until leads_to_a_standby "$PRIMARY_SERVICE"; do
    if ((SECONDS - READY_SINCE >= SERVICE_SECONDS)); then
      log "$PRIMARY_SERVICE still leads to this node after $SERVICE_SECONDS s: no longer waited for"
      return 0
    fi
    ((SECONDS < limit)) || return 1
    run sleep 0.3 # each look takes CPU time that the clients share
  done
}

leads_to_a_standby() { query "$1" 2 <<<'SELECT pg_is_in_recovery()' && answers_with_line t; } # HOST

# Once for each declaration.
be_ready() {
  local declaration="${TOPOLOGY[primary]} ${TOPOLOGY[generation]}"
  [ "$READY_FOR" != "$declaration" ] || return 0
  prepare_the_end "$(own_server)"
  printf '%s\n' "$declaration" >"$READY.new" && mv "$READY.new" "$READY" || return 1
  READY_FOR=$declaration
  READY_SINCE=$SECONDS
}

is_ready_to_hand_over() { [ -n "$READY_FOR" ]; }

forget_ready() {
  [ -e "$READY" ] || return 0
  rm -f "$READY" && READY_FOR=''
}
