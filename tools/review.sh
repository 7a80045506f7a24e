#!/usr/bin/env bash
# Reports what the files here, committed or not, would change in every stack, compared with an earlier revision.
# Usage: tools/review.sh [--format=text|md|json] [--stack=NAME] [--states=FOLDER] REVISION
# Ends with 0; with 2 when a stack is refused; with 1 when reviewed objects are stale, or when there is no report.
set -euo pipefail

usage() {
  echo 'usage: tools/review.sh [--format=text|md|json] [--stack=NAME] [--states=FOLDER] REVISION' >&2
  exit 1
}

# The checkout may belong to another user, as in a container of a workflow: it is read, and nothing in it is run by git.
in_git() { git -c safe.directory='*' -c core.fsmonitor=false "$@"; }

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
commit=$(in_git rev-parse --verify --quiet "$base^{commit}") || {
  echo "$base is no revision here; what to do: make -s review BASE=<commit or branch>; in a shallow clone first: git fetch --unshallow" >&2
  exit 1
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM
mapfile -t paths < <(in_git ls-tree --name-only "$commit" -- Pulumi.yaml stacks src/main/postgresql && in_git ls-tree --name-only "$commit" | grep -E '^Pulumi\..+\.yaml$')
[ "${#paths[@]}" = 0 ] || in_git archive "$commit" -- "${paths[@]}" | tar -x -C "$folder"

[ "$format" != text ] || [ ! -t 1 ] || [ -n "${NO_COLOR:-}" ] || options+=(--colours)
name=${commit:0:7}
[[ $commit == "$base"* ]] || name="$base ($name)"
# tools/jvm.options has what makes the start short; what the JVM says of them is no error
JDK_JAVA_OPTIONS='@tools/jvm.options' java -cp target/streamset.jar streamset.review.ReviewChange \
  "--base=$folder" "--base-name=$name" "--format=$format" ${options[@]+"${options[@]}"} 2> >(grep -av '^NOTE: Picked up' >&2)
