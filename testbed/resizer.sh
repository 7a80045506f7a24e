#!/usr/bin/env bash
# Replaces the resizer of a CSI driver: if a bound claim of the class local-loop-growing requests more than its volume has, the
# volume grows. It grows at once if the kernel lets a mounted file system grow. Otherwise, as with a driver that cannot do that,
# the claim gets the condition FileSystemResizePending, and the volume grows after its pod was deleted, before the next one gets
# it. Started by up.sh; runs until it is ended.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

FIELDS='{.spec.storageClassName}|{.spec.volumeName}|{.spec.resources.requests.storage}|{.status.capacity.storage}'
CLAIM='|{.metadata.namespace}|{.metadata.name}{"\n"}'

main() {
  trap 'trap - TERM && kill -- "-$$"' TERM # with all that it started
  local class volume wanted capacity namespace claim
  while true; do
    while IFS='|' read -r class volume wanted capacity namespace claim; do
      if [ "$class" = "$GROWING_CLASS" ] && [ -n "$capacity" ] && (($(bytes "$wanted") > $(bytes "$capacity"))); then
        grow "$volume" "$wanted" "$namespace" "$claim" &
      fi
    done < <(kubectl get pvc --all-namespaces --watch -o jsonpath="$FIELDS$CLAIM") # it ends after a while
    sleep 1
  done
}

bytes() { numfmt --from=auto "$1"; }

# grow VOLUME SIZE NAMESPACE CLAIM
grow() {
  local volume=$1 size=$2 namespace=$3 claim=$4 folder
  folder=$(kubectl get pv "$volume" -o jsonpath='{.spec.local.path}')
  folder=${folder%/data}
  exec 8>"$folder.lock"
  flock -n 8 || return 0 # it grows already
  say "growing $volume to $size for $namespace/$claim"
  truncate -s "$(bytes "$size")" "$folder.img"
  if ! grow_mounted "$folder.img"; then
    tell '{"conditions": [{"type": "FileSystemResizePending", "status": "True", "message": "Waiting for user to (re-)start a pod to finish file system resize of volume on node."}]}'
    grow_unmounted "$folder"
  fi
  kubectl patch pv "$volume" -p "{\"spec\": {\"capacity\": {\"storage\": \"$size\"}}}"
  tell "{\"capacity\": {\"storage\": \"$size\"}, \"conditions\": []}"
  say "$volume has $size"
}

tell() { kubectl patch pvc -n "$namespace" "$claim" --subresource=status --type=merge -p "{\"status\": $1}"; }

grow_mounted() {
  local device
  device=$(losetup -nO NAME -j "$1")
  [ -n "$device" ] && losetup -c "$device" && resize2fs "$device"
}

# The pod that uses it keeps its own mount; the next one waits until the volume is here again.
grow_unmounted() {
  local device
  device=$(losetup -nO NAME -j "$1.img")
  if mountpoint -q "$1"; then umount "$1"; fi
  while [ -n "$(losetup -j "$1.img")" ]; do
    unmount_copies "$device"
    sleep 0.5
  done
  e2fsck -fp "$1.img" || [ $? = 1 ] # 1: it corrected something
  resize2fs "$1.img"
  mount_volume "$1"
}

# Processes that have created a mount namespace meanwhile, with copies of all mounts, would keep the volume in use.
unmount_copies() { # DEVICE
  local process
  for process in $(lsns --type mnt --noheadings --raw --output PID); do # one of each namespace
    if [ "$(readlink "/proc/$process/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ] &&
      grep -qs " $RUN/.* - ext4 $1 " "/proc/$process/mountinfo"; then
      nsenter --target "$process" --mount umount --all-targets "$1" || : # or it has ended
    fi
  done
}

main
