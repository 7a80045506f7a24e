# shellcheck shell=bash
# How a node queries the servers of other pods: as a role that may do what this takes, and no more (see actions/node_role.sh). The
# server of its own pod it queries through the socket, as the superuser. Sourced after sql.sh by what runs in server pods, and by Jobs and
# CronJobs that query servers so.
#
# Not every server lets that role in: a new one has none for some seconds, and those of a former version have none, or admit it from few
# addresses, until they restart. Such a server is queried as the superuser, for a while, by who has that password: it is in the Secret of
# somebody else, and in Jobs of the update that replaces a former version.

query() { query_as_node "$@"; } # in place of that in sql.sh

WITHOUT_NODE_ROLE_SECONDS=20 # until such a server is asked again
declare -A WITHOUT_NODE_ROLE=() # by host, until when

# What servers say, in any language: the name of the role in whatever they use as quotes; and in the language that this role asks
# for, what it has not been granted, or what stands in the way of a role of a former version that may not set session_preload_libraries.
NODE_REFUSED='[^A-Za-z0-9_.-]streamset[^A-Za-z0-9_.-]|permission denied|could not (access|load)'

query_as_node() { # HOST [SECONDS]
  local sql='' status=0
  if [[ $1 == /* ]] || has_no_node_role "$1"; then
    query_as_superuser "$@" || status=$?
    return "$status"
  fi
  IFS= read -r -d '' sql || true # false at the end, where it should end
  attempt run session "$NODE_ROLE" "$NODE" "$@" <<<"$sql" || status=$?
  if ((status == 0)); then
    unset "WITHOUT_NODE_ROLE[$1]"
    return 0
  fi
  has_superusers_password && search -qE "$NODE_REFUSED" "$COMPLAINT" || return "$status"
  WITHOUT_NODE_ROLE["$1"]=$((SECONDS + WITHOUT_NODE_ROLE_SECONDS))
  query_as_superuser "$@" <<<"$sql"
}

has_superusers_password() {
  local secret
  look_at_password postgres secret && ! is_verifier "$secret"
}

has_no_node_role() { ((SECONDS < ${WITHOUT_NODE_ROLE["$1"]:-0})); } # HOST, as far as this node knows
