# shellcheck shell=bash
# Whose archive it is. The tool tells databases apart by their system identifier, which a restored cluster shares with the one that its data
# come from, so that each would write into the archive of the other. A mark in the archive names the cluster that it belongs to. Sourced
# after markers.sh and tool.sh.
#
# The name of a cluster does not change, and a restored one has a mark of its restoration in its data, which goes with them to every clone.
# So all nodes of a cluster say the same, whoever of them writes, and no two clusters do that have a system identifier in common.

ARCHIVE_OWNER=${ARCHIVE_OWNER:?} # NAMESPACE/NAME
OWNER_FILE=streamset.owner       # no name of WAL, so nothing takes it for that or lets it expire

OWNED=''    # the archive that was found to be this cluster's, as BACKUP_CONF says it
OWNER=''    # what its mark says, or nothing where there is none
STRANGER='' # that it is another one's, or nothing

# The archive is this cluster's, or nobody has marked it. False, with a complaint, when it is another one's or does not say.
is_own_archive() {
  local conf
  archive_conf conf || return 1
  [ "$OWNED" != "$conf" ] || return 0
  STRANGER=''
  read_owner || return 1
  if [ -z "$OWNER" ] || [ "$OWNER" = "$(own_name)" ]; then
    OWNED=$conf
  else
    refuse_stranger
  fi
}

# For the server that writes, when the archive has a place for its database. What another one has written at the same time is seen when
# the mark is read again.
claim_archive() {
  forget_owner
  is_own_archive || return 1
  if [ -z "$OWNER" ]; then
    forget_owner
    write_owner && is_own_archive || return 1
    log "the archive is marked as that of $(own_name)"
  fi
}

# It is compared again.
forget_owner() { OWNED=''; }

own_name() {
  local restoration
  restoration=$(restoration_of_the_data)
  printf '%s' "$ARCHIVE_OWNER${restoration:+, restoration $restoration}"
}

# Sets OWNER. An archive that does not answer is none without a mark.
read_owner() {
  local file=${TMPDIR:-/tmp}/owner.$BASHPID status=0
  OWNER=''
  get_wal "$PGDATA" "$OWNER_FILE" "$file" || status=$?
  if [ "$status" = "$NOT_IN_THE_ARCHIVE" ]; then return 0; fi
  [ "$status" = 0 ] || return 1
  OWNER=$(head -n 1 "$file" | printable)
  OWNER=${OWNER:-nobody}
  rm -f "$file"
}

write_owner() {
  local folder=${TMPDIR:-/tmp}/owner
  mkdir -p "$folder" && printf '%s\n' "$(own_name)" >"$folder/$OWNER_FILE" && push_file "$folder/$OWNER_FILE"
}

# False, so that the caller can end with it.
refuse_stranger() {
  local place
  place_of_archive place || return 1
  STRANGER="the archive in $place is that of another cluster, $OWNER, and this one is $(own_name): nothing is archived, and no base backup is made"
  say_once owner "$STRANGER" "$(own_path "/${place#*/}-2"); $(own_mark)"
  printf 'ERROR: %s\n' "$STRANGER" >"$COMPLAINT"
  : >"$ANSWER"
  return 1
}

own_path() { # PATH
  printf '%s' "give this cluster a path of its own: pulumi config set --path streamset:backup.path $1 && pulumi up"
}

own_mark() {
  printf "if the archive is this cluster's, and no other one writes to it any more: %s" \
    "kubectl -n ${ARCHIVE_OWNER%%/*} exec $HOSTNAME -c archiver -- bash $SCRIPTS/backup/takeover.sh"
}
