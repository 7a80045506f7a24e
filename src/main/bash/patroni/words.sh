# shellcheck shell=bash
# What a node that waits says of its data on Patroni's port (see data.sh), as others read it.

WAITING='state=(empty|primary|standby|former) engine=(patroni|declared|none) timeline=([0-9]+) system=([0-9]+)'

words_of() { # ANSWER
  if [[ $1 =~ $WAITING ]]; then
    echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
  else
    echo follows # Patroni itself
  fi
}
