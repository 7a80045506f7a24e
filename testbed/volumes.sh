#!/usr/bin/env bash
# Provides the cluster with volumes of a fixed size: ext4 images on loop devices, so that a
# full volume is full. Makes sure that $TESTBED_VOLUMES of $TESTBED_VOLUME_SIZE exist, and
# empties those whose claim was deleted for the next claim: the stand-in for a dynamic
# provisioner. For a running cluster, at any time.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# create_image FILE: sparse; a small journal and an inode per 64 kB, because these are written in full
create_image() {
  rm -f "$1.new"
  truncate -s "$(numfmt --from=iec-i "$TESTBED_VOLUME_SIZE")" "$1.new"
  mkfs.ext4 -q -m 0 -i 65536 -J size=8 "$1.new"
  mv "$1.new" "$1"
}

create_missing_images() {
  local number image
  mkdir -p "$VOLUMES"
  for ((number = 0; number < TESTBED_VOLUMES; number++)); do
    printf -v image '%s/%s-%02d.img' "$VOLUMES" "$TESTBED_VOLUME_SIZE" "$number"
    [ -e "$image" ] || create_image "$image"
  done
}

# the claim's folder lies inside the image: were that not mounted, a pod would wait instead of filling the machine's disk
mount_images() {
  local image folder
  for image in "$VOLUMES"/*.img; do
    folder=${image%.img}
    if mountpoint -q "$folder"; then continue; fi
    mkdir -p "$folder"
    mount -o loop,discard "$image" "$folder" # discard: what is deleted inside frees the machine's disk, too
    mkdir -p "$folder/data"
  done
}

describe_volumes() {
  local image name
  cat <<YAML
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local-loop, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
YAML
  for image in "$VOLUMES"/*.img; do
    name=$(basename "$image" .img)
    cat <<YAML
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: "local-${name,,}"}
spec:
  capacity: {storage: ${name%-*}}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: local-loop
  local: {path: "${image%.img}/data"}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [$NODE_NAME]}]}]}}
YAML
  done
}

recycle_released() {
  local name folder
  while read -r name folder; do
    rm -rf "$folder"
    mkdir "$folder"
    kubectl patch pv "$name" --type=json -p '[{"op": "remove", "path": "/spec/claimRef"}]' >/dev/null
    say "volume $name emptied for the next claim"
  done < <(kubectl get pv -o jsonpath='{range .items[?(@.status.phase=="Released")]}{.metadata.name} {.spec.local.path}{"\n"}{end}')
}

need_root
lock volumes
kubectl get --raw /readyz >/dev/null 2>&1 || die "the cluster is not running: start it with $TESTBED/up.sh"
create_missing_images
mount_images
describe_volumes | kubectl apply -f - >/dev/null
recycle_released
say "volumes ready: $(find "$VOLUMES" -name '*.img' | wc -l)"
