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

-- The security audit log (S3-TBL): attempts across brands ----------------------------------------------------------------

CREATE SCHEMA auth;
COMMENT ON SCHEMA auth IS 'What the policy of security_audit_logs asks, under the names of the runbook.';
REVOKE ALL ON SCHEMA auth FROM PUBLIC;
GRANT USAGE ON SCHEMA auth TO cordon_app, cordon_audit, cordon_backup;

CREATE FUNCTION auth.role() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT CASE current_user WHEN 'cordon_app' THEN 'service_role' ELSE current_user::text END $$;
COMMENT ON FUNCTION auth.role() IS 'service_role for the services'' own role in the database, for every other one its name.';
GRANT EXECUTE ON FUNCTION auth.role() TO cordon_app, cordon_audit, cordon_backup;

-- The ten columns are public interface, with the names of the runbook's tenants: a restaurant is a brand (C-51). Whatever else belongs to a row stands
-- in tables of its own.
CREATE TABLE cordon.security_audit_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_type text NOT NULL CHECK (char_length(event_type) BETWEEN 1 AND 64),
  user_id text CHECK (char_length(user_id) <= 128),
  authenticated_restaurant_id bigint,
  attempted_restaurant_id bigint,
  session_id text CHECK (char_length(session_id) <= 128),
  ip_address text CHECK (char_length(ip_address) <= 64),
  user_agent text CHECK (char_length(user_agent) <= 512),
  severity text NOT NULL CHECK (severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX security_audit_logs_created_at_idx ON cordon.security_audit_logs (created_at);
CREATE INDEX security_audit_logs_event_type_idx ON cordon.security_audit_logs (event_type);
CREATE INDEX security_audit_logs_user_id_idx ON cordon.security_audit_logs (user_id);
CREATE INDEX security_audit_logs_attempted_restaurant_id_idx ON cordon.security_audit_logs (attempted_restaurant_id);
CREATE INDEX security_audit_logs_severity_idx ON cordon.security_audit_logs (severity);
ALTER TABLE cordon.security_audit_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE cordon.security_audit_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY security_audit_service_only ON cordon.security_audit_logs FOR ALL USING (auth.role() = 'service_role');
CREATE POLICY audit_reads_all_brands ON cordon.security_audit_logs FOR SELECT TO cordon_audit USING (true);
COMMENT ON TABLE cordon.security_audit_logs IS 'Attempts of somebody of one brand to reach another. Append-only. The platform''s: each row names two brands. Kept for ever (C-48).';
COMMENT ON COLUMN cordon.security_audit_logs.id IS 'Ascending number of the row.';
COMMENT ON COLUMN cordon.security_audit_logs.event_type IS 'What was tried, in capitals: TOKEN_BRAND_MISMATCH, WALLET_CROSS_BRAND.';
COMMENT ON COLUMN cordon.security_audit_logs.user_id IS 'Who tried: player, operator, or the service that asked.';
COMMENT ON COLUMN cordon.security_audit_logs.authenticated_restaurant_id IS 'The brand that they belong to, as was proven.';
COMMENT ON COLUMN cordon.security_audit_logs.attempted_restaurant_id IS 'The brand that they tried to reach.';
COMMENT ON COLUMN cordon.security_audit_logs.session_id IS 'Their session, where there is one.';
COMMENT ON COLUMN cordon.security_audit_logs.ip_address IS 'Their address, where the gateway saw it.';
COMMENT ON COLUMN cordon.security_audit_logs.user_agent IS 'What their program calls itself, where the gateway saw it.';
COMMENT ON COLUMN cordon.security_audit_logs.severity IS 'INFO, LOW, MEDIUM, HIGH or CRITICAL; an attempt is CRITICAL.';
COMMENT ON COLUMN cordon.security_audit_logs.created_at IS 'When it was tried.';
SELECT evidence.guard_ledger('cordon.security_audit_logs');
GRANT SELECT, INSERT ON cordon.security_audit_logs TO cordon_app;
GRANT SELECT ON cordon.security_audit_logs TO cordon_audit;

CREATE VIEW cordon.v_security_audit_log WITH (security_invoker = true) AS
SELECT l.id, l.event_type, l.user_id, l.authenticated_restaurant_id AS authenticated_brand_id, l.attempted_restaurant_id AS attempted_brand_id,
  l.session_id, l.ip_address, l.user_agent, l.severity, l.created_at
FROM cordon.security_audit_logs AS l;
COMMENT ON VIEW cordon.v_security_audit_log IS 'security_audit_logs with brands called brands (C-51).';
COMMENT ON COLUMN cordon.v_security_audit_log.id IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.event_type IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.user_id IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.authenticated_brand_id IS 'authenticated_restaurant_id.';
COMMENT ON COLUMN cordon.v_security_audit_log.attempted_brand_id IS 'attempted_restaurant_id.';
COMMENT ON COLUMN cordon.v_security_audit_log.session_id IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.ip_address IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.user_agent IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.severity IS 'As there.';
COMMENT ON COLUMN cordon.v_security_audit_log.created_at IS 'As there.';
GRANT SELECT ON cordon.v_security_audit_log TO cordon_app, cordon_audit;

-- Its chain, beside it. No foreign key: TRUNCATE of the log is answered by the log's own trigger.
CREATE TABLE evidence.security_audit_chain (
  seq bigint PRIMARY KEY,
  id bigint NOT NULL UNIQUE,
  prev_hash cordon.sha256_digest NOT NULL,
  row_hash cordon.sha256_digest NOT NULL
);
COMMENT ON TABLE evidence.security_audit_chain IS 'The chain of security_audit_logs, whose ten columns are fixed.';
COMMENT ON COLUMN evidence.security_audit_chain.seq IS 'Number of the row in the log, from 1, without a gap.';
COMMENT ON COLUMN evidence.security_audit_chain.id IS 'The row.';
COMMENT ON COLUMN evidence.security_audit_chain.prev_hash IS 'row_hash of the row before it; 32 zero bytes for the first.';
COMMENT ON COLUMN evidence.security_audit_chain.row_hash IS 'SHA-256 over seq, prev_hash and the row (docs/formats/ledger-entry.md).';
SELECT evidence.guard_ledger('evidence.security_audit_chain');
GRANT SELECT, INSERT ON evidence.security_audit_chain TO cordon_app;
GRANT SELECT ON evidence.security_audit_chain TO cordon_audit;

CREATE FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT convert_to('cordon security audit logs 1' || chr(10), 'UTF8') || wallet.length_prefixed(int8send(seq))
    || wallet.length_prefixed(prev_hash) || wallet.length_prefixed(int8send(entry.id))
    || wallet.length_prefixed(convert_to(entry.event_type, 'UTF8')) || wallet.length_prefixed(convert_to(entry.user_id, 'UTF8'))
    || wallet.length_prefixed(int8send(entry.authenticated_restaurant_id))
    || wallet.length_prefixed(int8send(entry.attempted_restaurant_id)) || wallet.length_prefixed(convert_to(entry.session_id, 'UTF8'))
    || wallet.length_prefixed(convert_to(entry.ip_address, 'UTF8')) || wallet.length_prefixed(convert_to(entry.user_agent, 'UTF8'))
    || wallet.length_prefixed(convert_to(entry.severity, 'UTF8'))
    || wallet.length_prefixed(int8send((extract(epoch FROM entry.created_at) * 1000000)::bigint))
$$;
COMMENT ON FUNCTION cordon.security_audit_logs_bytes(cordon.security_audit_logs, bigint, bytea) IS
  'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.';
GRANT EXECUTE ON FUNCTION cordon.security_audit_logs_bytes(cordon.security_audit_logs, bigint, bytea) TO cordon_app, cordon_audit;

CREATE FUNCTION evidence.security_audit_chain_next() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  entry cordon.security_audit_logs;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('chain:security_audit_logs', 0));
  SELECT * INTO entry FROM cordon.security_audit_logs AS l WHERE l.id = NEW.id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'security_audit_chain: there is no row %', NEW.id USING ERRCODE = 'CB006';
  END IF;
  NEW.seq := NULL;
  NEW.prev_hash := NULL;
  SELECT c.seq + 1, c.row_hash INTO NEW.seq, NEW.prev_hash FROM evidence.security_audit_chain AS c ORDER BY c.seq DESC LIMIT 1;
  NEW.seq := coalesce(NEW.seq, 1);
  NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
  NEW.row_hash := sha256(cordon.security_audit_logs_bytes(entry, NEW.seq, NEW.prev_hash));
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION evidence.security_audit_chain_next() IS 'Trigger: gives a row of the security audit log its place in the chain, whatever the writer said of it.';
CREATE TRIGGER trg_security_audit_chain_next BEFORE INSERT ON evidence.security_audit_chain
  FOR EACH ROW EXECUTE FUNCTION evidence.security_audit_chain_next();
