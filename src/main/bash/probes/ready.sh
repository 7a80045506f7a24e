#!/usr/bin/env bash
# Readiness probe: the server accepts connections through the pod's own socket. It runs every few seconds, so it sources
# nothing.
set -euo pipefail

pg_isready -q -h "${PGHOST:-/var/run/postgresql}"
