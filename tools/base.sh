# shellcheck shell=bash  # sourced by review.sh and report.sh, never run
# The project as an earlier revision has it, for comparison: in a folder of its own, so that nothing here changes.

# The checkout may belong to another user, as in a container of a workflow: it is read, and nothing in it is run by git.
in_git() { git -c safe.directory='*' -c core.fsmonitor=false "$@"; }

# commit_of REVISION: prints it; fails when there is none
commit_of() { in_git rev-parse --verify --quiet "$1^{commit}"; }

# unpack_base REVISION: sets base_folder, which goes when the script ends, and base_name, what people call it.
unpack_base() {
  local revision=$1 commit paths
  commit=$(commit_of "$revision")
  base_folder=$(mktemp -d)
  trap 'rm -rf "$base_folder"' EXIT
  trap 'exit 143' TERM
  mapfile -t paths < <(in_git ls-tree --name-only "$commit" -- Pulumi.yaml stacks src/main/postgresql && in_git ls-tree --name-only "$commit" | grep -E '^Pulumi\..+\.yaml$')
  [ "${#paths[@]}" = 0 ] || in_git archive "$commit" -- "${paths[@]}" | tar -x -C "$base_folder"
  base_name=${commit:0:7}
  [[ $commit == "$revision"* ]] || base_name="$revision ($base_name)"
}

# of_program CLASS ARGUMENTS...: a class of the program that has been built
of_program() {
  # tools/jvm.options has what makes the start short; what the JVM says of them is no error
  JDK_JAVA_OPTIONS='@tools/jvm.options' java -cp target/streamset.jar "$@" 2> >(grep -av '^NOTE: Picked up' >&2)
}
