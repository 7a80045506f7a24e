#!/usr/bin/env bash
# Provides the cluster with volumes of a fixed size: ext4 images on loop devices, so that a
# volume can really be full. Makes sure that $TESTBED_VOLUMES of $TESTBED_VOLUME_SIZE exist,
# and $TESTBED_GROWING_VOLUMES of $TESTBED_GROWING_SIZE, which resizer.sh lets grow; and
# empties those whose claim was deleted for the next claim, in place of a dynamic
# provisioner. Can run at any time while the cluster runs.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

GROWING=$VOLUMES/growing # those of the class that grows

# create_image FILE: sparse; a small journal and an inode per 64 kB, because these are written in full
create_image() {
  rm -f "$1.new"
  truncate -s "$(numfmt --from=iec-i "$(first_size "$1")")" "$1.new"
  mkfs.ext4 -q -m 0 -i 65536 -J size=8 "$1.new"
  mv "$1.new" "$1"
}

first_size() { basename "${1%-*}"; } # FILE

# capacity FILE: its first size, unless it has grown since
capacity() {
  local mebibytes first
  mebibytes=$(($(stat -c %s "$1") >> 20))
  first=$(first_size "$1")
  if [ "$mebibytes" = "$(($(numfmt --from=iec-i "$first") >> 20))" ]; then echo "$first"; else echo "${mebibytes}Mi"; fi
}

create_missing_images() { # FOLDER COUNT SIZE
  local number image
  mkdir -p "$1"
  for ((number = 0; number < $2; number++)); do
    printf -v image '%s/%s-%02d.img' "$1" "$3" "$number"
    [ -e "$image" ] || create_image "$image"
  done
}

# the claim's folder is inside the image: if that is not mounted, a pod waits instead of filling the machine's disk
mount_images() {
  local image
  for image in "$VOLUMES"/*.img "$GROWING"/*.img; do
    if mountpoint -q "${image%.img}" || grows "${image%.img}"; then continue; fi
    mount_volume "${image%.img}"
    mkdir -p "${image%.img}/data"
  done
}

# grows FOLDER: resizer.sh holds it
grows() { [ -e "$1.lock" ] && ! flock -n "$1.lock" true; }

describe_volumes() {
  local image
  cat <<YAML
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local-loop, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: $GROWING_CLASS}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
YAML
  for image in "$VOLUMES"/*.img; do describe local "$image" local-loop; done
  for image in "$GROWING"/*.img; do describe growing "$image" "$GROWING_CLASS"; done
}

describe() { # PREFIX IMAGE CLASS
  local prefix=$1 image=$2 class=$3 name
  name=$(basename "$image" .img)
  cat <<YAML
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: "$prefix-${name,,}"}
spec:
  capacity: {storage: $(capacity "$image")}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: $class
  local: {path: "${image%.img}/data"}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [$NODE_NAME]}]}]}}
YAML
}

recycle_released() {
  local name data
  while read -r name data; do
    empty "${data%/data}"
    kubectl patch pv "$name" --type=json -p "[{\"op\": \"remove\", \"path\": \"/spec/claimRef\"},
      {\"op\": \"replace\", \"path\": \"/spec/capacity/storage\", \"value\": \"$(first_size "${data%/data}.img")\"}]" >/dev/null
    say "volume $name emptied for the next claim"
  done < <(kubectl get pv -o jsonpath='{range .items[?(@.status.phase=="Released")]}{.metadata.name} {.spec.local.path}{"\n"}{end}')
}

# empty FOLDER: a volume that has grown is recreated with its first size
empty() {
  if [ "$(capacity "$1.img")" != "$(first_size "$1.img")" ]; then
    umount "$1"
    create_image "$1.img"
    mount_volume "$1"
  fi
  rm -rf "$1/data"
  mkdir "$1/data"
}

need_root
lock volumes
kubectl get --raw /readyz >/dev/null 2>&1 || die "the cluster is not running: start it with $TESTBED/up.sh"
create_missing_images "$VOLUMES" "$TESTBED_VOLUMES" "$TESTBED_VOLUME_SIZE"
create_missing_images "$GROWING" "$TESTBED_GROWING_VOLUMES" "$TESTBED_GROWING_SIZE"
mount_images
describe_volumes | kubectl apply -f - >/dev/null
recycle_released
say "volumes ready: $(find "$VOLUMES" -name '*.img' | wc -l)"
