#!/usr/bin/env bash
# Patroni runs this in place of pg_rewind. Data that are half rewound are worthless: the mark is on the disk before the first
# change, and until it is gone nobody starts a server on them.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/markers.sh
source "$SCRIPTS/shared/markers.sh"
# shellcheck source=src/main/bash/backup/spool.sh
source "$SCRIPTS/backup/spool.sh"

end_on_signal
case " $* " in
  *' -D '* | *' --target-pgdata'*) ;;
  *) exec pg_rewind "$@" ;; # Patroni asks for its help, to see whether there is one
esac
await_archive
mark_worthless
run pg_rewind "$@"
touch "$PGDATA/standby.signal" # what was rewound has another node's data, and must not lead with them by itself
sync "$PGDATA"
forget_worthless
