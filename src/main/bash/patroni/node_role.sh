#!/usr/bin/env bash
# Patroni runs this in a database that it has just made. Next it makes the role with which it rewinds, and a role without a mark counts as
# somebody else's: so the role gets that first, and from the node all that it may do (see actions/node_role.sh).
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
# shellcheck source=src/main/bash/actions/node_role.sh
source "$SCRIPTS/actions/node_role.sh"

SQL_SECONDS=30

end_on_signal
keep_answers_apart node_role
query "$(own_server)" "$SQL_SECONDS" <<SQL || fail "the role $NODE_ROLE cannot be made: $(complaint)"
BEGIN;
CREATE ROLE $NODE_ROLE;
COMMENT ON ROLE $NODE_ROLE IS $(sql_quoted "$NODE_MARK");
COMMIT;
SQL
