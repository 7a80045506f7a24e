# shellcheck shell=bash  # sourced by comment.sh, never run
# Comments and issues on GitLab, by its API. Only our own are found: anybody can write a comment that begins like one of them.
project() { echo "$CI_API_V4_URL/projects/$CI_PROJECT_ID/$1"; }

# The token travels by a file descriptor: arguments can be seen by every process of the machine.
api() { curl -fsS --header @<(printf 'PRIVATE-TOKEN: %s' "$GITLAB_TOKEN") "$@"; }

me() { api "$CI_API_V4_URL/user" | jq .id; }

# all PATH: every page of a list, one element a line
all() {
  local page=1 items
  while items=$(api "$(project "$1")per_page=100&page=$page" | jq -c '.[]') && [ -n "$items" ]; do
    printf '%s\n' "$items"
    page=$((page + 1))
  done
}

# The list is read to its end before anything is taken from it: whoever writes it would die of a pipe that is closed.
find_comment() {
  local notes
  notes=$(all "merge_requests/$1/notes?")
  jq -s --argjson me "$(me)" \
    'map(select(.author.id == $me and (.body | startswith(env.MARK)))) | .[0].id // empty' <<<"$notes"
}

add_comment() { api --request POST "$(project "merge_requests/$1/notes")" --data-urlencode "body@$2" >/dev/null; }

edit_comment() { api --request PUT "$(project "merge_requests/$1/notes/$2")" --data-urlencode "body@$3" >/dev/null; }

find_issue() {
  local issues
  issues=$(all 'issues?state=opened&')
  jq -s --argjson me "$(me)" 'map(select(.author.id == $me and .title == env.TITLE)) | .[0].iid // empty' <<<"$issues"
}

add_issue() {
  api --request POST "$(project issues)" --data-urlencode "title=$TITLE" --data-urlencode "description@$1" >/dev/null
}

edit_issue() { api --request PUT "$(project "issues/$1")" --data-urlencode "description@$2" >/dev/null; }

close_issue() { api --request PUT "$(project "issues/$1")" --data state_event=close >/dev/null; }
