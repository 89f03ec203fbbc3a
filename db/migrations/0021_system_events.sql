-- The system event ledger (S4-INT-02): what was refused, what failed, what left the house, in a chain of each brand and one of the platform. And
-- every append-only table counts what it refuses, outside of the transaction that the refusal undoes (S4-INT-05).

SET LOCAL ROLE cordon_owner;

-- What append-only tables refuse ---------------------------------------------------------------------------------------

CREATE FUNCTION evidence.guard_ledger(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $guard$
DECLARE
  ledger text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = target);
  space text := (SELECT c.relnamespace::regnamespace::text FROM pg_class AS c WHERE c.oid = target);
BEGIN
  EXECUTE format('CREATE SEQUENCE evidence.%I MINVALUE 0 START 0', ledger || '_refusals');
  EXECUTE format('GRANT SELECT ON SEQUENCE evidence.%I TO cordon_app, cordon_audit', ledger || '_refusals');
  -- brand-global: migration: makes a trigger, which reads a sequence
  EXECUTE format(
    $body$
    CREATE OR REPLACE FUNCTION %1$I.%2$I() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.%3$I', (SELECT last_value + 1 FROM evidence.%3$I));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION '%4$s is append-only; %% not permitted on %1$s.%4$s', TG_OP USING ERRCODE = 'CB002';
    END
    $$
    $body$, space, ledger || '_append_only', ledger || '_refusals', ledger);
  EXECUTE format(
    'COMMENT ON FUNCTION %1$I.%2$I() IS %3$L', space, ledger || '_append_only',
    format('Trigger: refuses UPDATE, DELETE and TRUNCATE on %s (CB002), and counts each attempt. The text is an alarm for platform on-call.', ledger));
  IF NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = target AND t.tgname = 'trg_' || ledger || '_no_truncate') THEN
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %I.%I()', 'trg_' || ledger || '_no_update_delete',
      target, space, ledger || '_append_only');
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %I.%I()', 'trg_' || ledger || '_no_truncate', target,
      space, ledger || '_append_only');
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', target, 'trg_' || ledger || '_no_update_delete');
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', target, 'trg_' || ledger || '_no_truncate');
  END IF;
  -- The counts of all of them, with the new one.
  -- brand-global: migration: makes a view of sequences
  EXECUTE (
    SELECT 'CREATE OR REPLACE VIEW evidence.v_refused_change WITH (security_invoker = true) AS '
      || string_agg(
        format(
          'SELECT %L::text AS ledger, last_value AS attempts FROM evidence.%I', n.nspname || '.' || left(p.proname, -12),
          left(p.proname, -12) || '_refusals'), ' UNION ALL ' ORDER BY n.nspname, p.proname)
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.proname LIKE '%\_append\_only' AND to_regclass(format('evidence.%I', left(p.proname, -12) || '_refusals')) IS NOT NULL);
END
$guard$;
COMMENT ON FUNCTION evidence.guard_ledger(regclass) IS
  'Makes a table append-only: the two triggers, in the words of the runbook, and the sequence that counts what they refuse. Every migration that makes a ledger calls it; only the owner can.';

DO $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT format('%I.%I', n.nspname, left(p.proname, -12))::regclass
    FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.proname LIKE '%\_append\_only' ORDER BY 1
  LOOP
    PERFORM evidence.guard_ledger(target);
  END LOOP;
END
$$;
COMMENT ON VIEW evidence.v_refused_change IS
  'How often each append-only table refused an UPDATE, DELETE or TRUNCATE, whoever tried. What a missing grant refuses is not in it: PostgreSQL''s own log has that.';
COMMENT ON COLUMN evidence.v_refused_change.ledger IS 'The table, with its schema.';
COMMENT ON COLUMN evidence.v_refused_change.attempts IS 'Attempts since the table has its guard.';
GRANT SELECT ON evidence.v_refused_change TO cordon_app, cordon_audit;

-- System events --------------------------------------------------------------------------------------------------------

CREATE TABLE cordon.system_event (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint REFERENCES cordon.brand (brand_id),
  event_key text NOT NULL UNIQUE CHECK (char_length(event_key) = 36),
  kind text NOT NULL CHECK (kind IN ('denial', 'failure', 'overflow', 'export', 'append_only_violation')),
  outcome text NOT NULL CHECK (outcome IN ('denied', 'failed', 'dropped', 'done')),
  reason text CHECK (reason <> ''),
  status bigint CHECK (status BETWEEN 100 AND 599),
  request_id text NOT NULL CHECK (char_length(request_id) BETWEEN 1 AND 128),
  trace_id text CHECK (char_length(trace_id) <= 32),
  service text NOT NULL CHECK (service <> ''),
  caller text CHECK (caller <> ''),
  operator_id text CHECK (operator_id <> '' AND char_length(operator_id) <= 128),
  player_id bigint,
  method text CHECK (char_length(method) <= 16),
  route text CHECK (char_length(route) <= 256),
  occurrences bigint NOT NULL DEFAULT 1 CHECK (occurrences > 0),
  detail jsonb,
  occurred_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind NOT IN ('denial', 'failure', 'overflow', 'append_only_violation') OR reason IS NOT NULL)
);
CREATE INDEX system_event_request_id_idx ON cordon.system_event (request_id);
CREATE INDEX system_event_brand_id_idx ON cordon.system_event (brand_id, event_id);
CREATE INDEX system_event_kind_idx ON cordon.system_event (kind, event_id);
SELECT evidence.guard_ledger('cordon.system_event');

