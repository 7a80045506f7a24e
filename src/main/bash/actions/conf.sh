# shellcheck shell=bash
# The conf files that the server here runs with: this pod's own copies of what the kubelet brings, or of what is announced before
# that. So a server never runs with files for another pod. Sourced after topology.sh, sql.sh and server.sh, before early.sh and
# late.sh.

CONF=${STREAMSET_CONF:-/etc/postgresql}                   # where the server reads them
MOUNTED_CONF=${STREAMSET_MOUNTED_CONF:-/etc/streamset/conf} # where the kubelet brings them
WAITS=$SOCKETS/streamset.waits                            # why this node waits for its volume before it adopts them, for the Job

COPIED_REVISION=''
RELOAD_IS_DUE=no

# When the pod starts: whatever is mounted; when its container restarts: what the pod already has.
have_conf() {
  rm -f "$WAITS"
  until [ -e "$CONF/postgresql.conf" ] || copy_conf; do
    say_once conf "waiting for the conf files in $MOUNTED_CONF"
    pause 1
  done
  COPIED_REVISION=$(revision_in "$CONF/postgresql.conf")
  find_delay
}

declared_conf() { if is_early; then printf '%s' "$EARLY_CONF"; else printf '%s' "$MOUNTED_CONF"; fi; } # the folder

# Both files of one revision, or none: the kubelet may change them during the copy.
copy_conf() {
  local from
  from=$(declared_conf) || return 1
  cp "$from/postgresql.conf" "$CONF/postgresql.conf.new" &&
    cp "$from/pg_hba.conf" "$CONF/pg_hba.conf.new" &&
    cmp -s "$from/postgresql.conf" "$CONF/postgresql.conf.new" &&
    mv "$CONF/pg_hba.conf.new" "$CONF/pg_hba.conf" &&
    mv "$CONF/postgresql.conf.new" "$CONF/postgresql.conf"
}

configured() { postgres -C "$1" -D "$PGDATA" -c "config_file=$CONF/postgresql.conf"; } # PARAMETER

# Adopts what the kubelet has brought if it is for this pod and the volume has room for it. It also runs before the server
# starts: the present copies may have a mistake that keeps the server from starting.
update_conf() {
  [ "$RELOAD_IS_DUE" = no ] || reload_conf || return 1
  take_early_conf
  if [ "$COPIED_REVISION" = "${TOPOLOGY[revision]}" ]; then # nearly always, and without starting a process
    forget_waits
    return 0
  fi
  local mounted size
  mounted=$(revision_in "$(declared_conf)/postgresql.conf") || return 1
  size=$(df -Pk "$PGDATA/pg_wal/" | awk 'NR == 2 { print $2 }') || return 1
  case $(decide_conf "$COPIED_REVISION" "$mounted" "${TOPOLOGY[revision]}" "$POD_DIGEST" "${TOPOLOGY[pod]}" \
    "${TOPOLOGY[wal_kilobytes]}" "$size") in
    leave-to-the-next-pod)
      forget_waits
      say_once conf "revision ${TOPOLOGY[revision]} of the conf files is for another pod than this one: ignored until this pod is recreated"
      ;;
    wait-for-the-volume)
      wait_for_volume "the WAL of revision ${TOPOLOGY[revision]} needs a file system of $((TOPOLOGY[wal_kilobytes] >> 10)) MB, this one has $((size >> 10)) MB"
      ;;
    adopt)
      copy_conf || return 1
      forget_waits
      COPIED_REVISION=$mounted
      find_delay
      settle_delay || return 1
      if server_runs; then
        RELOAD_IS_DUE=yes
        reload_conf
      fi
      ;;
  esac
}

wait_for_volume() { # REASON
  printf '%s\n' "$1" >"$WAITS.new" && mv "$WAITS.new" "$WAITS" || return 1
  say_once conf "waiting for the volume to grow: $1"
}

forget_waits() { [ ! -e "$WAITS" ] || rm -f "$WAITS"; }

request_reload() { ! server_runs || RELOAD_IS_DUE=yes; } # at the next look

# Not before the server accepts connections, and not with a mistake: the server would apply the rest of the files. The Job
# reports the mistake.
MISTAKES_SQL="
SELECT EXISTS (SELECT FROM pg_file_settings AS file LEFT JOIN pg_settings USING (name)
                WHERE error IS NOT NULL AND (context = 'postmaster' AND error = 'setting could not be applied') IS NOT TRUE)
    OR EXISTS (SELECT FROM pg_hba_file_rules WHERE error IS NOT NULL);
"

reload_conf() {
  query "$(own_server)" "$ASK_SECONDS" <<<"$MISTAKES_SQL" || return 1
  if answers_with_line t; then
    say_once conf "revision $COPIED_REVISION of the conf files has a mistake: not reloaded"
  else
    reload_server || return 1
    log "reloaded with revision $COPIED_REVISION of the conf files"
  fi
  RELOAD_IS_DUE=no
}
