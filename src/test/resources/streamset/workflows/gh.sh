#!/usr/bin/env bash
# shellcheck disable=SC2016  # filters of jq
# The GitHub of the tests: comments, issues, pull requests, jobs and artifacts are files beside this program.
#   gh run download ID --repo R --name N --dir D      gh api [--method M] PATH [-f|-F NAME=VALUE]... [--jq FILTER]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ -n "${GH_TOKEN:-}" ] || { echo 'gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.' >&2; exit 4; }
echo "$*" >>"$here/calls"

change() { # FILE FILTER [ARGUMENTS]
  local file=$here/$1
  shift
  jq "$@" "$file" >"$file.new"
  mv "$file.new" "$file"
}

if [ "$1 $2" = 'run download' ]; then
  [ -d "$here/artifacts/$7" ] || { echo "no valid artifacts found to download" >&2; exit 1; }
  cp -r "$here/artifacts/$7/." "$9"
  exit 0
fi

[ "$1" = api ] || exit 2
shift
method=GET path='' filter=. title='' body='' state='' head=''
while [ "$#" -gt 0 ]; do
  case $1 in
    --paginate | --silent) ;;
    --method) method=$2 && shift ;;
    --jq) filter=$2 && shift ;;
    -f | -F)
      name=${2%%=*} value=${2#*=}
      [[ $1 != -F || $value != @* ]] || value=$(<"${value#@}")
      printf -v "$name" %s "$value"
      shift
      ;;
    *) path=${1%%\?*} ;;
  esac
  shift
done
path=${path#"repos/$GITHUB_REPOSITORY/"}
me='github-actions[bot]'

case "$method $path" in
  'GET issues/'*'/comments')
    number=${path#issues/}
    jq --arg n "${number%/comments}" 'map(select(.issue == $n))' "$here/comments" | jq -r "$filter"
    ;;
  'POST issues/'*'/comments')
    number=${path#issues/}
    change comments --arg n "${number%/comments}" --arg b "$body" --arg me "$me" \
      '. + [{id: (length + 1), issue: $n, user: {login: $me}, body: $b}]'
    ;;
  'PATCH issues/comments/'*)
    change comments --argjson id "${path##*/}" --arg b "$body" 'map(if .id == $id then .body = $b else . end)'
    ;;
  'GET pulls') jq --arg head "$head" 'map(select(.head.label == $head))' "$here/pulls" | jq -r "$filter" ;;
  'GET issues') jq 'map(select(.state == "open"))' "$here/issues" | jq -r "$filter" ;;
  'POST issues')
    change issues --arg t "$title" --arg b "$body" --arg me "$me" \
      '. + [{number: (length + 1), state: "open", user: {login: $me}, title: $t, body: $b}]'
    ;;
  'PATCH issues/'*)
    change issues --argjson n "${path##*/}" --arg b "$body" --arg s "$state" \
      'map(if .number == $n then (if $s != "" then .state = $s else .body = $b end) else . end)'
    ;;
  'GET actions/runs/'*'/jobs') jq -r "$filter" "$here/jobs" ;;
  'GET actions/runs/'*'/artifacts')
    mkdir -p "$here/artifacts"
    (cd "$here/artifacts" && printf '%s\n' *) |
      jq -nR '{artifacts: [inputs | {id: input_line_number, name: .}]}' | jq -r "$filter"
    ;;
  *) echo "gh: nobody has told me of $method $path" >&2 && exit 1 ;;
esac
