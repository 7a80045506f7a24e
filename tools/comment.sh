#!/usr/bin/env bash
# What the workflows tell people: one comment of a pull request for each purpose, edited in place, and one issue for each
# stack that has drifted.
#
#   tools/comment.sh report FILE COMMAND...        run a command that prints Markdown; FILE gets that, and why it failed
#   tools/comment.sh log FILE TITLE COMMAND...     the same of a command that prints text
#   tools/comment.sh post PURPOSE NUMBER FILE      FILE becomes the comment of the pull request; no FILE: there is no report
#   tools/comment.sh deliver PURPOSE               post what another run of a workflow has left as the artifact PURPOSE
#   tools/comment.sh drift STACK CODE FILE         CODE of tools/stack.sh: open, rewrite or close the issue of the stack
#
# report and log end with the command's own code. GitHub is spoken to with gh (GH_TOKEN), GitLab with curl (GITLAB_TOKEN).
# What is posted may come from a stranger's code: it is cut to a size, and gets no control characters and no mentions.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=progress.sh
. "$tools/progress.sh"

export LC_ALL=C.UTF-8 # characters are counted, not bytes
MOST_CHARACTERS=60000 # GitHub takes 65,536, and the head comes on top
MOST_LOG_LINES=400    # of what a command prints: the plan stands at its end
REFUSED=2             # tools/review.sh: the report says what is refused
FOUND_DRIFT=2         # tools/stack.sh
RUN_URL=${RUN_URL:-${CI_JOB_URL:-${GITHUB_SERVER_URL:-}/${GITHUB_REPOSITORY:-}/actions/runs/${GITHUB_RUN_ID:-}}}

# --- what a command has to say, as Markdown in a file ---
report() {
  local file=$1 code=0
  shift
  prepare "$file"
  "$@" >"$file" 2>"$work/errors" || code=$?
  cat "$work/errors" >&2
  if [ "$code" != 0 ] && [ "$code" != "$REFUSED" ]; then
    {
      printf '\n**The review failed** (exit code %s):\n\n' "$code"
      tail -n "$MOST_LOG_LINES" "$work/errors" | fenced
    } >>"$file"
  fi
  summarize "$file"
  return "$code"
}

log() {
  local file=$1 title=$2 code=0 verdict='done'
  shift 2
  prepare "$file"
  "$@" >"$work/output" 2>&1 || code=$?
  cat "$work/output"
  [ "$code" = 0 ] || verdict="failed (exit code $code)"
  {
    printf '**%s**: %s\n\n' "$title" "$verdict"
    tail -n "$MOST_LOG_LINES" "$work/output" | fenced
  } >"$file"
  summarize "$file"
  return "$code"
}

prepare() {
  mkdir -p "$(dirname "$1")"
  rm -f "$1"
}

summarize() {
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$1" >>"$GITHUB_STEP_SUMMARY"
}

# A fence that is longer than any in the text.
fenced() {
  local text fence='```'
  text=$(cat)
  while [[ $text = *"$fence"* ]]; do fence+='`'; done
  printf '%s\n%s\n%s\n' "$fence" "$text" "$fence"
}

# --- the comment ---
post() {
  local purpose=$1 number=$2 file=$3 comment
  [[ $number =~ ^[0-9]+$ ]] || die "$number is no number of a pull request"
  export MARK="<!-- streamset: $purpose -->" # by which the comment is found again
  if [ -L "$file" ] || ! [ -s "$file" ]; then
    file=$work/missing.md
    printf '**There is no report (%s)**: the run ended before it was made. [What it says](%s)\n' "$purpose" "$RUN_URL" >"$file"
  fi
  { echo "$MARK" && harmless <"$file" && link_to_pages; } >"$work/body.md"
  comment=$(find_comment "$number")
  if [ -n "$comment" ]; then
    edit_comment "$number" "$comment" "$work/body.md"
    say "rewrote the comment of pull request $number ($purpose)"
  else
    add_comment "$number" "$work/body.md"
    say "commented on pull request $number ($purpose)"
  fi
}

# Text that mentions nobody, hides nothing and is not too long. What is cut is told in front, for an open fence or fold
# would swallow it at the end.
harmless() {
  local text
  text=$(LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C sed -E $'s/(^|[^[:alnum:]_])@([[:alnum:]])/\\1@\xe2\x80\x8b\\2/g')
  if ((${#text} > MOST_CHARACTERS)); then
    printf '**Cut**: the whole report is in [the summary of the run](%s).\n\n' "$RUN_URL"
    text=${text:0:MOST_CHARACTERS}
  fi
  printf '%s\n' "$text"
}

link_to_pages() {
  [ -z "$pages" ] || printf '\n[A page about each stack](%s): topology, budgets, settings and plan, to open in a browser.\n' "$pages"
}

# Of the run RUN_ID, whose commit HEAD_SHA is the head of the branch HEAD (owner:branch). These three come from GitHub; what
# is in the artifact comes from the pull request, which may choose only among pull requests of that very commit.
deliver() {
  local purpose=$1 folder=$work/artifact number numbers id claimed=''
  mkdir "$folder"
  gh run download "$RUN_ID" --repo "$GITHUB_REPOSITORY" --name "$purpose" --dir "$folder" ||
    say "the run $RUN_ID has left no artifact $purpose"
  id=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts" \
    --jq '.artifacts[] | select(.name == "pages") | .id' | sed -n 1p)
  [ -z "$id" ] || pages=$RUN_URL/artifacts/$id
  numbers=$(gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" -f state=open -f head="$HEAD" \
    --jq '.[] | select(.head.sha == env.HEAD_SHA) | .number')
  [ -L "$folder/number" ] || ! [ -f "$folder/number" ] || claimed=$(head -c 20 "$folder/number")
  if [ -n "$claimed" ] && grep -qxF -e "$claimed" <<<"$numbers"; then numbers=$claimed; fi
  [ -n "$numbers" ] || say "no open pull request has $HEAD_SHA as its head: there is nothing to comment on"
  for number in $numbers; do post "$purpose" "$number" "$folder/comment.md"; done
}

# --- the issue ---
drift() {
  local stack=$1 code=$2 file=$3 issue
  export TITLE="The cluster of the stack $stack has drifted"
  issue=$(find_issue)
  case $code in
    "$FOUND_DRIFT")
      {
        printf 'An update of the stack %s would change something although nobody has declared a change: somebody ' "$stack"
        printf 'changed the cluster, or a change was not deployed. This issue is rewritten at each look, and closed when '
        printf 'nothing differs any more. [The last look](%s)\n\n' "$RUN_URL"
        harmless <"$file"
      } >"$work/body.md"
      if [ -n "$issue" ]; then edit_issue "$issue" "$work/body.md"; else add_issue "$work/body.md"; fi
      say "$stack has drifted"
      ;;
    0)
      [ -z "$issue" ] || close_issue "$issue"
      say "$stack is as it was deployed"
      ;;
    *) die "nobody could look at $stack (exit code $code)" ;;
  esac
}

if [ -n "${GITLAB_CI:-}" ]; then
  # shellcheck source=gitlab.sh
  . "$tools/gitlab.sh"
else
  # shellcheck source=github.sh
  . "$tools/github.sh"
fi

pages='' # where they are, if the run has left any
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case ${1:-} in
  report | log | post | deliver | drift) "$@" ;;
  *) die 'call it as: tools/comment.sh report|log|post|deliver|drift …' ;;
esac
