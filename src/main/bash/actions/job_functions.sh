# shellcheck shell=bash
# What Jobs ask of a server that the role of the nodes may not do by itself: functions of the superuser do it. Nodes make them (see
# node_role.sh), and Jobs call them. Sourced after sql.sh.

# For which declaration a primary is ready to hand over (see service.sh).
ready_sql() {
  cat <<SQL
SELECT split_part(pg_read_file($(sockets_sql) || '/streamset.ready', 0, 100, true), E'\\n', 1)
 WHERE NOT pg_is_in_recovery()
SQL
}

# Creates a slot for each standby with these ordinals, and drops those of others, and reports what it does. Slots with other names it
# leaves alone. It knows whose slots are its own: data that were restored from another cluster's backup bring the function of that one.
#
# An undeclared slot in use belongs to a pod that is still ending. A lost slot of a standby that is away holds nothing, and from 18 on
# nobody can stream with it.
slots_function() { # SCHEMA PREFIX of the slots' names
  cat <<SQL
CREATE OR REPLACE FUNCTION $1.slots(prefix text, standbys integer[]) RETURNS SETOF text
  LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS \$\$
DECLARE
  declared CONSTANT name[] := ARRAY(SELECT ('$2_' || ordinal)::name FROM unnest(standbys) AS ordinal);
  slot record;
BEGIN
  IF prefix <> '$2' THEN RAISE 'the function is that of another cluster, until the node has made its own'; END IF;
  FOR slot IN SELECT *, slot_name = ANY (declared) AS declared FROM pg_replication_slots
               WHERE slot_type = 'physical' AND slot_name ~ '^$2_(0|[1-9][0-9]*)\$' ORDER BY slot_name LOOP
    IF NOT slot.active AND (slot.wal_status = 'lost' OR NOT slot.declared) THEN
      PERFORM pg_drop_replication_slot(slot.slot_name);
      RETURN NEXT concat('slot ', slot.slot_name, ' dropped: ',
                         CASE WHEN slot.declared THEN 'it has lost WAL' ELSE 'no such standby is declared' END);
    ELSIF NOT slot.declared THEN
      RETURN NEXT concat('waiting for slot ', slot.slot_name, ' to be released: no such standby is declared');
    END IF;
  END LOOP;
  RETURN QUERY
    SELECT concat('slot ', (pg_create_physical_replication_slot(missing, true)).slot_name, ' created')
      FROM unnest(declared) AS missing WHERE missing NOT IN (SELECT slot_name FROM pg_replication_slots);
END
\$\$;
SQL
}
