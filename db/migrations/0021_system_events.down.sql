SET LOCAL ROLE cordon_owner;

DO $$
BEGIN
  IF EXISTS (SELECT FROM cordon.system_event) THEN
    RAISE EXCEPTION 'system_event has rows: history is not dropped' USING ERRCODE = 'CB002';
  END IF;
  -- The owner sees none of the log's own rows.
  IF EXISTS (SELECT FROM evidence.security_audit_chain) THEN
    RAISE EXCEPTION 'security_audit_logs has rows: history is not dropped' USING ERRCODE = 'CB002';
  END IF;
END
$$;

CREATE OR REPLACE VIEW cordon.v_platform_table WITH (security_invoker = true) AS
SELECT t.schema_name, t.table_name, t.reason
FROM (VALUES
  ('cordon', 'brand', 'the catalogue itself'),
  ('cordon', 'domain_binding', 'decides the brand, so it is read before one is known'),
  ('cordon', 'admin_audit', 'operators act on the platform too; a transaction with a brand sees that brand''s rows only'),
  ('cordon', 'staff_brand', 'which brands an operator may act in; read when an operator signs in')
) AS t (schema_name, table_name, reason);

DROP VIEW evidence.v_refused_change;
DROP VIEW cordon.v_security_audit_log;
DROP FUNCTION cordon.security_audit_logs_bytes(cordon.security_audit_logs, bigint, bytea);
DROP TABLE evidence.security_audit_key;
DROP FUNCTION evidence.security_audit_key_append_only();
DROP TABLE cordon.security_audit_logs;
DROP FUNCTION cordon.security_audit_logs_append_only();
DROP FUNCTION cordon.security_audit_logs_chain();
DROP TABLE evidence.security_audit_chain;
DROP FUNCTION evidence.security_audit_chain_append_only();
DROP FUNCTION evidence.security_audit_chain_next();
DROP FUNCTION auth.role();
DROP SCHEMA auth;
DROP FUNCTION evidence.guard_ledger(regclass);
DROP TRIGGER trg_system_event_chain ON cordon.system_event;
DROP FUNCTION cordon.system_event_chain();
DROP FUNCTION cordon.system_event_bytes(cordon.system_event);
DROP TABLE cordon.system_event;
DROP FUNCTION cordon.system_event_append_only();
COMMENT ON FUNCTION cordon.brand_id_if_set() IS
  'The brand of this transaction, or NULL in a platform transaction, which sets none. Only admin_audit may ask this; a malformed setting still raises CB001.';
ALTER DOMAIN evidence.ledger_name DROP CONSTRAINT ledger_name_check;
ALTER DOMAIN evidence.ledger_name ADD CONSTRAINT ledger_name_check
  CHECK (VALUE IN ('admin_audit', 'player_balance_log', 'recovery_audit', 'wallet_ledger'));

DO $$
DECLARE
  guarded record;
BEGIN
  FOR guarded IN
    SELECT n.nspname AS space, left(p.proname, -12) AS ledger
    FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace WHERE p.proname LIKE '%\_append\_only'
  LOOP
    -- brand-global: migration: makes a trigger that reads nothing
    EXECUTE format(
      $body$
      CREATE OR REPLACE FUNCTION %1$I.%2$I() RETURNS trigger
      LANGUAGE plpgsql
      SET search_path = pg_catalog
      AS $trigger$
      BEGIN
        RAISE EXCEPTION '%3$s is append-only; %% not permitted on %1$s.%3$s', TG_OP USING ERRCODE = 'CB002';
      END
      $trigger$
      $body$, guarded.space, guarded.ledger || '_append_only', guarded.ledger);
    EXECUTE format('DROP SEQUENCE IF EXISTS evidence.%I', guarded.ledger || '_refusals');
  END LOOP;
END
$$;
DROP SEQUENCE IF EXISTS evidence.system_event_refusals, evidence.security_audit_logs_refusals, evidence.security_audit_chain_refusals,
  evidence.security_audit_key_refusals;

RESET ROLE;
