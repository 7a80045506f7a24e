# shellcheck shell=bash
# How a standby follows its upstream, the server that it streams from: connection and password. Sourced after sql.sh.

# The server's own connections ignore connect_timeout, and a pod that is gone sends nothing: without tcp_user_timeout and
# keepalives (milliseconds, seconds) a standby would keep trying the old address for more than a minute.
conninfo() { # of the upstream on this host, without the password
  local words
  words=$(encryption_of_replicator "$1")
  printf "host=%s port=%s user=replicator application_name=%s connect_timeout=5 %s %soptions='%s'" "$1" "$(server_port)" \
    "$HOSTNAME" 'tcp_user_timeout=5000 keepalives_idle=5 keepalives_interval=5' "${words:+$words }" "$REPLICATION"
}

# postgresql.auto.conf is where PostgreSQL itself keeps it, readable only by its user.
set_upstream() { # DATA-DIRECTORY HOST
  write_passfile "$1" &&
    write_auto_conf "$1" "$UPSTREAM" \
      "primary_conninfo = $(sql_quoted "$(conninfo "$2") passfile=$PGDATA/$PASSFILE")" \
      "primary_slot_name = $(sql_quoted "$(slot_name "$HOSTNAME")")"
}

UPSTREAM='primary_conninfo|primary_slot_name'

# Instead of the lines that set the parameters.
write_auto_conf() { # DATA-DIRECTORY PARAMETER[|PARAMETER…] LINE...
  local conf=$1/postgresql.auto.conf
  (
    umask 077
    exec >"$conf.new" || exit 1
    if [ -e "$conf" ]; then
      search -v -E "^($2)\\>" "$conf" || [ $? = 1 ] || exit 1 # 1: there is no other line
    fi
    [ $# = 2 ] || printf '%s\n' "${@:3}"
  ) && sync "$conf.new" && mv "$conf.new" "$conf"
}

# From its next start on, the server here cannot write, whatever happens: this is on the disk before anything else is done. If
# that fails, the data are unchanged.
become_read_only() {
  write_auto_conf "$PGDATA" "$UPSTREAM" '# no upstream: a former primary' && forget_promotion && become_standby "$PGDATA"
}

become_standby() { # DATA-DIRECTORY
  if touch "$1/standby.signal" && sync "$1/standby.signal" "$1"; then return 0; fi
  rm -f "$1/standby.signal"
  return 1
}

# For a running standby, whose upstream may have got TLS since it was set up, or did not answer then. Returns true if the server must
# read that. An upstream that says nothing now changes nothing.
encrypt_upstream() {
  local host conf
  [ -n "$ROOT_CERTIFICATE" ] && is_standby || return 1
  host=$(upstream)
  conf=$(<"$PGDATA/postgresql.auto.conf") || return 1
  if [[ $conf == *' sslmode=disable '* ]]; then
    requires_tls || offers_tls "$host" || return 1
  else
    [[ $conf == *' sslmode=verify-full '* ]] && ! requires_tls && ! has_offered_tls "$host" && declines_tls "$host" || return 1
  fi
  set_upstream "$PGDATA" "$host" || return 1
  log "how it streams from $host has changed: $(encryption "$host")"
}

# --- the password ---
# It has its own file because a server logs the full text of every change of primary_conninfo. The server reads the file for
# each connection.
PASSFILE=replicator.passfile # in the data directory

# The only line of the file; a backslash escapes backslashes and colons.
passfile_line() { # INTO-VARIABLE
  local secret
  look_at_password replicator secret || return 1
  secret=${secret//\\/\\\\}
  printf -v "$1" '*:*:*:replicator:%s' "${secret//:/\\:}"
}

write_passfile() { # DATA-DIRECTORY
  local line
  passfile_line line &&
    (umask 077 && printf '%s\n' "$line" >"$1/$PASSFILE.new") &&
    mv "$1/$PASSFILE.new" "$1/$PASSFILE"
}

# For a running standby: the kubelet brings a changed password to the pod, and from then on the server connects with it.
keep_password() {
  local secret declared current=''
  is_standby && [ -e "$PGDATA/$PASSFILE" ] || return 0
  look_at_password replicator secret && is_usable_password "$secret" || return 0 # the primary says so
  passfile_line declared || return 1
  IFS= read -r current <"$PGDATA/$PASSFILE" || true
  [ "$current" != "$declared" ] || return 0
  if attempt write_passfile "$PGDATA"; then
    log 'the password of replicator has changed: this node connects with the declared one from now on'
  else
    say_once password "the password of replicator has changed, but cannot be written here: $(complaint)"
    return 1
  fi
}
