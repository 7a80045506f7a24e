#!/usr/bin/env bash
# Patroni runs this when the role of this node changes. A new primary takes the role label from the old one's pod: with its node
# gone that pod cannot do it, and the Service for writing would go on sending connections there.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/patroni/python.sh
source "$SCRIPTS/patroni/python.sh"

[ "$2" = primary ] || exit 0
find_python
exec "$PYTHON" "$SCRIPTS/patroni/kubernetes.py" take-role "${ROLE_LABEL:?}" "${ROLE_SELECTOR:?}"
