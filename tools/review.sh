#!/usr/bin/env bash
# Reports what the files here, committed or not, would change in every stack, compared with an earlier revision.
# Usage: tools/review.sh [--format=text|md|json] [--stack=NAME] [--states=FOLDER] REVISION
# Ends with 0; with 2 when a stack is refused; with 1 when reviewed objects are stale, or when there is no report.
set -euo pipefail

usage() {
  echo 'usage: tools/review.sh [--format=text|md|json] [--stack=NAME] [--states=FOLDER] REVISION' >&2
  exit 1
}

options=() format=text base=''
for argument in "$@"; do
  case $argument in
    --format=text | --format=md | --format=json) format=${argument#*=} ;;
    --stack=?*) options+=("$argument") ;;
    --states=?*)
      states=$(cd "${argument#*=}" && pwd) || exit 1 # of the caller's folder
      options+=("--states=$states")
      ;;
    -* | '') usage ;;
    *) [ -z "$base" ] || usage && base=$argument ;;
  esac
done
[ -n "$base" ] || usage
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
# shellcheck source=base.sh
. tools/base.sh
commit_of "$base" >/dev/null || {
  echo "$base is no revision here; what to do: make -s review BASE=<commit or branch>; in a shallow clone first: git fetch --unshallow" >&2
  exit 1
}
unpack_base "$base"

[ "$format" != text ] || [ ! -t 1 ] || [ -n "${NO_COLOR:-}" ] || options+=(--colours)
of_program streamset.review.ReviewChange \
  "--base=$base_folder" "--base-name=$base_name" "--format=$format" ${options[@]+"${options[@]}"}
