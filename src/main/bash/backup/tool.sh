# shellcheck shell=bash
# pgBackRest, which no other script names. Its configuration (BACKUP_CONF) has no secrets; those come from the files of a Secret, for
# each call. Sourced after process.sh and sql.sh.

BACKUP_CONF=${BACKUP_CONF:?}
BACKUP_SECRET=${BACKUP_SECRET:?}
STANZA=postgresql

# What it ends with when the archive has no such file; everything else that is not 0 is trouble.
# shellcheck disable=SC2034  # whoever sources this uses it
NOT_IN_THE_ARCHIVE=1

TOOL_SECONDS=60   # for what takes only as long as the archive needs to answer
TOOL_LEVEL=warn
WORK_SECONDS=86400 # for a base backup

# The output is in $ANSWER, what went wrong there too, or in $COMPLAINT.
archive_tool() { attempt run call_tool "$TOOL_SECONDS" "$@"; } # ARGUMENT…

# shellcheck disable=SC2034  # the tool reads them in its environment
call_tool() { # SECONDS ARGUMENT…
  local -x PGBACKREST_REPO1_S3_KEY PGBACKREST_REPO1_S3_KEY_SECRET PGBACKREST_REPO1_CIPHER_PASS
  local -x PGOPTIONS=$SUPERUSER
  PGBACKREST_REPO1_S3_KEY=$(key_of_secret access-key-id) && PGBACKREST_REPO1_S3_KEY_SECRET=$(key_of_secret secret-access-key) || return 1
  if [ "${BACKUP_ENCRYPTION:-yes}" = yes ]; then
    PGBACKREST_REPO1_CIPHER_PASS=$(key_of_secret cipher-passphrase) || return 1
  else
    unset PGBACKREST_REPO1_CIPHER_PASS
  fi
  exec timeout "$1" pgbackrest --config="$BACKUP_CONF" --stanza="$STANZA" --log-level-console="$TOOL_LEVEL" "${@:2}"
}

key_of_secret() { # KEY
  if [ ! -s "$BACKUP_SECRET/$1" ]; then
    echo "ERROR: the Secret has nothing under the key $1" >&2
    return 1
  fi
  printf '%s' "$(<"$BACKUP_SECRET/$1")"
}

# Everything that lacks or is empty, in one line; nothing if all is there.
secret_faults() {
  local key text keys=(access-key-id secret-access-key) faults=()
  [ "${BACKUP_ENCRYPTION:-yes}" != yes ] || keys+=(cipher-passphrase)
  for key in "${keys[@]}"; do
    text=''
    read -r text 2>/dev/null <"$BACKUP_SECRET/$key" || true
    [ -n "$text" ] || faults+=("$key")
  done
  [ "${#faults[@]}" = 0 ] || printf '%s' "${faults[*]}"
}

tool_is_there() { type -P pgbackrest >/dev/null; }

