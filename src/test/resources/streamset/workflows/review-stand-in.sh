#!/usr/bin/env bash
# shellcheck disable=SC2016  # a fence of Markdown
# As tools/review.sh ends: 0 fine, 2 a stack is refused. As much of a report as the tests of the workflows look at.
#   review.sh --format=md BASE
set -euo pipefail
base=$2
git rev-parse --verify --quiet "$base^{commit}" >/dev/null || { echo "$base is no revision" >&2; exit 1; }
code=0
for stack in $(tools/stacks.sh); do
  java -cp target/streamset.jar streamset.review.Render "$stack" --snapshot >/dev/null 2>target/refusal || {
    printf '### %s: refused\n\n' "$stack" && cat target/refusal && code=2
  }
done
changes=$(git diff "$base" -- 'stacks/*/manifests.yaml')
if [ -n "$changes" ]; then
  printf '```diff\n%s\n```\n' "$changes"
elif [ "$code" = 0 ]; then
  echo 'Nothing changes.'
fi
exit "$code"
