# shellcheck shell=bash
# What a node is to do, from what is known, in one word. Pure functions: they ask nobody and change nothing.

# A node that has data, before its server starts. Never a second writable primary: who was one where another is declared, or
# where the others have gone on without it, comes back read-only, and sorts it out when its server runs.
#
# DATA: primary, standby, or former (a primary that was made read-only); DECLARED: this node is the declared primary, yes or
# no; OUTLIVED: another node is on a newer timeline, yes or no (only a declared primary needs to ask)
decide_start() { # DATA DECLARED OUTLIVED
  case "$1 $2 $3" in
    former\ *) echo stay-read-only ;;
    'standby yes '*) echo follow-until-it-hands-over ;; # only its upstream can make it the primary
    'standby no '*) echo follow ;;
    'primary no '*) echo become-read-only ;;
    'primary yes yes') echo become-read-only-outlived ;;
    'primary yes no') echo write ;;
  esac
}

# A node whose server runs, at each look.
decide_role() { # DATA DECLARED
  case "$1 $2" in
    'primary yes') echo write ;;
    'primary no') echo hand-over ;;
    former\ *) echo settle ;;
    standby\ *) echo follow ;;
  esac
}

# The conf files that the kubelet has brought. Those of another revision than the declared one are old, or not all here yet;
# those for another pod come with the restart that gives the pod what they need.
decide_conf() { # COPIED MOUNTED DECLARED-REVISION POD DECLARED-POD KILOBYTES-NEEDED KILOBYTES-THERE
  if [ "$1" = "$3" ]; then
    echo keep
  elif [ "$4" != "$5" ]; then
    echo leave-to-the-next-pod
  elif [ "$2" != "$3" ]; then
    echo wait-for-the-kubelet
  elif ((10#$7 < 10#$6)); then
    echo wait-for-the-volume
  else
    echo take-over
  fi
}