ALTER TABLE cordon.system_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE cordon.system_event FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_or_platform ON cordon.system_event
  USING ((SELECT cordon.brand_id_if_set()) IS NULL OR brand_id = (SELECT cordon.brand_id_if_set()))
  WITH CHECK ((SELECT cordon.brand_id_if_set()) IS NULL OR brand_id = (SELECT cordon.brand_id_if_set()));
CREATE POLICY audit_reads_all_brands ON cordon.system_event FOR SELECT TO cordon_audit USING (true);
COMMENT ON FUNCTION cordon.brand_id_if_set() IS
  'The brand of this transaction, or NULL in a platform transaction, which sets none. Only admin_audit and system_event may ask this; a malformed setting still raises CB001.';

COMMENT ON TABLE cordon.system_event IS
  'What was refused, what failed, what was exported. Append-only. A transaction with a brand sees and writes that brand''s rows only; a platform transaction sees all.';
COMMENT ON COLUMN cordon.system_event.event_id IS 'Ascending number of the row. Gaps are transactions that rolled back.';
COMMENT ON COLUMN cordon.system_event.brand_id IS 'The brand; NULL where none was established, and for what the platform did.';
COMMENT ON COLUMN cordon.system_event.event_key IS 'Chosen by the writer, so that writing it again after a lost answer is one row.';
COMMENT ON COLUMN cordon.system_event.kind IS 'denial and failure are refused requests; overflow counts those that could not be kept; export is a bundle that was written; append_only_violation is a change that a ledger refused.';
COMMENT ON COLUMN cordon.system_event.outcome IS 'denied, failed, dropped or done.';
COMMENT ON COLUMN cordon.system_event.reason IS 'The stable reason, as the answer had it (docs/formats/problems.md); of other kinds a word of their own.';
COMMENT ON COLUMN cordon.system_event.status IS 'HTTP status of the answer.';
COMMENT ON COLUMN cordon.system_event.request_id IS 'The request, as its answer and the logs have it; of a command, its own.';
COMMENT ON COLUMN cordon.system_event.trace_id IS 'The trace that it belongs to.';
COMMENT ON COLUMN cordon.system_event.service IS 'The role that refused, or the program that did something.';
COMMENT ON COLUMN cordon.system_event.caller IS 'The service that asked, where its token proved it.';
COMMENT ON COLUMN cordon.system_event.operator_id IS 'The operator who asked, where the token proved it, or who did it.';
COMMENT ON COLUMN cordon.system_event.player_id IS 'The player, where the gateway had established who it is.';
COMMENT ON COLUMN cordon.system_event.method IS 'HTTP method.';
COMMENT ON COLUMN cordon.system_event.route IS 'The declared path with names for its parameters, never the path as it came.';
COMMENT ON COLUMN cordon.system_event.occurrences IS 'How many requests the row stands for: 1, but for overflow.';
COMMENT ON COLUMN cordon.system_event.detail IS 'More of it, where the kind has more.';
COMMENT ON COLUMN cordon.system_event.occurred_at IS 'When it happened, by the clock of whoever saw it.';
COMMENT ON COLUMN cordon.system_event.created_at IS 'Start of the transaction that wrote the row.';
GRANT SELECT, INSERT ON cordon.system_event TO cordon_app;
GRANT SELECT ON cordon.system_event TO cordon_audit;

CREATE OR REPLACE VIEW cordon.v_platform_table WITH (security_invoker = true) AS
SELECT t.schema_name, t.table_name, t.reason
FROM (VALUES
  ('cordon', 'brand', 'the catalogue itself'),
  ('cordon', 'domain_binding', 'decides the brand, so it is read before one is known'),
  ('cordon', 'admin_audit', 'operators act on the platform too; a transaction with a brand sees that brand''s rows only'),
  ('cordon', 'staff_brand', 'which brands an operator may act in; read when an operator signs in'),
  ('cordon', 'system_event', 'requests are refused before their brand is known too; a transaction with a brand sees that brand''s rows only')
) AS t (schema_name, table_name, reason);

-- The chain ------------------------------------------------------------------------------------------------------------

ALTER DOMAIN evidence.ledger_name DROP CONSTRAINT ledger_name_check;
ALTER DOMAIN evidence.ledger_name ADD CONSTRAINT ledger_name_check
  CHECK (VALUE IN ('admin_audit', 'player_balance_log', 'recovery_audit', 'system_event', 'wallet_ledger'));
SELECT evidence.chain_ledger('cordon.system_event', 'cordon system event 1');
SELECT evidence.close_chain('cordon.system_event');

RESET ROLE;
