#!/usr/bin/env bash
# The Maven of the tests: has already built the program.
set -euo pipefail
mkdir -p target
cp -r '@PROJECT@/target/streamset.jar' '@PROJECT@/target/lib' target/
echo "mvn $*"
