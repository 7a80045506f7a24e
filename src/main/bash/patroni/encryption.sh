# shellcheck shell=bash
# How Patroni's connections to other servers are encrypted: the same for all of them. While TLS is not required, and a server has
# not offered it yet, they take whatever they get; from the day that all have, they verify everything. Sourced after topology.sh and
# connection.sh.

ASK_AGAIN_SECONDS=5
NEXT_QUESTION=0
QUESTION='' # the process that asks

encryption_of_patroni() { # fields of YAML
  if [ -z "$ROOT_CERTIFICATE" ]; then
    return 0
  elif requires_tls || all_have_offered_tls; then
    printf ', sslmode: verify-full, sslrootcert: %s' "$ROOT_CERTIFICATE"
  else
    printf ', sslmode: prefer'
  fi
}

# That of replicator, for a server that asks for it.
client_of_patroni() { # fields of YAML
  [ -z "$CLIENT_CERTIFICATE" ] || printf ', sslcert: %s, sslkey: %s' "$CLIENT_CERTIFICATE" "${CLIENT_CERTIFICATE%.crt}.key"
}

all_have_offered_tls() {
  local host
  for host in "${HOSTS[@]}"; do
    has_offered_tls "$host" || return 1
  done
}

# In a process of its own: asking can take long, and the lease must not wait.
find_offers() {
  [ -n "$ROOT_CERTIFICATE" ] && ((SECONDS >= NEXT_QUESTION)) || return 0
  NEXT_QUESTION=$((SECONDS + ASK_AGAIN_SECONDS))
  if all_have_offered_tls || { [ -n "$QUESTION" ] && kill -0 "$QUESTION" 2>/dev/null; }; then return 0; fi
  ask_for_offers 9<&- &
  QUESTION=$!
}

ask_for_offers() {
  local host
  for host in "${HOSTS[@]}"; do
    offers_tls "$host" || true
  done
}
