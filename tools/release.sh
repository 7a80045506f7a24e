#!/usr/bin/env bash
# Makes the files of a release in target/release: the program with its libraries, what is in it as CycloneDX, and checksums.
# Its notes, from CHANGELOG.md, go into target/release-notes.md.
#
#   tools/release.sh v<version>
#
# Exit code 0: they are there; 1: the tag does not fit the checkout, or a build failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=progress.sh
. tools/progress.sh

tag=${1:-}
version=$(sed -n '0,/<version>/s|.*<version>\(.*\)</version>.*|\1|p' pom.xml)
notes=$(awk -v head="## [$version]" 'index($0, "## [") == 1 { on = index($0, head) == 1; next } on' CHANGELOG.md)
changed=$(git status --porcelain)

problems=()
[ "$tag" = "v$version" ] ||
  problems+=("tag '$tag': pom.xml has version $version; what to do: tag v$version, or change the version in pom.xml first")
[ -n "$notes" ] ||
  problems+=("CHANGELOG.md: nothing under '## [$version]'; what to do: put that line in front of what the release brings")
[ -z "$changed" ] ||
  problems+=("the checkout differs from its commit; what to do: git stash --include-untracked")
if [ "${#problems[@]}" != 0 ]; then
  printf '%s\n' "${problems[@]}" >&2
  exit 1
fi

folder=target/release
rm -rf target/streamset.jar target/lib "$folder"
mkdir -p "$folder"
step 'building the program' target/release.log timeout 900 make -s target/streamset.jar
step 'listing its libraries' target/release.log timeout 300 make -s sbom
# the same bytes from the same commit, whoever packs them and when
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --mtime='2026-01-01 00:00Z' \
  --directory target streamset.jar lib | gzip --no-name >"$folder/streamset-$version.tar.gz"
cp target/sbom.json "$folder/streamset-$version.cdx.json"
(cd "$folder" && sha256sum "streamset-$version.cdx.json" "streamset-$version.tar.gz" >SHA256SUMS)
printf '%s\n' "$notes" >target/release-notes.md
cat "$folder/SHA256SUMS"