# Its first error in one line, without the place in its source. Where the first line of it ends with a colon, what it means follows.
tool_complaint() {
  printable < <(cat "$ANSWER" "$COMPLAINT" | awk '
    !seen && sub(/^.*ERROR: /, "") { seen = 1; text = $0; next }
    seen && text ~ /:$/ { sub(/^(ERROR:)? +/, ""); text = text " " $0; next }
    /./ { last = $0 }
    END { text = seen ? text : last; print substr(text ? text : "no answer", 1, 300) }')
}

# Where in which bucket: an archive keeps that name when its store gets another address.
place_of_archive() { # INTO-VARIABLE
  local line bucket='' path=''
  while IFS= read -r line; do
    case $line in
      repo1-s3-bucket=*) bucket=${line#*=} ;;
      repo1-path=*) path=${line#*=} ;;
    esac
  done <"$BACKUP_CONF" || return 1
  printf -v "$1" '%s' "$bucket$path"
}

# What that is in BACKUP_CONF: an update can name another archive at any time. Without a process, of which there would be many.
archive_conf() { # INTO-VARIABLE
  local text=()
  mapfile -d '' text <"$BACKUP_CONF" || return 1
  printf -v "$1" '%s' "${text[*]}"
}

# --- WAL ---
push_wal() { push_file "$PGDATA/pg_wal/$1"; } # FILE

push_file() { archive_tool archive-push "$1"; } # PATH

get_wal() { archive_tool --pg1-path="$1" archive-get "$2" "$3"; } # DATA-DIRECTORY FILE TARGET

# Makes the place in the archive for this database. False when another database has it.
open_archive() { archive_tool stanza-create; }

# --- base backups ---
make_backup() { # full or incremental
  local type=full
  [ "$1" = full ] || type=incr
  TOOL_SECONDS=$WORK_SECONDS archive_tool --type="$type" backup
}

# What it finds is in its text: it ends with 0 whatever that is, and says nothing about WAL that is not there.
verify_archive() {
  TOOL_SECONDS=$WORK_SECONDS TOOL_LEVEL=info archive_tool --output=text --verbose verify || return 1
  answers_with_line 'status: ok' || {
    faults_found >"$COMPLAINT"
    : >"$ANSWER"
    return 1
  }
}

# The objects that it names, and how many of what is unsound: it does not name all.
faults_found() {
  awk '
    sub(/^.*INFO: invalid/, "invalid") { faults = faults ", " $0; next }
    /^  (archiveId|backup): / { where = $2; sub(/,$/, "", where) }
    /^    missing: |^    checksum|^    size|^    other/ && / [1-9]/ { sub(/^ +/, ""); faults = faults ", in " where " " $0 }
    END { print "ERROR: " (faults ? substr(faults, 3) : "its status is not ok") }' "$ANSWER"
}

# All base backups. False, with a complaint, when the archive does not answer: the tool ends with 0 then too.
read_backups() {
  local text
  archive_tool --output=json info || return 1
  text=$(<"$ANSWER")
  [[ $text =~ \"status\":\{\"code\":([0-9]+),\"lock\" ]] || return 1
  case ${BASH_REMATCH[1]} in
    0 | 1 | 2) ;; # there are some; nobody has made an archive; there are none
    *)
      search -oE '"message":"[^"]*' "$ANSWER" | head -n 1 | sed 's/^"message":"/ERROR: /; s/\\n.*//' >"$COMPLAINT"
      return 1
      ;;
  esac
}

# Sets one to the segment with which the newest base backup is complete, and the other to its time, or both to nothing where there is none.
newest_backup() { # INTO-SEGMENT INTO-SECONDS
  local end
  read_backups || return 1
  segment_of "$(search -oE "$OF_A_BACKUP" "$ANSWER" | tail -n 1)" "$1"
  end=$(search -oE "$TIMES_OF_A_BACKUP" "$ANSWER" | tail -n 1) || end=''
  printf -v "$2" '%s' "${end##*:}"
}

oldest_backup() { # INTO-VARIABLE
  read_backups || return 1
  segment_of "$(search -oE "$OF_A_BACKUP" "$ANSWER" | head -n 1)" "$1"
}

OF_A_BACKUP='"archive":\{"start":"[0-9A-F]{24}","stop":"([0-9A-F]{24})"\}'

TIMES_OF_A_BACKUP='"timestamp":\{"start":[0-9]+,"stop":[0-9]+'

segment_of() { # TEXT INTO-VARIABLE
  printf -v "$2" '%s' ''
  if [[ $1 =~ $OF_A_BACKUP ]]; then printf -v "$2" '%s' "${BASH_REMATCH[1]}"; fi
}

# The files of WAL that the archive has, from a segment on, of all timelines: one a line, in ANSWER.
list_wal() { # SEGMENT
  local folder part folders=() from=${1:8:8} all=''
  archive_tool repo-ls --filter='^[0-9]+-[0-9]+$' "archive/$STANZA" || return 1
  folder=$(answer | tail -n 1)
  [ -n "$folder" ] || return 0
  archive_tool repo-ls --filter='^[0-9A-F]{16}$' "archive/$STANZA/$folder" || return 1
  mapfile -t folders < <(answer)
  for part in "${folders[@]}"; do
    [[ ! ${part:8:8} < $from ]] || continue
    archive_tool repo-ls "archive/$STANZA/$folder/$part" || return 1
    all+=$(search -oE '^[0-9A-F]{24}-' "$ANSWER" | tr -d -)$'\n' || true
  done
  printf '%s' "$all" >"$ANSWER"
}

# --- restoring ---
restore_files() { TOOL_SECONDS=$WORK_SECONDS archive_tool restore "$@"; } # OPTION…

# After read_backups.
labels_of_backups() { search -oE '"label":"[^"]+"' "$ANSWER" | sed 's/^"label":"//; s/"$//'; }

# From when to when, in words; for the gaps between see docs/backup.md.
restorable() {
  local first last
  read_backups || {
    printf 'unknown, the archive does not answer: %s' "$(tool_complaint)"
    return 0
  }
  first=$(search -oE "$TIMES_OF_A_BACKUP" "$ANSWER" | head -n 1) || first=''
  last=$(search -oE '"max":"[0-9A-F]{24}"' "$ANSWER" | tail -n 1) || last=''
  if [ -z "$first" ]; then
    printf 'nothing: it has no base backup'
  else
    printf 'from %s on, up to the WAL in %s' "$(date -u -d "@${first##*:}" '+%Y-%m-%d %H:%M:%S+00')" "$(tr -d '"' <<<"${last#*:}")"
  fi
}
