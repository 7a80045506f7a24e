# shellcheck shell=bash
# Announcing the declaration to a running node before the kubelet brings it. Sourced after topology.sh and sql.sh.
#
# The server of that node writes it to a file in its socket folder, as plain text; the node reads it within a second (see
# shared/topology.sh). Nothing in it is executed, and it contains no secret. A standby's server can write it too.

ANNOUNCE_SECONDS=5

announce() { # HOST
  query "$1" "$ANNOUNCE_SECONDS" <<SQL
SELECT trim(split_part(current_setting('unix_socket_directories'), ',', 1)) || '/streamset.topology' AS file \\gset
COPY (SELECT line
        FROM (VALUES (1, 'primary=${TOPOLOGY[primary]}'), (2, 'lost=${TOPOLOGY[lost]}'),
                     (3, 'keep_diverged=${TOPOLOGY[keep_diverged]}'), (4, 'generation=${TOPOLOGY[generation]}')) AS lines (number, line)
       ORDER BY number)
  TO :'file';
SQL
}
