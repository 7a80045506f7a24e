# shellcheck shell=bash
# A handover in an update that also restarts the pods, one at a time from the highest ordinal down. The role moves from a pod
# that has not restarted to one that has, where the order allows it, so that writes pause for the handover alone. Sourced before
# role.sh.

RESTART_SECONDS=300 # a restart that takes longer does not hold up the handover
RESTART_AWAITED='' # the declaration whose restart is waited for
RESTART_SINCE=''

# Whether the candidate is still to restart, before this node: both pods are of an earlier template than the declared one.
restarts_first() { # CANDIDATE-FACTS
  local -n restart_facts=$1
  [ "$POD_ENDS" = no ] && [ "$POD_DIGEST" != "${TOPOLOGY[pod]}" ] && ((PRIMARY > ORDINAL)) &&
    [ "${restart_facts[pod]:-}" != "${TOPOLOGY[pod]}" ] || return 1
  if [ "$RESTART_AWAITED" != "${TOPOLOGY[generation]}" ]; then
    RESTART_AWAITED=${TOPOLOGY[generation]}
    RESTART_SINCE=$SECONDS
  fi
  ((SECONDS - RESTART_SINCE < RESTART_SECONDS))
}
