# shellcheck shell=bash
# The configuration that Patroni reads: the declared file, and beside it what only this pod knows. Sourced after process.sh and
# rest.sh.

MOUNTED_PATRONI=${STREAMSET_PATRONI:-/etc/streamset/patroni}

PATRONI_SECRETS='' # what is in effect

write_patroni_conf() {
  mkdir -p "$PATRONI_CONF" &&
    cp "$MOUNTED_PATRONI/patroni.yml" "$PATRONI_CONF/1-declared.yml" &&
    printf "postgresql:\n  bin_name: {pg_rewind: '%s'}\n  parameters: {streamset.pod: '%s'}\n" \
      "$PATRONI_CONF/pg_rewind" "$POD_DIGEST" >"$PATRONI_CONF/2-pod.yml" &&
    printf '#!/bin/bash\nexec bash %q "$@"\n' "$SCRIPTS/patroni/rewind.sh" >"$PATRONI_CONF/pg_rewind" &&
    chmod 700 "$PATRONI_CONF/pg_rewind" &&
    write_secrets
}

# Patroni reads it again when the Secret has changed.
keep_secrets() {
  local before=$PATRONI_SECRETS
  write_secrets || return 1
  [ "$before" != "$PATRONI_SECRETS" ] || return 0
  log 'the passwords, or how connections are encrypted, have changed: Patroni goes by that from now on'
  reload_patroni
}

write_secrets() {
  local superuser replicator node rest text words
  look_at_password postgres superuser && look_at_password replicator replicator || return 1
  words=$(encryption_of_patroni)
  [ "$superuser"$'\n'"$replicator"$'\n'"$words" != "${PATRONI_PASSWORDS:-}" ] || return 0
  if [ -z "$superuser" ] || [ -z "$replicator" ] || [[ $superuser$replicator == *[$'\001'-$'\037\177']* ]]; then
    say_once secrets 'a password in the Secret is empty, or has control characters or more than one line: it is not used'
    return 1
  fi
  # it asks the server of its own pod as the superuser, through the socket; and others, when it rewinds, as the nodes do
  node=$(password "$NODE_ROLE") && rest=$(rest_password) || return 1
  text="postgresql: {authentication: {superuser: {username: postgres}, rewind: {username: $NODE_ROLE, password: $(yaml "$node")$words}, replication: {username: replicator, password: $(yaml "$replicator")$words$(client_of_patroni)}}}
restapi: {authentication: {username: $REST_USER, password: $(yaml "$rest")}}"
  (umask 077 && printf '%s\n' "$text" >"$PATRONI_CONF/3-secrets.yml.new") &&
    mv "$PATRONI_CONF/3-secrets.yml.new" "$PATRONI_CONF/3-secrets.yml" || return 1
  PATRONI_SECRETS=$text
  PATRONI_PASSWORDS=$superuser$'\n'$replicator$'\n'$words
}

yaml() { printf "'%s'" "${1//\'/\'\'}"; } # TEXT of one line

# What Patroni takes from its environment. Addresses and not names: a cut-off primary would wait for name resolution, and be
# demoted only after another one is promoted.
export_addresses() {
  local address=${POD_IP:?}
  export PATRONI_NAME=$HOSTNAME PATRONI_KUBERNETES_POD_IP=$address
  [[ $address != *:* ]] || address="[$address]"
  export PATRONI_RESTAPI_CONNECT_ADDRESS=$address:$REST_PORT
  [ -z "$ROOT_CERTIFICATE" ] || address=${HOSTS[$ORDINAL]} # which its certificate has
  export PATRONI_POSTGRESQL_CONNECT_ADDRESS=$address:$PORT
  export PATRONI_POSTGRESQL_DATA_DIR=$PGDATA PATRONI_POSTGRESQL_PGPASS=$PATRONI_CONF/pgpass
}

# --- what actions/conf.sh expects of a node that can replay late: here nobody tells a standby that it is to become primary ---
find_delay() { :; }

settle_delay() { :; }
