#!/usr/bin/env bash
# Whether kube-score finds something in the objects of the stacks that tools/kube-score.txt does not except with a reason.
# Looks at the reviewed objects, and at those of the same stacks with an automatic failover. The pinned kube-score is built
# into target/lint, once.
#
#   tools/kube-score.sh                 after make build
#   tools/kube-score.sh --judge FOLDER  judges findings that are there already, FOLDER/<stack>[-automatic].json
#
# Exit code 0: nothing is found; 1: something is, or an exception is not needed, or the look itself failed.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=progress.sh
. "$tools/progress.sh"

KUBE_SCORE=github.com/zegl/kube-score/cmd/kube-score@v1.20.0
KUBERNETES=v1.34 # that of the testbed
EXCEPTIONS=$tools/kube-score.txt

# findings FILE: check, object and words of each, separated by tabs
findings() {
  jq -r '.[] | . as $object | .checks[] | select((.skipped | not) and .grade < 10)
    | [.check.id, $object.type_meta.kind + "/" + $object.object_meta.name,
       ([.comments[] | if .path == "" then .summary else .path + ": " + .summary end] | unique | join("; "))]
    | @tsv' "$1"
}

# judge FOLDER
judge() {
  local folder=$1 file stack check object words stacks=() checks=() objects=() used=() i excepted found=0 seen=0 unused=0
  while IFS='|' read -r stack check object _; do
    [[ $stack =~ ^[[:space:]]*(#|$) ]] && continue
    stacks+=("${stack// /}") checks+=("${check// /}") objects+=("${object// /}") used+=('')
  done <"$EXCEPTIONS"
  for file in "$folder"/*.json; do
    jq -es 'length == 1 and (.[0] | type == "array" and length > 0)' "$file" >/dev/null || die "kube-score has said nothing about $file"
    stack=$(basename "$file" .json)
    findings "$file" >"$file.tsv" || die "$file cannot be read"
    while IFS=$'\t' read -r check object words; do
      seen=$((seen + 1)) excepted=no
      for i in "${!checks[@]}"; do
        # shellcheck disable=SC2053  # the exceptions are patterns
        if [[ ${stack%-automatic} == ${stacks[i]} && $check == "${checks[i]}" && $object == ${objects[i]} ]]; then
          used[i]=yes excepted=yes
        fi
      done
      [ "$excepted" = yes ] || { found=$((found + 1)) && echo "$stack: $object: $words ($check)"; }
    done <"$file.tsv"
  done
  for i in "${!checks[@]}"; do
    [ -n "${used[i]}" ] || { unused=$((unused + 1)) && echo "not needed: ${stacks[i]} | ${checks[i]} | ${objects[i]}"; }
  done
  echo "$seen findings of kube-score, $((seen - found)) excepted in tools/kube-score.txt, $unused exceptions not needed"
  [ "$found" = 0 ] && [ "$unused" = 0 ]
}

# score STACK OBJECTS
score() {
  # exit code 1 is that of findings, too: judge sees whether there is an answer
  timeout 60 "$lint/kube-score" score --output-format json --kubernetes-version "$KUBERNETES" "$2" >"$answers/$1.json" || :
}

# automatic STACK: its objects with an automatic failover, from a copy of what the program reads
automatic() {
  mkdir -p "$project/src/main"
  cp -r Pulumi.yaml "Pulumi.$1.yaml" stacks "$project"
  cp -r src/main/postgresql "$project/src/main"
  printf '  streamset:failover: automatic\n  streamset:image: registry.example.org/postgres-patroni:18\n' \
    >>"$project/Pulumi.$1.yaml"
  (cd "$project" && timeout 60 java -cp "$jar" streamset.review.Render "$1") >"$project/$1.yaml"
}

if [ "${1:-}" = --judge ]; then
  judge "$2"
  exit
fi

cd "$tools/.."
lint=$PWD/target/lint
jar=$PWD/target/streamset.jar
answers=$lint/findings
project=$lint/automatic
[ -x "$lint/kube-score" ] || GOBIN=$lint step 'building kube-score' "$lint/kube-score.log" timeout 580 go install "$KUBE_SCORE"
rm -rf "$answers" "$project"
mkdir -p "$answers"
for manifests in stacks/*/manifests.yaml; do
  score "$(basename "$(dirname "$manifests")")" "$manifests"
done
for stack in staging prod; do # a pod of dev has too little memory for Patroni
  automatic "$stack"
  score "$stack-automatic" "$project/$stack.yaml"
done
judge "$answers"
