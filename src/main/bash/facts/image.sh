# shellcheck shell=bash
# What the image must have (docs/images.md). This is checked before any data are touched; otherwise a missing program would
# interrupt an operation. Sourced after session.sh.

IMAGE_PROGRAMS=(
  docker-entrypoint.sh
  postgres initdb psql pg_isready pg_basebackup pg_rewind pg_controldata pg_waldump
  awk base64 cat cmp cp cut date df dirname du flock grep head id ln ls mkdir mv readlink rm rmdir sed setsid sha256sum sleep sort sync tail timeout touch
  tr
)

# Prints everything that is wrong with the image, in one line; nothing if the image meets all requirements.
image_faults() {
  local program version name user faults=() missing=()
  for program in "${IMAGE_PROGRAMS[@]}"; do
    type -P "$program" >/dev/null || missing+=("$program")
  done
  [ "${#missing[@]}" = 0 ] || faults+=("it lacks ${missing[*]}")
  version=$(postgres --version 2>/dev/null) || version=''
  if [[ $version =~ \)\ ([0-9]+) ]] && [ "${BASH_REMATCH[1]}" != "$POSTGRES_MAJOR" ]; then
    faults+=("its server is PostgreSQL ${BASH_REMATCH[1]}, and streamset:version is $POSTGRES_MAJOR")
  fi
  # libpq and the server are of one build; libpq says this before it connects
  if [ -n "${ROOT_CERTIFICATE:-}" ] &&
    [[ $(LC_ALL=C psql -X -w -d 'host=127.0.0.1 port=1 sslmode=require' 2>&1 || true) == *'not compiled in'* ]]; then
    faults+=('its PostgreSQL was built without SSL, which streamset:tls needs')
  fi
  if ! id -un >/dev/null 2>&1; then
    user="it has no user with the UID $UID"
    while IFS=: read -r name _ version _; do
      [ "$name" != postgres ] || user+=", its user postgres has $version (streamset:runAsUser)"
    done </etc/passwd
    faults+=("$user")
  fi
  [ "${#faults[@]}" = 0 ] || printf '%s; ' "${faults[@]}"
}

check_image() {
  local faults
  faults=$(image_faults)
  [ -z "$faults" ] || fail "the image cannot run this cluster: ${faults%; }" \
    'set another one in streamset:image; docs/images.md lists what it must have'
}
