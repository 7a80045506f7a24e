# shellcheck shell=bash
# What the stack declares about its nodes. Sourced after log.sh and session.sh.
#
# It comes in two files, and both are data: each line must match the pattern of its key, or the whole file is refused. The
# kubelet brings one to every pod within about a minute. The other is announced to a running node at once, through its server
# (see actions/announce.sh). The roles follow the later declaration, which has the greater generation; everything else is only
# in the kubelet's file. (Conf files are announced in files of their own, see actions/early.sh.)

MOUNTED_TOPOLOGY=${STREAMSET_TOPOLOGY:-/etc/streamset/topology/topology}
MOUNTED_ROLES=${MOUNTED_TOPOLOGY%/*}/roles # a file of its own: scripts of former versions refuse a topology with another key
ANNOUNCED_TOPOLOGY=$SOCKETS/streamset.topology

TOPOLOGY_CHARACTERS=$((1 << 20)) # the most that is read: the limit of a ConfigMap
ROLE_PATTERN='\.?[-_A-Za-z0-9][-._A-Za-z0-9]{0,62}' # a key of a Secret
ORDINAL_PATTERN='(0|[1-9][0-9]{0,2})'
declare -A TOPOLOGY_PATTERNS=(
  [hosts]='[A-Za-z0-9._-]+( [A-Za-z0-9._-]+)*'
  [primary]="$ORDINAL_PATTERN"
  [lost]="($ORDINAL_PATTERN( $ORDINAL_PATTERN)*)?"
  [keep_diverged]='(true|false)'
  [revision]='[A-Za-z0-9]{1,64}'
  [wal_kilobytes]='(0|[1-9][0-9]{0,14})' # a leading zero would make it octal
  [pod]='[A-Za-z0-9]{1,64}'
  [generation]='[1-9][0-9]{0,17}'
  [postgresql_conf]='[0-9a-f]{64}'
  [pg_hba_conf]='[0-9a-f]{64}'
  [roles]="$ROLE_PATTERN( $ROLE_PATTERN)*"
)
declare -A TOPOLOGY_FORMS=( # the same in words
  [hosts]='DNS names with one blank between'
  [primary]='an ordinal'
  [lost]='ordinals with one blank between, or nothing'
  [keep_diverged]='true or false'
  [revision]='up to 64 letters and digits'
  [wal_kilobytes]='a number'
  [pod]='up to 64 letters and digits'
  [generation]='a number from 1 on'
  [postgresql_conf]='a SHA-256 digest'
  [pg_hba_conf]='a SHA-256 digest'
  [roles]='names of roles with one blank between'
)

declare -A MOUNTED=() ANNOUNCED=() # the last content of each file that was not refused
declare -A TOPOLOGY=()             # by key, the values in effect
HOSTS=()                           # by ordinal
PRIMARY=''                         # its ordinal
DECLARED_ROLES=()

read_topology() {
  local -A read=()
  if parse_topology "$MOUNTED_TOPOLOGY" read hosts primary lost keep_diverged revision wal_kilobytes pod generation; then
    copy_values read MOUNTED "${!read[@]}"
    IFS=' ' read -r -a HOSTS <<<"${MOUNTED[hosts]}"
  elif [ "${#MOUNTED[@]}" = 0 ]; then
    fail "$MOUNTED_TOPOLOGY is refused: ${read[problem]}"
  else
    say_once "$MOUNTED_TOPOLOGY" "$MOUNTED_TOPOLOGY is refused: ${read[problem]}; its last valid content applies"
  fi
  copy_values MOUNTED TOPOLOGY "${!MOUNTED[@]}"
  take_announced
  PRIMARY=${TOPOLOGY[primary]}
}

# The roles of the declared databases; without the file there are none.
# shellcheck disable=SC2034  # whoever sources this uses them
read_roles() {
  local -A read=()
  if [ ! -e "$MOUNTED_ROLES" ]; then
    DECLARED_ROLES=()
  elif parse_topology "$MOUNTED_ROLES" read roles; then
    IFS=' ' read -r -a DECLARED_ROLES <<<"${read[roles]}"
  else
    say_once "$MOUNTED_ROLES" "$MOUNTED_ROLES is refused: ${read[problem]}; its last valid content applies"
  fi
}

copy_values() { # FROM INTO KEY...
  local -n values=$1
  local key
  for key in "${@:3}"; do printf -v "$2[$key]" '%s' "${values["$key"]}"; done
}

# The server is about to write an empty file.
take_announced() {
  local -A read=()
  if [ -s "$ANNOUNCED_TOPOLOGY" ]; then
    if ! parse_topology "$ANNOUNCED_TOPOLOGY" read primary lost keep_diverged generation; then
      say_once "$ANNOUNCED_TOPOLOGY" "$ANNOUNCED_TOPOLOGY is refused: ${read[problem]}"
    elif ((read[generation] > ${ANNOUNCED[generation]:-0})); then
      copy_values read ANNOUNCED "${!read[@]}"
    fi
  fi
  if ((${ANNOUNCED[generation]:-0} > MOUNTED[generation] && ANNOUNCED[primary] < ${#HOSTS[@]})); then
    copy_values ANNOUNCED TOPOLOGY "${!ANNOUNCED[@]}"
  fi
}

# The file must have exactly these keys, in this order, one line each; otherwise INTO[problem] says which line is wrong. The
# wrong text is not repeated: it can contain anything.
parse_topology() { # FILE INTO KEY...
  local -n parsed=$2
  local text='' key line number=0 LC_ALL=C
  parsed=()
  if [ ! -f "$1" ] || [ ! -r "$1" ]; then
    parsed[problem]='it is not a readable file'
    return 1
  fi
  if IFS= read -r -d '' -n "$TOPOLOGY_CHARACTERS" text <"$1"; then # false at the end of the file, where it should end
    parsed[problem]="it has a NUL byte, or more than $TOPOLOGY_CHARACTERS characters"
    return 1
  fi
  for key in "${@:3}"; do
    ((++number))
    line=${text%%$'\n'*}
    if [[ $text != *$'\n'* ]]; then
      parsed[problem]="it ends before the end of line $number, which must be $key=…"
      return 1
    elif [[ ! $line =~ ^$key=(${TOPOLOGY_PATTERNS[$key]})$ ]]; then
      parsed[problem]="line $number must be $key=… with ${TOPOLOGY_FORMS[$key]}"
      return 1
    fi
    parsed["$key"]=${line#*=}
    text=${text#*$'\n'}
  done
  [ -z "$text" ] || parsed[problem]="there must be nothing after line $number"
  [ -z "${parsed[problem]:-}" ] || return 1
  is_primary_among_the_hosts "$2"
}

is_primary_among_the_hosts() { # the hosts of the file if it has any, else the known ones
  local -n checked=$1
  local hosts=()
  [ -n "${checked[primary]:-}" ] || return 0 # a file without roles
  IFS=' ' read -r -a hosts <<<"${checked[hosts]:-${HOSTS[*]}}"
  if ((checked[primary] >= ${#hosts[@]})); then
    checked[problem]="primary=${checked[primary]} must be less than the number of hosts, which is ${#hosts[@]}"
    return 1
  fi
}

# --- the values in effect ---
primary_host() { printf '%s' "${HOSTS[$PRIMARY]}"; }

# For commands in messages: kubectl in the namespace of the pods, which is the third part of their DNS names.
kubectl_here() {
  local parts
  IFS=. read -r -a parts <<<"${HOSTS[0]:-}"
  printf 'kubectl%s' "${parts[2]:+ -n ${parts[2]}}"
}

is_lost() { [[ " ${TOPOLOGY[lost]} " == *" $1 "* ]]; } # the node with this ordinal is declared lost

has_lost_nodes() { [ -n "${TOPOLOGY[lost]}" ]; }

count_lost_nodes() {
  local nodes
  read -r -a nodes <<<"${TOPOLOGY[lost]}"
  printf '%s' "${#nodes[@]}"
}

keeps_diverged() { [ "${TOPOLOGY[keep_diverged]}" = true ]; } # a copy of a lost node's old data, before they are discarded

# --- conf files ---
revision_in() { sed -n "s/^streamset\.revision = '\([^']*\)'.*/\1/p" "$1" | tail -n 1; } # CONF-FILE
