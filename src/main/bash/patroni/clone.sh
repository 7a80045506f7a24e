#!/usr/bin/env bash
# Patroni runs this to make a standby: it clones beside the data directory, which appears when the clone is complete.
set -euo pipefail
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=src/main/bash/shared/log.sh
source "$SCRIPTS/shared/log.sh"
# shellcheck source=src/main/bash/shared/process.sh
source "$SCRIPTS/shared/process.sh"
# shellcheck source=src/main/bash/shared/markers.sh
source "$SCRIPTS/shared/markers.sh"
# shellcheck source=src/main/bash/facts/data.sh
source "$SCRIPTS/facts/data.sh"
# shellcheck source=src/main/bash/actions/wal.sh
source "$SCRIPTS/actions/wal.sh"
# shellcheck source=src/main/bash/patroni/leftovers.sh
source "$SCRIPTS/patroni/leftovers.sh"

end_on_signal
connection=''
for argument in "$@"; do
  case $argument in --connstring=*) connection=${argument#*=} ;; esac
done
[ -n "$connection" ] || fail 'nobody has data to clone'
is_empty_folder "$PGDATA" || fail "$PGDATA is not empty: neither cloned into nor deleted"
rm -rf "$PGDATA.clone"
discard_new_wal
# without a manifest: the upstream would write it to a temporary file, within temp_file_limit
run pg_basebackup --pgdata="$PGDATA.clone" --dbname="$connection" --wal-method=stream \
  ${WALDIR:+--waldir="$WALDIR.new"} --checkpoint=fast --no-manifest --no-password
touch "$PGDATA.clone/standby.signal" # before it appears: without it a clone would be a second primary
appear "$PGDATA.clone"
! is_worthless || forget_worthless # what Patroni has deleted before
log 'clone ready'
