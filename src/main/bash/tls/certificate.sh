# shellcheck shell=bash
# The certificate of the server here. The kubelet brings what the Secret has; the server reads this pod's own copies, which change
# only after a trial has accepted all of it. So a broken one never takes the place of one that works. The copies are on the volume:
# a pod that is recreated while the Secret has a broken one starts with the former one. Sourced after log.sh, process.sh,
# topology.sh, connection.sh and trial.sh.

TLS_NAMES=${TLS_NAMES:-} # which the certificate must have besides the pods' own
AGAIN_AFTER_SECONDS=300  # a refused one that does not change may not have been valid yet

ADOPTED=''  # the text of the certificate that the server reads
REFUSED=''  # and of the last one that was refused
TRIED=''    # and of the one that is being tried
TRIAL=''    # the process that tries it
RETRY_AT=0

# Before anything connects to another server, which needs ca.crt. Without a certificate that can be used, and without a former one,
# there is nothing that this pod could do.
have_certificate() {
  if [ -z "$ROOT_CERTIFICATE" ]; then
    [ ! -e "$TLS_FOLDER" ] || rm -rf "$TLS_FOLDER"
    return 0
  fi
  [ "${#CLIENT_FILES[@]}" -gt 0 ] || rm -f "$TLS_FOLDER"/*/client.{crt,key} # from a time when the pods had it
  read_certificate "$TLS_FOLDER/current" ADOPTED || true
  until is_settled && [ -n "$ADOPTED" ]; do
    if is_settled; then
      pause 1 # until the Secret changes
    else
      run trial || pause 1
      take_verdict || true
    fi
  done
}

# For a running server: what the kubelet has brought since. The trial is a process of its own, because it takes some seconds.
keep_certificate() { # true if another one is adopted, which the server must read
  [ -n "$ROOT_CERTIFICATE" ] || return 1
  [ -n "$ADOPTED" ] || read_certificate "$TLS_FOLDER/current" ADOPTED || true
  if [ -n "$TRIAL" ]; then
    ! kill -0 "$TRIAL" 2>/dev/null || return 1
    wait "$TRIAL" 2>/dev/null || true
    TRIAL=''
    take_verdict || return 1
    return 0
  fi
  is_settled || begin_trial
  return 1
}

is_settled() { # the Secret has what the server reads, or what was refused
  local mounted
  if ! read_certificate "$MOUNTED_TLS" mounted; then
    say_once certificate "$(lacking_files 'the Secret')$(former_one)"
    return 0
  fi
  [ "$mounted" = "$ADOPTED" ] || { [ "$mounted" = "$REFUSED" ] && ((SECONDS < RETRY_AT)); }
}

begin_trial() {
  trial 9<&- & # the lock of the volume belongs to the server
  TRIAL=$!
}

# Another process is about to look after the certificate.
end_trial() {
  [ -z "$TRIAL" ] || wait "$TRIAL" 2>/dev/null || true
  TRIAL=''
  ADOPTED=''
}

trial() {
  rm -f "$TLS_FOLDER/verdict"
  # shellcheck disable=SC2086  # words
  copy_certificate && try_certificate "${HOSTS[@]}" $TLS_NAMES >"$TLS_FOLDER/verdict.new" && mv "$TLS_FOLDER/verdict.new" "$TLS_FOLDER/verdict"
}

# True if the certificate that was tried is adopted.
take_verdict() {
  local fault=''
  [ -e "$TLS_FOLDER/verdict" ] && read_certificate "$TLS_FOLDER/new" TRIED || return 1 # not found out: tried again
  fault=$(<"$TLS_FOLDER/verdict")
  rm -f "$TLS_FOLDER/verdict"
  if [ -n "$fault" ]; then
    say_once certificate "the certificate in the Secret is refused: $fault$(former_one)" \
      'correct the Secret: docs/tls.md, A certificate that is refused'
    REFUSED=$TRIED
    RETRY_AT=$((SECONDS + AGAIN_AFTER_SECONDS))
    return 1
  fi
  adopt_certificate || return 1
  ADOPTED=$TRIED
  say_once certificate 'the certificate in the Secret is accepted'
}

former_one() { if [ -n "$ADOPTED" ]; then printf '; the former one goes on'; fi; }
