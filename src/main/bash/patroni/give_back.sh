# shellcheck shell=bash
# The lease that a former server of this volume has left. The API server no longer knows a pod that was deleted by force, so its
# Patroni cannot give the lease back, and nobody writes until a server runs here again or the lease ends. That server has ended (this
# process has the lock of the volume), so it is given back here, and another node writes at once. Nothing that was acknowledged may
# be lost by that: each of the others has received all that was written here. Sourced after sql.sh, python.sh, data.sh and decide.sh.

GIVE_BACK_SECONDS=5 # nobody can lead while the API server is away

# Whether it succeeds or not, Patroni starts next, and goes on with a lease that it still has.
give_lease_back() { # NODES
  local received end
  received=$(decide_give_back "$ORDINAL" "$1")
  [ "$received" != keep ] && end_of_wal "${received% *}" "${received#* }" end && ((end <= ${received#* })) || return 0
  if ! attempt run timeout "$GIVE_BACK_SECONDS" "$PYTHON" "$SCRIPTS/patroni/kubernetes.py" give-back "${SCOPE:?}"; then
    log "the lease of the former server here cannot be given back: $(complaint)"
  elif [ -s "$ANSWER" ]; then
    log 'the former server here has ended with its lease, and the others have all that it wrote: the lease is given back for it'
  fi
}
