# shellcheck shell=bash
# Arithmetic with the names of segments of WAL: eight digits each for the timeline, and for the place in two parts.

# shellcheck disable=SC2034  # whoever sources this uses it
LEAST_SEGMENT=000000000000000000000000

SEGMENTS_OF_A_PART=$((4096 / ${WAL_SEGMENT_MEGABYTES:?})) # the second part counts up to this, the first one goes on

number_of() { # SEGMENT INTO-VARIABLE: counted from the beginning of the database, on all timelines
  printf -v "$2" '%d' $((16#${1:8:8} * SEGMENTS_OF_A_PART + 16#${1:16:8}))
}

# Whether the WAL up to this position has at least a part of the segment.
reaches_into() { # POSITION SEGMENT
  local number bytes=$((WAL_SEGMENT_MEGABYTES << 20))
  number_of "$2" number
  ((16#${1%/*} * SEGMENTS_OF_A_PART * bytes + 16#${1#*/} > number * bytes))
}

place_of() { # NUMBER: the part of the name behind the timeline
  printf '%08X%08X' $(($1 / SEGMENTS_OF_A_PART)) $(($1 % SEGMENTS_OF_A_PART))
}

# Those that nothing is written to any more, from the place of SEGMENT on: one a line, in the order of their places.
complete_segments() { # FOLDER SEGMENT
  local status file
  for status in "$1"/archive_status/*.done "$1"/archive_status/*.ready; do
    file=${status##*/}
    file=${file%.*}
    if [[ $file =~ ^[0-9A-F]{24}$ ]] && [ -e "$1/$file" ] && [[ ! ${file:8} < ${2:8} ]]; then
      printf '%s %s\n' "${file:8}" "$file"
    fi
  done | sort -u | cut -d ' ' -f 2
}

# --- what the archive has ---
declare -A HAS=() # by segment
NEWEST=''         # the one of the last place

take_segments() { # from $ANSWER, one a line
  local file
  HAS=()
  NEWEST=''
  while read -r file; do
    [ -z "$file" ] || has_segment "$file"
  done < <(answer)
}

has_segment() { # SEGMENT
  HAS["$1"]=yes
  [[ ${1:8} < ${NEWEST:8} ]] || NEWEST=$1
}

# The end of what a recovery reads: on the newest timeline, and there at the last place.
last_segment() {
  printf '%s\n' "${!HAS[@]}" | sort | tail -n 1
}

# Sets FIRST and LAST to the first gap between two segments, as places. False where HAS has all that are between.
find_gap() { # SEGMENT SEGMENT INTO-FIRST INTO-LAST
  local file number from end to
  local -A numbers=()
  number_of "$1" from
  number_of "$2" end
  for file in "${!HAS[@]}"; do
    number_of "$file" number
    numbers[$number]=yes
  done
  for ((number = from + 1; number < end; number++)); do
    if [ -z "${numbers[$number]:-}" ]; then
      to=$number
      while ((to + 1 < end)) && [ -z "${numbers[$((to + 1))]:-}" ]; do ((++to)); done
      printf -v "$3" '%s' "$(place_of "$number")"
      printf -v "$4" '%s' "$(place_of "$to")"
      return 0
    fi
  done
  return 1
}
