#!/usr/bin/env bash
# Writes a page about a stack, or one about each: topology, budgets, settings, and what an update does. With a revision that is
# what the files here, committed or not, change since then; without one it is the first deployment. Prints the paths.
# Usage: tools/report.sh [--stack=NAME [--out=FILE]] [--folder=FOLDER] [REVISION]
# Ends with 0; with 2 when a stack is refused, as its page says; with 1 when there is no page.
set -euo pipefail

usage() {
  echo 'usage: tools/report.sh [--stack=NAME [--out=FILE]] [--folder=FOLDER] [REVISION]' >&2
  exit 1
}

options=() base='' stack='' out=''
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
for argument in "$@"; do
  case $argument in
    --stack=?*)
      stack=${argument#*=}
      options+=("$argument")
      ;;
    --out=?* | --folder=?*)
      option=${argument%%=*} path=${argument#*=}
      [[ $option != --out ]] || out=$path
      [ "$PWD" = "$root" ] || [[ $path = /* ]] || path=$PWD/$path # of the caller's folder
      options+=("$option=$path")
      ;;
    -*) usage ;;
    *) [ -z "$base" ] || usage && base=$argument ;;
  esac
done
[ -z "$out" ] || [ -n "$stack" ] || usage
cd "$root"
# shellcheck source=base.sh
. tools/base.sh
if [ -n "$base" ]; then
  commit_of "$base" >/dev/null || {
    echo "$base is no revision here; what to do: make -s report BASE=<commit or branch>; in a shallow clone first: git fetch --unshallow" >&2
    exit 1
  }
  unpack_base "$base"
  options+=("--base=$base_folder" "--base-name=$base_name")
fi
of_program streamset.review.ReportPage ${options[@]+"${options[@]}"}
