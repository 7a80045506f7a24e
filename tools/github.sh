# shellcheck shell=bash  # sourced by comment.sh, never run
# Comments and issues on GitHub. Only our own are found: anybody can write a comment that begins like one of them.
export AUTHOR=${COMMENT_AUTHOR:-github-actions[bot]}

find_comment() {
  gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$1/comments?per_page=100" \
    --jq '.[] | select(.user.login == env.AUTHOR and (.body | startswith(env.MARK))) | .id' | sed -n 1p
}

add_comment() { gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$1/comments" -F body="@$2" --silent; }

edit_comment() { gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$2" -F body="@$3" --silent; }

find_issue() {
  gh api --paginate "repos/$GITHUB_REPOSITORY/issues?state=open&per_page=100" \
    --jq '.[] | select(.user.login == env.AUTHOR and .title == env.TITLE) | .number' | sed -n 1p
}

add_issue() { gh api --method POST "repos/$GITHUB_REPOSITORY/issues" -f title="$TITLE" -F body="@$1" --silent; }

edit_issue() { gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$1" -F body="@$2" --silent; }

close_issue() { gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$1" -f state=closed --silent; }
