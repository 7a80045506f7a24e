# shellcheck shell=bash
# Patroni's REST API, of this pod and of the others. Sourced after sql.sh.

REST_PORT=${STREAMSET_REST_PORT:-8008}
REST_USER=streamset

# In a process of its own, because a frozen server accepts no connection and bash cannot end the attempt.
# shellcheck disable=SC2016  # for that process
REQUEST='exec 5<>"/dev/tcp/$1/$2" && printf "%s" "$3" >&5 && exec cat <&5'

# Its whole answer is in the file of sql.sh's attempt.
request() { # SECONDS HOST TEXT
  attempt run timeout "$1" bash -c "$REQUEST" request "$2" "$REST_PORT" "$3"
}

get() { request "$1" "$2" "GET $3 HTTP/1.0"$'\r\n\r\n'; } # SECONDS HOST PATH

post() { send POST "$@"; } # SECONDS HOST PATH JSON

send() { # METHOD SECONDS HOST PATH JSON
  request "$2" "$3" "$1 $4 HTTP/1.0"$'\r\n'"Authorization: Basic $(printf '%s' "$REST_USER:$(rest_password)" | base64 -w 0)"$'\r\n'"Content-Type: application/json"$'\r\n'"Content-Length: ${#5}"$'\r\n\r\n'"$5"
}

# Patroni looks at once instead of after its pause: it does so whenever somebody changes its configuration, and this changes nothing.
wake_patroni() { send PATCH 2 "$1" /config '{"streamset": null}'; } # HOST

# A password of its own, which follows from the superuser's: whoever sees it learns nothing of that one, and each pod and Job
# has it, or what it takes to compute it.
rest_password() { derived_password streamset_patroni 'streamset, REST API of Patroni'; }

# --- answers ---
http_status() { # INTO-VARIABLE; false if there was no answer
  local line=''
  IFS= read -r line <"$ANSWER" || [ -n "$line" ] || return 1
  [[ $line =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] || return 1
  printf -v "$1" '%s' "${BASH_REMATCH[1]}"
}

# A field of an answer in JSON: only numbers and words in quotes are taken.
json_field() { # NAME INTO-VARIABLE
  local text
  text=$(answer) || return 1
  [[ $text =~ \"$1\":\ *\"?([A-Za-z0-9_./-]+) ]] || return 1
  printf -v "$2" '%s' "${BASH_REMATCH[1]}"
}

# A standby that streams, which Patroni would promote.
is_healthy() { # SECONDS HOST
  local status
  get "$1" "$2" /replica && http_status status && [ "$status" = 200 ]
}

# The host of the pod that leads: Patroni answers so only while it holds the lease.
find_leader() { # INTO-VARIABLE
  local host status
  for host in "${HOSTS[@]}"; do
    if get 3 "$host" /primary && http_status status && [ "$status" = 200 ]; then
      printf -v "$1" '%s' "$host"
      return 0
    fi
  done
  return 1
}