ALTER TABLE evidence.security_audit_chain ENABLE ALWAYS TRIGGER trg_security_audit_chain_next;

CREATE FUNCTION cordon.security_audit_logs_chain() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  INSERT INTO evidence.security_audit_chain (id) VALUES (NEW.id);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION cordon.security_audit_logs_chain() IS 'Trigger: a row of the security audit log enters its chain.';
CREATE TRIGGER trg_security_audit_logs_chain AFTER INSERT ON cordon.security_audit_logs
  FOR EACH ROW EXECUTE FUNCTION cordon.security_audit_logs_chain();
ALTER TABLE cordon.security_audit_logs ENABLE ALWAYS TRIGGER trg_security_audit_logs_chain;

CREATE TABLE evidence.security_audit_key (
  entry_key text PRIMARY KEY CHECK (char_length(entry_key) = 36),
  id bigint NOT NULL UNIQUE
);
COMMENT ON TABLE evidence.security_audit_key IS 'By which key a row of security_audit_logs was written, so that a line of the fallback file is never imported twice (S3-FALL-07).';
COMMENT ON COLUMN evidence.security_audit_key.entry_key IS 'Chosen by the writer; the line has it as entry_key.';
COMMENT ON COLUMN evidence.security_audit_key.id IS 'The row.';
SELECT evidence.guard_ledger('evidence.security_audit_key');
GRANT SELECT, INSERT ON evidence.security_audit_key TO cordon_app;
GRANT SELECT ON evidence.security_audit_key TO cordon_audit;

-- The chain ------------------------------------------------------------------------------------------------------------

ALTER DOMAIN evidence.ledger_name DROP CONSTRAINT ledger_name_check;
ALTER DOMAIN evidence.ledger_name ADD CONSTRAINT ledger_name_check
  CHECK (VALUE IN ('admin_audit', 'player_balance_log', 'recovery_audit', 'security_audit_logs', 'system_event', 'wallet_ledger'));
SELECT evidence.chain_ledger('cordon.system_event', 'cordon system event 1');
SELECT evidence.close_chain('cordon.system_event');

RESET ROLE;
