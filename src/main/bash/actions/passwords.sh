# shellcheck shell=bash
# The passwords of the cluster's own roles, and of the roles of declared databases, follow the Secret on the server that writes. The
# kubelet brings a changed Secret to the pod within about a minute; the node then sets them through the socket of its server, where it
# needs none. So the superuser's, with which Jobs and other nodes log in, can change too, and all can in a Secret of somebody else,
# which no update follows.
# Sourced after topology.sh, sql.sh, data.sh, set_password.sh, node_role.sh and metrics.sh, by a script that knows server_runs.
#
# Each password is looked at by itself: it does no harm if the Secret changes between the two reads, because the next look sees that.

OWN_ROLES=(postgres replicator)
LOGIN_SECONDS=5     # an answer to a login, or to a short statement
LOCK_SECONDS=3      # for a lock that somebody else holds
STATEMENT_SECONDS=8 # longer than that; a commit waits for the local disk only
AGAIN_SECONDS=5     # between two attempts, and before the first: a failed login is a line in the server's log

KNOWN_SECRET=''  # what the server here was found, or made, to go by; nothing while it cannot write
TRIED_SECRET=''  # the same of the process that is trying
SETTER=''        # that process
NEXT_ATTEMPT=0

# In a process of its own: a look at everything else must not wait for a lock.
follow_secret() {
  local secret
  hand_out_metrics_password || true # tried again at the next look
  if ! server_runs || is_standby; then
    KNOWN_SECRET=''
    TRIED_SECRET=''
    NEXT_ATTEMPT=$((SECONDS + AGAIN_SECONDS)) # who was just promoted has something better to do first
    return 0
  fi
  end_attempt || return 0
  read_secret secret
  [ "$secret" != "$KNOWN_SECRET" ] && ((SECONDS >= NEXT_ATTEMPT)) || return 0
  TRIED_SECRET=$secret
  set_passwords 9<&- & # without the lock of the volume
  SETTER=$!
}

# Returns false while the attempt goes on.
end_attempt() {
  local status=0
  [ -n "$SETTER" ] || return 0
  ! kill -0 "$SETTER" 2>/dev/null || return 1
  wait "$SETTER" || status=$?
  SETTER=''
  if ((status == 0)); then
    KNOWN_SECRET=$TRIED_SECRET
    unset 'LAST_SAID[passwords]'
    return 0
  elif ((status != NOT_YET)); then
    NEXT_ATTEMPT=$((SECONDS + AGAIN_SECONDS))
    say_once passwords "the passwords of $(followed_roles), or the role $NODE_ROLE${METRICS_PASSWORD:+ or $METRICS_ROLE}, cannot be set here, and are tried again: $(complaint_about_passwords)"
  fi
}

read_secret() { # INTO-VARIABLE: all that is looked at
  local role one all=''
  read_roles
  for role in "${OWN_ROLES[@]}" "${DECLARED_ROLES[@]}"; do
    look_at_password "$role" one || true # a Secret of somebody else may lose a key
    is_usable_password "$one" ||
      say_once "password of $role" "the password of $role in the Secret is empty, or has more than one line: it is not set"
    all+="$role $one"$'\n'
  done
  printf -v "$1" '%s' "$all"
}

followed_roles() {
  local roles=("${OWN_ROLES[@]}" "${DECLARED_ROLES[@]}")
  printf '%s' "${roles[*]}"
}

complaint_about_passwords() (
  keep_answers_apart passwords
  complaint
)

# --- in that process ---
NOT_YET=2 # the server does not answer, or does not write

set_passwords() {
  # shellcheck disable=SC2034  # superuser() uses them
  local SUPERUSER="$SUPERUSER $SECRETS -c lock_timeout=${LOCK_SECONDS}s -c statement_timeout=${STATEMENT_SECONDS}s" PSQL=(setsid psql)
  trap - TERM INT
  keep_answers_apart passwords
  is_ready "$LOGIN_SECONDS" || return "$NOT_YET"
  set_own || return "$?"
  set_those_of_databases && make_node_role && make_metrics_role
}

