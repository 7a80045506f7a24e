#!/usr/bin/env bash
# Startup probe: the server accepts connections and counts as started (see facts/started.sh). Only then is the pod ready, and a
# rolling restart goes on to the next one.
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
# shellcheck source=src/main/bash/facts/started.sh
source "$SCRIPTS/facts/started.sh"

[ "$(superuser "$(own_server)" 5 <<<"SELECT $(started_sql);")" = t ]
