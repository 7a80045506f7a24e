# shellcheck shell=bash
# A standby replays late (recovery_min_apply_delay) while it follows the declared primary. If it is declared primary itself, or
# has to find another upstream, it replays at once: nobody can know how much WAL a server has before it has replayed it, and
# while a new primary replays nobody writes. Sourced by start.sh, after conf.sh and data.sh.

AT_ONCE='recovery_min_apply_delay = 0 # until this node follows the declared primary' # last in this pod's postgresql.conf
REPLAYS_AT_ONCE=no

# Whether a previous run of this container left the line in the file.
find_delay() { REPLAYS_AT_ONCE=$(yes_or_no grep -aqFx "$AT_ONCE" "$CONF/postgresql.conf"); }

# At each look, and before the server starts.
settle_delay() {
  local file=$CONF/postgresql.conf wanted=no
  ! is_standby || [ "$(upstream)" = "$(primary_host)" ] || wanted=yes
  [ "$wanted" != "$REPLAYS_AT_ONCE" ] || return 0
  if [ "$wanted" = yes ]; then
    grep -aqi '^[[:space:]]*recovery_min_apply_delay' "$file" || return 0
    cp "$file" "$file.new" && printf '%s\n' "$AT_ONCE" >>"$file.new" && mv "$file.new" "$file" || return 1
    log 'replays at once until it follows the declared primary, whatever recovery_min_apply_delay says'
  else
    grep -avFx "$AT_ONCE" "$file" >"$file.new" && mv "$file.new" "$file" || return 1
    log 'recovery_min_apply_delay applies again'
  fi
  REPLAYS_AT_ONCE=$wanted
  request_reload
}