set_own() {
  local roles role changed=()
  query "$(own_server)" "$LOGIN_SECONDS" <<SQL || return 1
SELECT rolname FROM pg_roles WHERE rolname IN ('${OWN_ROLES[0]}', '${OWN_ROLES[1]}') AND rolcanlogin AND NOT pg_is_in_recovery();
SQL
  mapfile -t roles <"$ANSWER"
  [ "${#roles[@]}" -gt 0 ] || return "$NOT_YET"
  for role in "${roles[@]}"; do
    is_usable_password "$(password "$role" 2>/dev/null)" || continue
    has_declared_password "$role" || changed+=("$role")
  done
  set_at_once '' "${changed[@]}"
}

# Only roles that the Job took (see set_password.sh), and that have got no rights since with which it would refuse them.
set_those_of_databases() {
  local role roles=() changed marks
  for role in "${DECLARED_ROLES[@]}"; do
    ! is_usable_password "$(password "$role" 2>/dev/null)" || roles+=("$role")
  done
  [ "${#roles[@]}" -gt 0 ] || return 0
  marks=$(marks_sql "${roles[@]}") || return 1
  query "$(own_server)" $((STATEMENT_SECONDS + LOGIN_SECONDS)) <<SQL || return 1
SET track_activities = off;
SELECT role FROM $marks JOIN pg_db_role_setting ON setrole = pg_authid.oid AND setdatabase = 0
 WHERE rolcanlogin AND NOT (rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls)
   AND EXISTS (SELECT FROM unnest(setconfig) AS setting WHERE setting LIKE '$MARK=%')
   AND '$MARK=' || mark <> ALL (setconfig);
SQL
  mapfile -t changed <"$ANSWER"
  [ "${#changed[@]}" -gt 0 ] || return 0
  marks=$(mark_statements "${changed[@]}") || return 1 # before the passwords are read (see there)
  set_at_once "$marks" "${changed[@]}"
}

# In one transaction: whoever can log in as the superuser finds that of replicator set, and changes the role at no other time.
set_at_once() { # FURTHER-STATEMENTS ROLE...
  local role statements=''
  [ $# -gt 1 ] || return 0
  for role in "${@:2}"; do
    statements+=$(password_statements "$role") || return 1
    statements+=$'\n'
  done
  query "$(own_server)" $((STATEMENT_SECONDS + LOGIN_SECONDS)) <<<"BEGIN;"$'\n'"$statements${1:+$1$'\n'}COMMIT;" || return 1
  for role in "${@:2}"; do log "role $role has the declared password from now on"; done
}

# The server has its verifier; or the server of this pod lets the role in with it, through the network: there the cluster's own lines
# ask for a password, and they come first. If that fails for another reason, the password counts as another one: it does no harm to set
# it again.
has_declared_password() { # ROLE
  local host=${HOSTS[$ORDINAL]} secret
  secret=$(password "$1") || return 1
  if is_verifier "$secret"; then
    has_verifier "$1" "$secret"
  elif [ "$1" = replicator ]; then
    attempt run login_of_replicator "$host" <<<'IDENTIFY_SYSTEM'
  else
    query_as_superuser "$host" "$LOGIN_SECONDS" <<<'SELECT'
  fi
}

# pg_stat_activity must not show it.
has_verifier() { # ROLE VERIFIER
  query "$(own_server)" "$LOGIN_SECONDS" <<SQL && answers_with_line t
SET track_activities = off;
SELECT rolpassword = '$2' FROM pg_authid WHERE rolname = '$1';
SQL
}

login_of_replicator() { # HOST
  PGPASSWORD=$(password replicator) PGCONNECT_TIMEOUT=$LOGIN_SECONDS PGOPTIONS=$REPLICATION timeout "$LOGIN_SECONDS" \
    psql -X -q -A -t -U replicator -d "replication=true $(encryption_of_replicator "$1")" -h "$1" -p "$(server_port)"
}
