#!/usr/bin/env bash
# Patroni runs this in a database that it has just made. Next it makes the role with which it rewinds, and a role without a mark counts
# as somebody else's. And it gets all that nodes need of each other: the other engine, which may come next, finds out with this role who
# has what, before anybody writes.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/actions/set_password.sh
source "$SCRIPTS/actions/set_password.sh"
# shellcheck source=src/main/bash/actions/job_functions.sh
source "$SCRIPTS/actions/job_functions.sh"
# shellcheck source=src/main/bash/actions/node_role.sh
source "$SCRIPTS/actions/node_role.sh"

SQL_SECONDS=30

end_on_signal
keep_answers_apart node_role
SUPERUSER+=" $SECRETS"
PSQL=(setsid psql) # which has no terminal to ask for a password
{ compose_node_role more digest && write_node_role "$more" "$digest" "$SQL_SECONDS"; } || fail "the role $NODE_ROLE cannot be made: $(complaint)"
