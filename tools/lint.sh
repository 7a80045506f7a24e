#!/usr/bin/env bash
# Whether the workflows are sound: actionlint (with shellcheck on every script in them) and zizmor, both pinned. They are
# built from the Go module and taken from the Python package into target/lint, once.
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$tools/.."
# shellcheck source=progress.sh
. "$tools/progress.sh"

ACTIONLINT=github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
folder=$PWD/target/lint

[ -x "$folder/actionlint" ] || GOBIN=$folder step 'building actionlint' "$folder/actionlint.log" go install "$ACTIONLINT"
[ -x "$folder/zizmor" ] || {
  step 'fetching zizmor' "$folder/zizmor.log" python3 -m pip download -q --no-deps --require-hashes --only-binary :all: \
    -r "$tools/zizmor.txt" -d "$folder"
  python3 - "$folder" <<'PYTHON'
import glob, os, sys, zipfile
folder = sys.argv[1]
with zipfile.ZipFile(glob.glob(folder + "/zizmor-*.whl")[0]) as wheel:
    name = next(name for name in wheel.namelist() if name.endswith("/scripts/zizmor"))
    with open(folder + "/zizmor", "wb") as program:
        program.write(wheel.read(name))
os.chmod(folder + "/zizmor", 0o755)
PYTHON
}
"$folder/actionlint"
"$folder/zizmor" --offline --quiet --no-progress --persona pedantic .github
