# shellcheck shell=bash
# A checkpoint, by a function where there is one: it takes a superuser otherwise (see node_role.sh). Sourced after sql.sh.

CHECKPOINT_SECONDS=60

checkpoint_on() { # HOST
  query "$1" "$CHECKPOINT_SECONDS" <<'SQL'
SELECT to_regprocedure('streamset.checkpoint()') IS NOT NULL AS made \gset
\if :made
SELECT streamset.checkpoint();
\else
CHECKPOINT;
\endif
SQL
}
