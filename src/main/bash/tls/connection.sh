# shellcheck shell=bash
# How connections to other servers are encrypted (docs/tls.md). Sourced by sql.sh, after session.sh.
#
# A connection verifies everything: who signed the certificate, its time and its names. The one exception is there because pods get
# TLS one at a time: while it is not required, a server that has never offered TLS to this node is asked whether it does, and is
# spoken to in plain text if it says that it does not. One that has offered it once is never spoken to in plain text again.
#
# pg_isready verifies nothing: it tells a server that is not trusted from one that is not there, and sends no secret.

ROOT_CERTIFICATE=${ROOT_CERTIFICATE:-} # who signs the certificates of the servers; nothing without TLS
CLIENT_CERTIFICATE=${CLIENT_CERTIFICATE:-} # of replicator, with its key beside it; nothing where the pods have none
TLS_REQUIRED=${TLS_REQUIRED:-}         # in a Job: true or false; a server pod's own pg_hba.conf says it
TLS_OFFERED=${TMPDIR:-/tmp}            # a file for each server that has offered TLS; a pod keeps them on its volume
[ -z "${PGDATA:-}" ] || TLS_OFFERED=${PGDATA%/*}/tls/offered

OFFER_SECONDS=2                            # for the answer to a question that no server needs to think about
TLS_REQUEST='\x00\x00\x00\x08\x04\xd2\x16\x2f' # SSLRequest of the protocol; the answer is S or N

# For libpq: nothing without TLS, and for the server of this pod, which has a socket.
encryption() { # HOST
  if [ -z "$ROOT_CERTIFICATE" ] || [[ $1 == /* ]]; then
    return 0
  elif must_encrypt "$1"; then
    printf 'sslmode=verify-full sslrootcert=%s' "$ROOT_CERTIFICATE"
  else
    printf 'sslmode=disable'
  fi
}

# The same for connections as replicator, which shows its certificate where servers demand TLS.
encryption_of_replicator() { # HOST
  local words
  words=$(encryption "$1")
  [[ $words != *verify-full* || -z $CLIENT_CERTIFICATE ]] ||
    words+=" sslcert=$CLIENT_CERTIFICATE sslkey=${CLIENT_CERTIFICATE%.crt}.key"
  printf '%s' "$words"
}

must_encrypt() { requires_tls || has_offered_tls "$1" || ! declines_tls "$1"; } # HOST

# The program's own lines stand first in pg_hba.conf, and end with an empty line.
requires_tls() {
  local folder line
  case $TLS_REQUIRED in
    '') ;; # not said
    true) return 0 ;;
    *) return 1 ;;
  esac
  for folder in "${STREAMSET_CONF:-/etc/postgresql}" "${STREAMSET_MOUNTED_CONF:-/etc/streamset/conf}"; do
    [ -r "$folder/pg_hba.conf" ] || continue # a pod that has just been created has no copy yet
    while IFS= read -r line && [ -n "$line" ]; do
      [[ $line != 'hostssl replication replicator '* ]] || return 0
    done <"$folder/pg_hba.conf"
    return 1
  done
  return 0 # nobody knows: then nothing is sent in plain text
}

has_offered_tls() { [ -e "$TLS_OFFERED/offered.$1" ]; } # HOST

offers_tls() { # HOST; false also if it does not answer
  has_offered_tls "$1" || {
    declines_tls "$1" || true
    has_offered_tls "$1"
  }
}

# False if it does not answer: what cannot be asked is not trusted either. In a process of its own, because a frozen server accepts
# no connection and bash cannot end the attempt.
declines_tls() { # HOST
  local answer
  # shellcheck disable=SC2016  # for that process
  answer=$(timeout "$OFFER_SECONDS" bash -c \
    'exec 5<>"/dev/tcp/$1/$2" && printf "$3" >&5 && IFS= read -r -N 1 -u 5 answer && printf "%s" "$answer"' \
    question "$1" "$(server_port)" "$TLS_REQUEST" 2>/dev/null) || true
  [ "$answer" != S ] || { mkdir -p "$TLS_OFFERED" && : >"$TLS_OFFERED/offered.$1"; } || true
  [ "$answer" = N ]
}
