#!/usr/bin/env bash
# The Java of the tests: has already written the archive that a build makes by a typical run, which takes seconds.
set -euo pipefail
case ${1:-} in
  -XX:ArchiveClassesAtExit=*) cp '@PROJECT@/target/streamset.jsa' "${1#*=}" ;;
  *) exec '@JAVA@' "$@" ;;
esac
