# shellcheck shell=bash
# What a node does next, as one word. Pure functions: they query nothing and change nothing.

# A node that has data, before its server starts. There must never be a second writable primary: a former primary comes back
# read-only if another one is declared, or if the others have gone on without it, and settles its role when its server runs.
#
# DATA: primary, standby, or former (a primary that was made read-only); DECLARED: this node is the declared primary, yes or
# no; OVERTAKEN: another node is on a newer timeline, yes or no (only a declared primary needs to know)
decide_start() { # DATA DECLARED OVERTAKEN
  case "$1 $2 $3" in
    former\ *) echo stay-read-only ;;
    'standby yes '*) echo follow-until-it-hands-over ;; # only its upstream can make it the primary
    'standby no '*) echo follow ;;
    'primary no '*) echo become-read-only ;;
    'primary yes yes') echo become-read-only-overtaken ;;
    'primary yes no') echo write ;;
  esac
}

# A node with a running server, at each look.
decide_role() { # DATA DECLARED
  case "$1 $2" in
    'primary yes') echo write ;;
    'primary no') echo hand-over ;;
    former\ *) echo settle ;;
    standby\ *) echo follow ;;
  esac
}

# The conf files that the kubelet has brought. Files of another revision than the declared one are old, or not complete yet;
# files for another pod arrive with the restart that gives the pod what they need.
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
    echo adopt
  fi
}
