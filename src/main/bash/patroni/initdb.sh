#!/usr/bin/env bash
# Patroni runs this to create the database, when it has the lock for that: only after init.sh has found that all volumes are
# empty, and on the declared node.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/session.sh
source "$SCRIPTS/shared/session.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/markers.sh
source "$SCRIPTS/shared/markers.sh"
# shellcheck source=src/main/bash/shared/topology.sh
source "$SCRIPTS/shared/topology.sh"
# shellcheck source=src/main/bash/facts/sql.sh
source "$SCRIPTS/facts/sql.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/actions/create.sh
source "$SCRIPTS/actions/create.sh"
# shellcheck source=src/main/bash/patroni/leftovers.sh
source "$SCRIPTS/patroni/leftovers.sh"

end_on_signal
read_topology
is_declared || fail 'a database is created on the declared node only, and this is another one'
is_empty_folder "$PGDATA" || fail "$PGDATA is not empty: no database is created in it"
rm -rf "$PGDATA.initdb"
discard_new_wal
run create_cluster --pgdata="$PGDATA.initdb" --username=postgres --encoding=UTF8 --data-checksums \
  --wal-segsize="$WAL_SEGMENT_MEGABYTES" ${WALDIR:+--waldir="$WALDIR.new"} \
  --auth-local=trust --auth-host=scram-sha-256 --pwfile="$PASSWORDS/postgres"
appear "$PGDATA.initdb"
log 'new database ready'
