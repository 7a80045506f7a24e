#!/usr/bin/env bash
# The stacks of this project in the order in which they are deployed: dev… first, prod… last, all others by name between them.
#
#   tools/stacks.sh           one a line
#   tools/stacks.sh --json    as a list, for the matrix of a workflow
#   tools/stacks.sh --before STACK    those that come before this one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stacks() {
  local file stack
  for file in Pulumi.*.yaml; do
    stack=${file#Pulumi.}
    stack=${stack%.yaml}
    case $stack in
      '*') ;; # there is none
      dev*) echo "1 $stack" ;;
      prod* | *-prod) echo "3 $stack" ;;
      *) echo "2 $stack" ;;
    esac
  done | LC_ALL=C sort | cut -d ' ' -f 2
}

case ${1:-} in
  --json)
    list=$(stacks | sed 's/.*/"&"/' | paste -s -d ,)
    echo "[$list]"
    ;;
  --before) stacks | sed "/^$2\$/,\$d" ;;
  *) stacks ;;
esac
