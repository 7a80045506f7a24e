# shellcheck shell=bash
# The Python that Patroni runs with, whose library the scripts use.

PYTHON=''

find_python() {
  local line='' program
  program=$(type -P patroni) || fail 'the image has no Patroni' 'docs/images.md says how to build one'
  IFS= read -r line <"$program" || true
  [[ $line =~ ^'#!'\ *([^ ]*)(/env\ +([^ ]+))? ]] || fail "$program is no Python script"
  PYTHON=${BASH_REMATCH[3]:-${BASH_REMATCH[1]}}
  type -P "$PYTHON" >/dev/null || fail "the image lacks $PYTHON, which Patroni needs"
}
