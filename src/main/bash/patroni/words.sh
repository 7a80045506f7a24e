# shellcheck shell=bash
# What a node says on Patroni's port, as others read it: one that waits, of its data (see data.sh), and Patroni, of its server.

WAITING='state=(empty|primary|standby|former) engine=(patroni|declared|none) timeline=([0-9]+) system=([0-9]+)'
# A standby that Patroni would promote.
STANDBY='"state": "running", .*"role": "replica", .*"received_location": ([0-9]+), .*"timeline": ([0-9]+),'

words_of() { # ANSWER
  if [[ $1 =~ $WAITING ]]; then
    echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
  elif [[ $1 =~ $STANDBY && $1 != *'"pause": true'* ]]; then
    echo "follows patroni ${BASH_REMATCH[2]} ${BASH_REMATCH[1]}"
  else
    echo follows # Patroni, which has no such server
  fi
}
