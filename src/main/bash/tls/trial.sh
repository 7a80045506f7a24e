# shellcheck shell=bash
# Whether a certificate can be used, as those find it who have to use it: a server of its own starts with it, and libpq verifies it
# under each of its names. The certificate of replicator is tried with it, and adopted with it: the one is good for as long as the
# other's signer is known. Sourced after session.sh and create.sh.
#
# The Secrets have them as cert-manager makes them. The server reads copies, which this pod alone can read: with another owner or mode it
# refuses the key.

MOUNTED_TLS=${STREAMSET_MOUNTED_TLS:-/etc/streamset/tls} # where the kubelet brings the Secret
MOUNTED_CLIENT=${STREAMSET_MOUNTED_TLS_CLIENT:-/etc/streamset/tls-client}
TLS_FOLDER=${PGDATA%/*}/tls                              # on the volume of the data
TLS_FILES=(tls.crt tls.key ca.crt)
CLIENT_FILES=()
[ -z "${CLIENT_CERTIFICATE:-}" ] || CLIENT_FILES=(client.crt client.key)

TRIAL_PORT=${STREAMSET_TRIAL_PORT:-5433} # at 127.0.0.1 of this pod
TRIAL_SECONDS=30                         # for the start of a server on empty data, which needs one second
TRIAL_DATA=$TLS_FOLDER/trial             # kept: making it takes more memory than the trial itself

mounted() { # NAME
  case $1 in
    client.*) printf '%s/%s' "$MOUNTED_CLIENT" "$1" ;;
    *) printf '%s/%s' "$MOUNTED_TLS" "$1" ;;
  esac
}

# All of them as one text; false if one is missing or empty.
read_certificate() { # FOLDER INTO-VARIABLE
  local name file part text=''
  for name in "${TLS_FILES[@]}" "${CLIENT_FILES[@]}"; do
    part=''
    file=$1/$name
    [ "$1" != "$MOUNTED_TLS" ] || file=$(mounted "$name")
    [ -r "$file" ] || return 1
    IFS= read -r -d '' part 2>/dev/null <"$file" || true # false at the end of the file
    [ -n "$part" ] || return 1
    text+="$part"$'\n=\n'
  done
  printf -v "$2" '%s' "$text"
}

lacking_files() { # BEGINNING of a sentence with the word Secret
  local name
  for name in "${TLS_FILES[@]}"; do
    [ -s "$MOUNTED_TLS/$name" ] || {
      printf '%s lacks one of %s' "$1" "${TLS_FILES[*]}"
      return 0
    }
  done
  printf '%s lacks one of tls.crt tls.key' "${1/Secret/Secret with the certificate of replicator}"
}

# To the folder that is tried, and adopted.
copy_certificate() {
  local name
  (
    umask 077
    rm -rf "$TLS_FOLDER/new" && mkdir -p "$TLS_FOLDER/new" || exit 1
    for name in "${TLS_FILES[@]}" "${CLIENT_FILES[@]}"; do
      cat "$(mounted "$name")" >"$TLS_FOLDER/new/$name" || exit 1
    done
  )
}

# In one step. The former one stays until the next.
adopt_certificate() {
  local next=a
  [ "$(readlink "$TLS_FOLDER/current" || true)" != a ] || next=b
  rm -rf "$TLS_FOLDER/${next:?}" "$TLS_FOLDER/current.new" &&
    mv "$TLS_FOLDER/new" "$TLS_FOLDER/$next" &&
    sync "$TLS_FOLDER/$next"/* &&
    ln -s "$next" "$TLS_FOLDER/current.new" &&
    mv -T "$TLS_FOLDER/current.new" "$TLS_FOLDER/current" &&
    sync "$TLS_FOLDER"
}

# Tries what copy_certificate has copied. Prints why it cannot be used, and nothing if it can; false if that was not found out.
try_certificate() { # NAME...
  local server status=0 log=$TLS_FOLDER/trial.log
  make_trial_data && write_trial_access || return 1
  postgres -D "$TRIAL_DATA" "${TRIAL_SETTINGS[@]}" >"$log" 2>&1 &
  server=$!
  if await_trial "$server"; then
    verify_all "$@" || status=$?
  elif ! told_fault "$log"; then
    status=1
    rm -rf "$TRIAL_DATA" # the next trial makes it again, in case that it is the reason
  fi
  kill -QUIT "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -f "$TRIAL_DATA/postmaster.pid"
  return "$status"
}

TRIAL_SETTINGS=(
  -c ssl=on -c "ssl_cert_file=$TLS_FOLDER/new/tls.crt" -c "ssl_key_file=$TLS_FOLDER/new/tls.key"
  -c "ssl_ca_file=$TLS_FOLDER/new/ca.crt" -c ssl_min_protocol_version=TLSv1.3
  -c "hba_file=$TLS_FOLDER/trial.hba" -c listen_addresses=127.0.0.1 -c "port=$TRIAL_PORT" -c unix_socket_directories=
  -c lc_messages=C # its messages are searched
  -c log_min_messages=warning
  # as small as a server can be
  -c shared_buffers=128kB -c max_connections=5 -c superuser_reserved_connections=0 -c max_wal_senders=0
  -c max_worker_processes=0 -c max_replication_slots=0 -c wal_level=minimal -c autovacuum=off -c fsync=off -c huge_pages=off
)
((MAJOR < 18)) || TRIAL_SETTINGS+=(-c io_method=sync) # without processes for it

# Nobody gets into it: a refusal by pg_hba.conf comes after TLS, and is all that is asked of it. Nor does replicator, which does not
# exist there; the server says so when its certificate is accepted.
write_trial_access() {
  printf '%s\n' 'hostssl all replicator all cert' 'host all all all reject' >"$TLS_FOLDER/trial.hba"
}

make_trial_data() {
  [ ! -s "$TRIAL_DATA/global/pg_control" ] || return 0
  rm -rf "$TRIAL_DATA" "$TRIAL_DATA.new"
  mkdir -p "$TLS_FOLDER" &&
    (create_cluster --pgdata="$TRIAL_DATA.new" --username=postgres --auth=reject --no-locale --encoding=UTF8 --wal-segsize=1 \
      --no-sync >"$TLS_FOLDER/trial.log" 2>&1) &&
    mv "$TRIAL_DATA.new" "$TRIAL_DATA"
}

await_trial() { # SERVER
  local limit=$((SECONDS + TRIAL_SECONDS))
  until pg_isready -q -t 1 -h 127.0.0.1 -p "$TRIAL_PORT"; do
    kill -0 "$1" 2>/dev/null && ((SECONDS < limit)) || return 1
    sleep 0.1
  done
  kill -0 "$1" 2>/dev/null # another server answers otherwise
}

# What a server says of files that do not fit together; other reasons for its end are none of the certificate's.
told_fault() { # LOG
  LC_ALL=C sed -n -E 's/^.*FATAL:  +(.*(certificate|private key|SSL).*)$/\1/p' "$1" | head -n 1 | LC_ALL=C grep -a .
}

verify_all() { # NAME...
  local fault
  fault=$(verify_names "$@") || return 1
  [ -n "$fault" ] || [ "${#CLIENT_FILES[@]}" = 0 ] || fault=$(verify_client) || return 1
  printf '%s' "$fault"
}

verify_client() {
  local text new=$TLS_FOLDER/new
  text=$(LC_ALL=C PGCONNECT_TIMEOUT=5 psql -X -w -c '' -d "host=localhost hostaddr=127.0.0.1 port=$TRIAL_PORT user=replicator dbname=postgres \
    sslmode=verify-full sslrootcert=$new/ca.crt sslcert=$new/client.crt sslkey=$new/client.key" 2>&1) || true
  text=${text##*failed: }
  text=${text%%$'\n'*}
  case $text in
    *'role "replicator" does not exist'*) ;;
    *'authentication failed'*) printf 'that of replicator has another name' ;;
    *SSL* | *certificate* | *'private key'*)
      printf 'that of replicator: %s%s' "$text" "$(verdict_of_openssl client.crt sslclient)"
      ;;
    *) return 1 ;;
  esac
}

verify_names() { # NAME...
  local name text ca=$TLS_FOLDER/new/ca.crt
  for name in "$@"; do
    text=$(LC_ALL=C PGCONNECT_TIMEOUT=5 psql -X -w -c '' -d "host=$name hostaddr=127.0.0.1 port=$TRIAL_PORT user=postgres dbname=postgres \
      sslmode=verify-full sslrootcert=$ca" 2>&1) || true
    [[ $text != *'SSL encryption'* ]] || continue
    text=${text##*failed: }
    text=${text%%$'\n'*}
    case $text in
      *'verify failed'*) printf '%s%s' "$text" "$(verdict_of_openssl tls.crt sslserver)" ;;
      *' does not match host name '*) printf '%s' "$text" ;;
      *) return 1 ;;
    esac
    return 0
  done
}

# libpq says no more than that verification has failed. Not every image has this program.
verdict_of_openssl() { # FILE PURPOSE
  local text file=$TLS_FOLDER/new/$1
  text=$(openssl verify -purpose "$2" -CAfile "$TLS_FOLDER/new/ca.crt" -untrusted "$file" "$file" 2>&1 |
    LC_ALL=C sed -n -E 's/^error [0-9]+ at .* lookup: *//p' | head -n 1) || true
  printf '%s' "${text:+: $text}"
}
