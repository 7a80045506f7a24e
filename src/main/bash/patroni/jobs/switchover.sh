#!/usr/bin/env bash
# Job: lets the wished node lead, once. Whoever leads hands over to it by Patroni's REST API, when it has everything; after that
# the nodes decide by themselves again.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/facts/node_login.sh
source "$SCRIPTS/facts/node_login.sh"
# shellcheck source=src/main/bash/actions/checkpoint.sh
source "$SCRIPTS/actions/checkpoint.sh"
# shellcheck source=src/main/bash/actions/fill.sh
source "$SCRIPTS/actions/fill.sh"
# shellcheck source=src/main/bash/patroni/rest.sh
source "$SCRIPTS/patroni/rest.sh"

REFUSED_PASSWORD=401
SWITCH_SECONDS=60 # Patroni answers when it is done

main() {
  local leader wished
  end_on_signal
  read_topology
  wished=${HOSTS[$PRIMARY]}
  while true; do
    if ! find_leader leader; then
      say_once leader 'waiting for a node to lead'
    elif [ "$leader" = "$wished" ]; then
      break
    elif ! is_healthy 3 "$wished"; then
      say_once "$wished" "waiting for $wished to follow $leader; until then that one goes on leading"
    else
      switch_over "$leader" "$wished"
    fi
    pause 1
  done
  log "$wished leads"
}

switch_over() { # LEADER WISHED
  local status=''
  prepare_the_end "$1"
  log "$1 hands over to $2"
  post "$SWITCH_SECONDS" "$1" /switchover "{\"leader\": \"${1%%.*}\", \"candidate\": \"${2%%.*}\"}" || true
  if ! http_status status; then
    say_once switch "$1 has not answered: asked again"
  elif [ "$status" = "$REFUSED_PASSWORD" ]; then
    say_once switch "$1 does not know the declared password of postgres yet"
  elif [ "$status" != 200 ]; then
    say_once switch "$1 has not handed over: $(tail -n 1 < <(answer) | printable)"
  fi
}

main
