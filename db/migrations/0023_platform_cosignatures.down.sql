-- Refused while anything is cosigned: bundles that were accepted would no longer be.

SET LOCAL ROLE cordon_owner;

DO $$
BEGIN
  IF EXISTS (SELECT FROM evidence.platform_log_cosignature) THEN
    RAISE EXCEPTION 'refusing to drop the cosignatures: checkpoints of the platform''s logs have some';
  END IF;
END
$$;

-- The counts without these tables'.
CREATE OR REPLACE FUNCTION cordon.delegated_approval_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'delegated_approval is append-only; % not permitted on cordon.delegated_approval', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION cordon.delegated_approval_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on delegated_approval (CB002).';
CREATE OR REPLACE FUNCTION evidence.signing_key_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'signing_key is append-only; % not permitted on evidence.signing_key', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.signing_key_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on signing_key (CB002).';
CREATE OR REPLACE FUNCTION evidence.signing_pause_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'signing_pause is append-only; % not permitted on evidence.signing_pause', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.signing_pause_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on signing_pause (CB002).';
DROP VIEW evidence.v_refused_change;
DROP TABLE evidence.platform_log_cosignature;
DROP FUNCTION evidence.platform_log_cosignature_append_only();
DROP SEQUENCE evidence.platform_log_cosignature_refusals, evidence.delegated_approval_refusals, evidence.signing_key_refusals,
  evidence.signing_pause_refusals;
DO $$
BEGIN
  -- brand-global: migration: makes a view of sequences
  EXECUTE (
    SELECT 'CREATE VIEW evidence.v_refused_change WITH (security_invoker = true) AS '
      || string_agg(
        format(
          'SELECT %L::text AS ledger, last_value AS attempts FROM evidence.%I', n.nspname || '.' || left(p.proname, -12),
          left(p.proname, -12) || '_refusals'), ' UNION ALL ' ORDER BY n.nspname, p.proname)
    FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.proname LIKE '%\_append\_only' AND to_regclass(format('evidence.%I', left(p.proname, -12) || '_refusals')) IS NOT NULL);
END
$$;
COMMENT ON VIEW evidence.v_refused_change IS
  'How often each append-only table refused an UPDATE, DELETE or TRUNCATE, whoever tried. What a missing grant refuses is not in it: PostgreSQL''s own log has that.';
COMMENT ON COLUMN evidence.v_refused_change.ledger IS 'The table, with its schema.';
COMMENT ON COLUMN evidence.v_refused_change.attempts IS 'Attempts since the table has its guard.';
GRANT SELECT ON evidence.v_refused_change TO cordon_app, cordon_audit;

RESET ROLE;
