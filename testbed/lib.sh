# shellcheck shell=bash  # sourced by the other scripts, never run
# Locks and processes.
# shellcheck source-path=SCRIPTDIR source=env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# shellcheck source-path=SCRIPTDIR source=../tools/progress.sh
. "$TESTBED/../tools/progress.sh"

kubectl() { "$BIN/kubectl" --request-timeout=20s "$@"; }

need_root() {
  [ "$(id -u)" = 0 ] || die "the testbed needs root (mounts, network, cgroups): run this as root"
}

# lock NAME: one at a time; the lock ends with the process.
lock() {
  mkdir -p "$STATE"
  exec 9>"$STATE/$1.lock"
  flock -n 9 || { say "waiting for another run to finish ($1)"; flock 9; }
}

# put FILE: write it from stdin, but only when that changes it (kube-proxy exits when its file is rewritten).
put() {
  mkdir -p "$(dirname "$1")"
  (umask 077 && cat >"$1.new")
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# running NAME: the recorded process runs and is ours: another program may have got its number since.
running() {
  local pid
  pid=$(cat "$PID/$1" 2>/dev/null) && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$RUN/"
}

# start NAME COMMAND...: run a daemon, unless it runs already; its command line must name a path below $RUN.
start() {
  local name=$1
  shift
  if running "$name"; then return; fi
  mkdir -p "$LOG" "$PID"
  if [ -e "$LOG/$name.log" ]; then mv "$LOG/$name.log" "$LOG/$name.log.old"; fi
  (cd / && exec setsid "$@") >"$LOG/$name.log" 2>&1 </dev/null 9>&- &
  echo "$!" >"$PID/$name"
  say "$name started"
}

# stop NAME...: SIGTERM to all of them at once, then wait for each and insist.
stop() {
  local name began
  for name in "$@"; do
    if running "$name"; then kill "$(<"$PID/$name")"; fi
  done
  for name in "$@"; do
    [ -e "$PID/$name" ] || continue
    began=$SECONDS
    while running "$name"; do
      if ((SECONDS - began > 20)); then die "$name does not end (pid $(<"$PID/$name"))"; fi
      if ((SECONDS - began > 10)); then kill -9 "$(<"$PID/$name")"; fi
      sleep 0.1
    done
    rm "$PID/$name"
    say "$name stopped"
  done
}

# wait_until SECONDS WHAT "DAEMON..." COMMAND...: polls the command; fails when the time
# is over or one of the daemons has ended, and shows the end of their logs.
wait_until() {
  local began=$SECONDS limit=$1 what=$2 name problem=""
  local -a daemons
  read -ra daemons <<<"$3"
  shift 3
  until "$@" >/dev/null 2>&1; do
    for name in "${daemons[@]}"; do
      if ! [ -d "/proc/$(<"$PID/$name")" ]; then problem="$name has ended"; fi
    done
    if ((SECONDS - began > limit)); then problem="not within $limit s"; fi
    if [ -n "$problem" ]; then
      for name in "${daemons[@]}"; do
        printf -- '--- %s\n' "$LOG/$name.log" >&2
        tail -n 15 "$LOG/$name.log" >&2
      done
      die "failed: $what ($problem)"
    fi
    sleep 0.2
  done
  say "$what"
}

# shims: the parent processes of containers, started by our containerd; they outlive it.
shims() {
  pgrep -f -- "^/usr/bin/containerd-shim.* -address $CONTAINERD_SOCKET" || :
}

# forget_containers: without a shim there is no container; leftover mounts, network
# namespaces and addresses would only disturb the next start, as after a reboot.
forget_containers() {
  if [ -n "$(shims)" ]; then return; fi
  unmount_below "$RUN/containerd/state"
  unmount_below "$RUN/kubelet"
  local socket
  for socket in "$RUN"/containerd/state/io.containerd.runtime.v2.task/*/*/address; do
    if [ -s "$socket" ]; then rm -f "$(sed 's,^unix://,,' "$socket")"; fi
  done
  rm -rf "$RUN/containerd/state" "$RUN/runc" "$RUN/cni/addresses"
  # the two places outside $RUN that are fixed in the programs
  { grep -lsF "$RUN/" /var/lib/cni/results/* || :; } | xargs -r -d '\n' rm --
  if [ -d /var/log/containers ]; then find /var/log/containers -lname "$RUN/pods/*" -delete; fi
}

# mount_volume FOLDER: mounts the image of a volume where its pods look for it
mount_volume() {
  mkdir -p "$1"
  mount -o loop,discard "$1.img" "$1" # discard: deleting files inside also frees the machine's disk
}

# unmount_below FOLDER: the folder and everything below it, the newest mounts first.
unmount_below() {
  local target below=${1// /\\\\040}/ # the mount table writes a blank as \040
  while IFS= read -r target; do
    printf -v target %b "$target"
    umount "$target" 2>/dev/null || umount -l "$target"
  done < <(awk -v below="$below" 'index($2 "/", below) == 1 { print $2 }' /proc/self/mounts | tac)
}
