
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA auth;

ALTER SCHEMA auth OWNER TO cordon_owner;

COMMENT ON SCHEMA auth IS 'What the policy of security_audit_logs asks, under the names of the runbook.';

CREATE SCHEMA cordon;

ALTER SCHEMA cordon OWNER TO cordon_owner;

COMMENT ON SCHEMA cordon IS 'The platform: brands, domains, configuration, players, operators, audit. On the search_path.';

CREATE SCHEMA evidence;

ALTER SCHEMA evidence OWNER TO cordon_owner;

COMMENT ON SCHEMA evidence IS 'What is signed of the ledgers: tiles and checkpoints of their logs.';

CREATE SCHEMA security;

ALTER SCHEMA security OWNER TO cordon_owner;

COMMENT ON SCHEMA security IS 'What the walls between brands observed.';

CREATE SCHEMA wallet;

ALTER SCHEMA wallet OWNER TO cordon_owner;

COMMENT ON SCHEMA wallet IS 'Money: commands, transactions, the ledger and the balances derived from it.';

CREATE DOMAIN cordon.currency_code AS text
	CONSTRAINT currency_code_check CHECK ((VALUE ~ '^[A-Z]{3,5}$'::text));

ALTER DOMAIN cordon.currency_code OWNER TO cordon_owner;

COMMENT ON DOMAIN cordon.currency_code IS 'ISO 4217 code or ticker in upper case. Amounts beside it are in its minor unit: 1250 EUR is 12.50 euro.';

CREATE DOMAIN cordon.game_provider_name AS text
	CONSTRAINT game_provider_name_check CHECK ((VALUE ~ '^[a-z][a-z0-9]{0,31}$'::text));

ALTER DOMAIN cordon.game_provider_name OWNER TO cordon_owner;

COMMENT ON DOMAIN cordon.game_provider_name IS 'Short name of a game provider: mg, bti, wc.';

CREATE DOMAIN cordon.sha256_digest AS bytea
	CONSTRAINT sha256_digest_check CHECK ((octet_length(VALUE) = 32));

ALTER DOMAIN cordon.sha256_digest OWNER TO cordon_owner;

COMMENT ON DOMAIN cordon.sha256_digest IS 'A SHA-256 digest, 32 bytes.';

CREATE DOMAIN evidence.ledger_name AS text
	CONSTRAINT ledger_name_check CHECK ((VALUE = ANY (ARRAY['admin_audit'::text, 'player_balance_log'::text, 'recovery_audit'::text, 'security_audit_logs'::text, 'system_event'::text, 'wallet_ledger'::text])));

ALTER DOMAIN evidence.ledger_name OWNER TO cordon_owner;

COMMENT ON DOMAIN evidence.ledger_name IS 'A ledger that is a log.';

CREATE FUNCTION auth.role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT CASE current_user WHEN 'cordon_app' THEN 'service_role' ELSE current_user::text END $$;

ALTER FUNCTION auth.role() OWNER TO cordon_owner;

COMMENT ON FUNCTION auth.role() IS 'service_role for the services'' own role in the database, for every other one its name.';

CREATE FUNCTION cordon.admin_audit_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.admin_audit_refusals', (SELECT last_value + 1 FROM evidence.admin_audit_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'admin_audit is append-only; % not permitted on cordon.admin_audit', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION cordon.admin_audit_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.admin_audit_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on admin_audit (CB002), and counts each attempt. The text is an alarm for platform on-call.';

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE cordon.admin_audit (
    audit_id bigint NOT NULL,
    brand_id bigint,
    operator_id text NOT NULL,
    action text NOT NULL,
    resource text NOT NULL,
    resource_key text NOT NULL,
    old_value jsonb,
    new_value jsonb,
    reason text,
    request_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seq bigint NOT NULL,
    prev_hash cordon.sha256_digest NOT NULL,
    row_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT admin_audit_action_check CHECK ((action <> ''::text)),
    CONSTRAINT admin_audit_operator_id_check CHECK (((btrim(operator_id) <> ''::text) AND (char_length(operator_id) <= 128))),
    CONSTRAINT admin_audit_resource_check CHECK ((resource <> ''::text)),
    CONSTRAINT admin_audit_resource_key_check CHECK ((resource_key <> ''::text))
);

ALTER TABLE ONLY cordon.admin_audit FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.admin_audit OWNER TO cordon_owner;

COMMENT ON TABLE cordon.admin_audit IS 'Every administrative act. Append-only. A transaction with a brand sees and writes that brand''s rows only; a platform transaction sees all.';

COMMENT ON COLUMN cordon.admin_audit.audit_id IS 'Ascending number of the row. Gaps are transactions that rolled back.';

COMMENT ON COLUMN cordon.admin_audit.brand_id IS 'The brand that was acted on; NULL for an act on the platform.';

COMMENT ON COLUMN cordon.admin_audit.operator_id IS 'Who: the admin_id of the operator''s token, or --operator-id of a command.';

COMMENT ON COLUMN cordon.admin_audit.action IS 'What, in capitals: BRAND_CREATE, BRAND_CONFIG_SET, DLQ_ABANDON.';

COMMENT ON COLUMN cordon.admin_audit.resource IS 'The kind of thing acted on, usually its table: brand, brand_config, game_callback_dead_letter.';

COMMENT ON COLUMN cordon.admin_audit.resource_key IS 'Which of them: its key as text.';

COMMENT ON COLUMN cordon.admin_audit.old_value IS 'The value before, enough to restore it; NULL when there was none.';

COMMENT ON COLUMN cordon.admin_audit.new_value IS 'The value after; NULL when the thing was removed.';

COMMENT ON COLUMN cordon.admin_audit.reason IS 'The operator''s reason, where the act demands one.';

COMMENT ON COLUMN cordon.admin_audit.request_id IS 'Request that carried the act, as in the logs.';

COMMENT ON COLUMN cordon.admin_audit.created_at IS 'Start of the transaction, which is also that of the change it records.';

COMMENT ON COLUMN cordon.admin_audit.seq IS 'Number of the row in its brand''s log, from 1, without a gap.';

COMMENT ON COLUMN cordon.admin_audit.prev_hash IS 'row_hash of the row before it; 32 zero bytes for the first.';

COMMENT ON COLUMN cordon.admin_audit.row_hash IS 'SHA-256 over every other column (docs/formats/ledger-entry.md).';

CREATE FUNCTION cordon.admin_audit_bytes(entry cordon.admin_audit) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT convert_to('cordon admin audit 2' || chr(10), 'UTF8') || wallet.length_prefixed(int8send(entry.brand_id)) || wallet.length_prefixed(int8send(entry.seq)) || wallet.length_prefixed(entry.prev_hash) || wallet.length_prefixed(int8send(entry.audit_id)) || wallet.length_prefixed(convert_to(entry.operator_id, 'UTF8')) || wallet.length_prefixed(convert_to(entry.action, 'UTF8')) || wallet.length_prefixed(convert_to(entry.resource, 'UTF8')) || wallet.length_prefixed(convert_to(entry.resource_key, 'UTF8')) || wallet.length_prefixed(convert_to(entry.old_value::text, 'UTF8')) || wallet.length_prefixed(convert_to(entry.new_value::text, 'UTF8')) || wallet.length_prefixed(convert_to(entry.reason, 'UTF8')) || wallet.length_prefixed(convert_to(entry.request_id, 'UTF8')) || wallet.length_prefixed(int8send((extract(epoch FROM entry.created_at) * 1000000)::bigint)) $$;

ALTER FUNCTION cordon.admin_audit_bytes(entry cordon.admin_audit) OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.admin_audit_bytes(entry cordon.admin_audit) IS 'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.';

CREATE FUNCTION cordon.admin_audit_chain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    DECLARE
      bytes bytea;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('chain:admin_audit', coalesce(NEW.brand_id, 0)));
      IF NEW.brand_id IS NOT NULL THEN
      SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
      FROM cordon.admin_audit AS l WHERE l.brand_id = NEW.brand_id ORDER BY l.seq DESC LIMIT 1;
      ELSE
        SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
        FROM cordon.admin_audit AS l WHERE l.brand_id IS NULL ORDER BY l.seq DESC LIMIT 1;
      END IF;
      NEW.seq := coalesce(NEW.seq, 1);
      NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
      bytes := cordon.admin_audit_bytes(NEW);
      IF octet_length(bytes) > 65535 THEN
        RAISE EXCEPTION 'admin_audit: an entry has at most 65535 bytes, not %', octet_length(bytes) USING ERRCODE = 'CB006';
      END IF;
      NEW.row_hash := sha256(bytes);
      RETURN NEW;
    END
    $$;

ALTER FUNCTION cordon.admin_audit_chain() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.admin_audit_chain() IS 'Trigger: gives a new row its number and its hashes, whatever the writer said of them. CB006 for a row that no log can hold.';

CREATE FUNCTION cordon.brand_id_if_set() RETURNS bigint
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF coalesce(current_setting('app.brand_id', true), '') = '' THEN
    RETURN NULL;
  END IF;
  RETURN cordon.current_brand_id();
END
$$;

ALTER FUNCTION cordon.brand_id_if_set() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.brand_id_if_set() IS 'The brand of this transaction, or NULL in a platform transaction, which sets none. Only admin_audit and system_event may ask this; a malformed setting still raises CB001.';

CREATE FUNCTION cordon.config_key_claim() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  INSERT INTO cordon.config_key (key, scope) VALUES (NEW.key, TG_ARGV[0]) ON CONFLICT (key) DO NOTHING;
  IF NOT EXISTS (SELECT FROM cordon.config_key WHERE key = NEW.key AND scope = TG_ARGV[0]) THEN
    RAISE EXCEPTION 'configuration key % already belongs to the other side of brand_config and global_var', NEW.key
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'config_key_one_side';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION cordon.config_key_claim() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.config_key_claim() IS 'Trigger: claims a key for one side (argument: brand or platform) and refuses it when the other side has it.';

CREATE FUNCTION cordon.config_key_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  DELETE FROM cordon.config_key WHERE key = OLD.key AND scope = 'platform';
  RETURN OLD;
END
$$;

ALTER FUNCTION cordon.config_key_release() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.config_key_release() IS 'Trigger: a key deleted from global_var may become a brand''s key.';

CREATE FUNCTION cordon.current_brand_id() RETURNS bigint
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $_$
DECLARE
  setting text := current_setting('app.brand_id', true);
BEGIN
  -- Never set is NULL; set in an earlier transaction of the same session is ''. Eighteen digits always fit a bigint.
  IF setting IS NULL OR setting !~ '^[1-9][0-9]{0,17}$' THEN
    RAISE EXCEPTION 'brand context required: set app.brand_id in this transaction' USING ERRCODE = 'CB001';
  END IF;
  RETURN setting::bigint;
END
$_$;

ALTER FUNCTION cordon.current_brand_id() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.current_brand_id() IS 'The brand of this transaction, from SET LOCAL app.brand_id. Raises CB001 when it is not set or is not a positive integer; it never falls back to a brand.';

CREATE FUNCTION cordon.delegated_approval_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.delegated_approval_refusals', (SELECT last_value + 1 FROM evidence.delegated_approval_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'delegated_approval is append-only; % not permitted on cordon.delegated_approval', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION cordon.delegated_approval_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.delegated_approval_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on delegated_approval (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION cordon.delegated_approval_follows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  first cordon.delegated_approval;
  last cordon.delegated_approval;
BEGIN
  -- One step of a request at a time: two at once would both follow the same last one.
  PERFORM pg_advisory_xact_lock(hashtextextended('approval:' || NEW.approval_id, 0));
  SELECT * INTO first FROM cordon.delegated_approval AS a WHERE a.approval_id = NEW.approval_id AND a.step = 1;
  SELECT * INTO last FROM cordon.delegated_approval AS a WHERE a.approval_id = NEW.approval_id ORDER BY a.step DESC LIMIT 1;
  NEW.created_at := clock_timestamp();
  NEW.step := coalesce(last.step, 0) + 1;
  IF last IS NULL THEN
    IF NEW.event <> 'requested' OR NEW.expires_at <= NEW.created_at OR NEW.expires_at > NEW.created_at + interval '24 hours' THEN
      RAISE EXCEPTION 'approval %: begins with a request that lives for at most 24 hours', NEW.approval_id USING ERRCODE = 'CB008';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.action, NEW.subject, NEW.expires_at) IS DISTINCT FROM (first.action, first.subject, first.expires_at) THEN
    RAISE EXCEPTION 'approval %: is for something else', NEW.approval_id USING ERRCODE = 'CB008';
  END IF;
  IF NEW.event IN ('approved', 'used') AND NEW.created_at >= first.expires_at THEN
    RAISE EXCEPTION 'approval %: has expired', NEW.approval_id USING ERRCODE = 'CB008';
  END IF;
  IF NEW.event = 'expired' AND NEW.created_at < first.expires_at THEN
    RAISE EXCEPTION 'approval %: has not expired yet', NEW.approval_id USING ERRCODE = 'CB008';
  END IF;
  IF NEW.event = 'approved' AND lower(btrim(NEW.operator_id)) = lower(btrim(first.operator_id)) THEN
    RAISE EXCEPTION 'approval %: whoever asks for it can''t give it', NEW.approval_id USING ERRCODE = 'CB008';
  END IF;
  IF NOT ((last.event = 'requested' AND NEW.event IN ('approved', 'rejected', 'expired'))
    OR (last.event = 'approved' AND NEW.event IN ('used', 'expired'))) THEN
    RAISE EXCEPTION 'approval %: is % and can''t become %', NEW.approval_id, last.event, NEW.event USING ERRCODE = 'CB008';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION cordon.delegated_approval_follows() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.delegated_approval_follows() IS 'Trigger: each step follows the one before it, for the same thing, in time, and by another person where it must be (CB008).';

CREATE FUNCTION cordon.game_callback_dead_letter_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.replay_status = 'pending' THEN
      RAISE EXCEPTION 'game_callback_dead_letter: % is pending; replay or abandon it', OLD.id USING ERRCODE = 'CB003';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.replay_status <> 'pending' THEN
      RAISE EXCEPTION 'game_callback_dead_letter: a letter begins as pending' USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.letter_id, NEW.provider, NEW.operation, NEW.method, NEW.path, NEW.outbound_account, NEW.payload_json, NEW.raw_body,
      NEW.content_type, NEW.headers, NEW.reason, NEW.request_id, NEW.received_at, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.letter_id, OLD.provider, OLD.operation, OLD.method, OLD.path, OLD.outbound_account, OLD.payload_json,
      OLD.raw_body, OLD.content_type, OLD.headers, OLD.reason, OLD.request_id, OLD.received_at, OLD.created_at) THEN
    RAISE EXCEPTION 'game_callback_dead_letter: what came stays as it came' USING ERRCODE = 'CB003';
  END IF;
  IF OLD.replay_status <> 'pending' AND (NEW.replay_status, NEW.replayed_at, NEW.replay_request_id, NEW.abandoned_at)
    IS DISTINCT FROM (OLD.replay_status, OLD.replayed_at, OLD.replay_request_id, OLD.abandoned_at) THEN
    RAISE EXCEPTION 'game_callback_dead_letter: % is %, and stays so', OLD.id, OLD.replay_status USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION cordon.game_callback_dead_letter_transition() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.game_callback_dead_letter_transition() IS 'Trigger: a letter goes from pending to replayed or abandoned, once, and what came stays as it came. Refusals have SQLSTATE CB003.';

CREATE FUNCTION cordon.isolate_by_brand(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  -- The same condition twice, on purpose. Once, a scan of an empty table would never evaluate it, and a missing brand would
  -- look like no rows. Twice, the planner derives that the two results are equal to one another and tests that before the
  -- scan begins (a one-time filter), which evaluates both and raises. Each is evaluated once per statement.
  EXECUTE format(
    'CREATE POLICY brand_isolation ON %s '
      'USING (brand_id = (SELECT cordon.current_brand_id()) AND brand_id = (SELECT cordon.current_brand_id())) '
      'WITH CHECK (brand_id = (SELECT cordon.current_brand_id()))',
    target);
  EXECUTE format('CREATE POLICY audit_reads_all_brands ON %s FOR SELECT TO cordon_audit USING (true)', target);
END
$$;

ALTER FUNCTION cordon.isolate_by_brand(target regclass) OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.isolate_by_brand(target regclass) IS 'Puts a brand-scoped table behind FORCE ROW LEVEL SECURITY. Every migration that makes such a table calls it; only the owner can.';

CREATE FUNCTION cordon.player_balance_log_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.player_balance_log_refusals', (SELECT last_value + 1 FROM evidence.player_balance_log_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'player_balance_log is append-only; % not permitted on cordon.player_balance_log', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION cordon.player_balance_log_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.player_balance_log_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on player_balance_log (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE TABLE cordon.player_balance_log (
    brand_id bigint NOT NULL,
    log_id bigint NOT NULL,
    player_id bigint NOT NULL,
    change_type text NOT NULL,
    request_id text,
    currency cordon.currency_code NOT NULL,
    amount bigint NOT NULL,
    balance_before bigint NOT NULL,
    balance_after bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seq bigint NOT NULL,
    prev_hash cordon.sha256_digest NOT NULL,
    row_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT player_balance_log_amount_check CHECK ((amount <> 0)),
    CONSTRAINT player_balance_log_balance_after_check CHECK ((balance_after >= 0)),
    CONSTRAINT player_balance_log_balance_before_check CHECK ((balance_before >= 0)),
    CONSTRAINT player_balance_log_change_type_check CHECK ((change_type <> ''::text)),
    CONSTRAINT player_balance_log_sum_check CHECK (((balance_before + amount) = balance_after))
);

ALTER TABLE ONLY cordon.player_balance_log FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_balance_log OWNER TO cordon_owner;

COMMENT ON TABLE cordon.player_balance_log IS 'Balance changes of the replaced systems, and of tools that still write them. Append-only. Cordon''s own are in wallet_ledger; v_player_balance_change shows both.';

COMMENT ON COLUMN cordon.player_balance_log.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.player_balance_log.log_id IS 'Ascending number of the row.';

COMMENT ON COLUMN cordon.player_balance_log.player_id IS 'Whose balance.';

COMMENT ON COLUMN cordon.player_balance_log.change_type IS 'What changed it.';

COMMENT ON COLUMN cordon.player_balance_log.request_id IS 'The command, where there was one.';

COMMENT ON COLUMN cordon.player_balance_log.currency IS 'Currency of the amounts.';

COMMENT ON COLUMN cordon.player_balance_log.amount IS 'Minor units, signed.';

COMMENT ON COLUMN cordon.player_balance_log.balance_before IS 'Minor units before the change, over all buckets.';

COMMENT ON COLUMN cordon.player_balance_log.balance_after IS 'Minor units after it.';

COMMENT ON COLUMN cordon.player_balance_log.created_at IS 'When it changed.';

COMMENT ON COLUMN cordon.player_balance_log.seq IS 'Number of the row in its brand''s log, from 1, without a gap.';

COMMENT ON COLUMN cordon.player_balance_log.prev_hash IS 'row_hash of the row before it; 32 zero bytes for the first.';

COMMENT ON COLUMN cordon.player_balance_log.row_hash IS 'SHA-256 over every other column (docs/formats/ledger-entry.md).';

CREATE FUNCTION cordon.player_balance_log_bytes(entry cordon.player_balance_log) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT convert_to('cordon player balance log 2' || chr(10), 'UTF8') || wallet.length_prefixed(int8send(entry.brand_id)) || wallet.length_prefixed(int8send(entry.seq)) || wallet.length_prefixed(entry.prev_hash) || wallet.length_prefixed(int8send(entry.log_id)) || wallet.length_prefixed(int8send(entry.player_id)) || wallet.length_prefixed(convert_to(entry.change_type, 'UTF8')) || wallet.length_prefixed(convert_to(entry.request_id, 'UTF8')) || wallet.length_prefixed(convert_to(entry.currency, 'UTF8')) || wallet.length_prefixed(int8send(entry.amount)) || wallet.length_prefixed(int8send(entry.balance_before)) || wallet.length_prefixed(int8send(entry.balance_after)) || wallet.length_prefixed(int8send((extract(epoch FROM entry.created_at) * 1000000)::bigint)) $$;

ALTER FUNCTION cordon.player_balance_log_bytes(entry cordon.player_balance_log) OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.player_balance_log_bytes(entry cordon.player_balance_log) IS 'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.';

CREATE FUNCTION cordon.player_balance_log_chain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    DECLARE
      bytes bytea;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('chain:player_balance_log', coalesce(NEW.brand_id, 0)));
      
      SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
      FROM cordon.player_balance_log AS l WHERE l.brand_id = NEW.brand_id ORDER BY l.seq DESC LIMIT 1;
      
      NEW.seq := coalesce(NEW.seq, 1);
      NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
      bytes := cordon.player_balance_log_bytes(NEW);
      IF octet_length(bytes) > 65535 THEN
        RAISE EXCEPTION 'player_balance_log: an entry has at most 65535 bytes, not %', octet_length(bytes) USING ERRCODE = 'CB006';
      END IF;
      NEW.row_hash := sha256(bytes);
      RETURN NEW;
    END
    $$;

ALTER FUNCTION cordon.player_balance_log_chain() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.player_balance_log_chain() IS 'Trigger: gives a new row its number and its hashes, whatever the writer said of them. CB006 for a row that no log can hold.';

CREATE FUNCTION cordon.recovery_audit_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.recovery_audit_refusals', (SELECT last_value + 1 FROM evidence.recovery_audit_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'recovery_audit is append-only; % not permitted on cordon.recovery_audit', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION cordon.recovery_audit_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.recovery_audit_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on recovery_audit (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE TABLE cordon.recovery_audit (
    brand_id bigint NOT NULL,
    recovery_audit_id bigint NOT NULL,
    surface text NOT NULL,
    subject_id bigint,
    action text NOT NULL,
    outcome text NOT NULL,
    contact_hash cordon.sha256_digest,
    source_ip_hash cordon.sha256_digest,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seq bigint NOT NULL,
    prev_hash cordon.sha256_digest NOT NULL,
    row_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT recovery_audit_action_check CHECK ((action = ANY (ARRAY['REQUEST'::text, 'VERIFY'::text, 'RESET'::text, 'RATE_LIMITED'::text, 'TOKEN_INVALID'::text, 'BRAND_MISMATCH'::text]))),
    CONSTRAINT recovery_audit_check CHECK (((outcome = 'rejected'::text) OR (action = ANY (ARRAY['REQUEST'::text, 'VERIFY'::text, 'RESET'::text])))),
    CONSTRAINT recovery_audit_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'rejected'::text]))),
    CONSTRAINT recovery_audit_surface_check CHECK ((surface = ANY (ARRAY['player'::text, 'agent'::text])))
);

ALTER TABLE ONLY cordon.recovery_audit FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.recovery_audit OWNER TO cordon_owner;

COMMENT ON TABLE cordon.recovery_audit IS 'One row for each outcome of an account recovery. Append-only. Never a raw contact, token or password.';

COMMENT ON COLUMN cordon.recovery_audit.brand_id IS 'Brand that the recovery was asked under.';

COMMENT ON COLUMN cordon.recovery_audit.recovery_audit_id IS 'Ascending number of the row.';

COMMENT ON COLUMN cordon.recovery_audit.surface IS 'Whose account: player or agent.';

COMMENT ON COLUMN cordon.recovery_audit.subject_id IS 'player_id or agent_id; NULL when no account was found.';

COMMENT ON COLUMN cordon.recovery_audit.action IS 'The step (REQUEST, VERIFY, RESET) or the typed rejection.';

COMMENT ON COLUMN cordon.recovery_audit.outcome IS 'success or rejected.';

COMMENT ON COLUMN cordon.recovery_audit.contact_hash IS 'SHA-256 of the contact; logs show its first eight hex digits.';

COMMENT ON COLUMN cordon.recovery_audit.source_ip_hash IS 'SHA-256 of the source address.';

COMMENT ON COLUMN cordon.recovery_audit.metadata IS 'Facts of the step that identify nobody.';

COMMENT ON COLUMN cordon.recovery_audit.request_id IS 'Request that carried the step.';

COMMENT ON COLUMN cordon.recovery_audit.created_at IS 'Start of the transaction; for RESET also that of the password change.';

COMMENT ON COLUMN cordon.recovery_audit.seq IS 'Number of the row in its brand''s log, from 1, without a gap.';

COMMENT ON COLUMN cordon.recovery_audit.prev_hash IS 'row_hash of the row before it; 32 zero bytes for the first.';

COMMENT ON COLUMN cordon.recovery_audit.row_hash IS 'SHA-256 over every other column (docs/formats/ledger-entry.md).';

CREATE FUNCTION cordon.recovery_audit_bytes(entry cordon.recovery_audit) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT convert_to('cordon recovery audit 2' || chr(10), 'UTF8') || wallet.length_prefixed(int8send(entry.brand_id)) || wallet.length_prefixed(int8send(entry.seq)) || wallet.length_prefixed(entry.prev_hash) || wallet.length_prefixed(int8send(entry.recovery_audit_id)) || wallet.length_prefixed(convert_to(entry.surface, 'UTF8')) || wallet.length_prefixed(int8send(entry.subject_id)) || wallet.length_prefixed(convert_to(entry.action, 'UTF8')) || wallet.length_prefixed(convert_to(entry.outcome, 'UTF8')) || wallet.length_prefixed(entry.contact_hash) || wallet.length_prefixed(entry.source_ip_hash) || wallet.length_prefixed(convert_to(entry.metadata::text, 'UTF8')) || wallet.length_prefixed(convert_to(entry.request_id, 'UTF8')) || wallet.length_prefixed(int8send((extract(epoch FROM entry.created_at) * 1000000)::bigint)) $$;

ALTER FUNCTION cordon.recovery_audit_bytes(entry cordon.recovery_audit) OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.recovery_audit_bytes(entry cordon.recovery_audit) IS 'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.';

CREATE FUNCTION cordon.recovery_audit_chain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    DECLARE
      bytes bytea;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('chain:recovery_audit', coalesce(NEW.brand_id, 0)));
      
      SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
      FROM cordon.recovery_audit AS l WHERE l.brand_id = NEW.brand_id ORDER BY l.seq DESC LIMIT 1;
      
      NEW.seq := coalesce(NEW.seq, 1);
      NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
      bytes := cordon.recovery_audit_bytes(NEW);
      IF octet_length(bytes) > 65535 THEN
        RAISE EXCEPTION 'recovery_audit: an entry has at most 65535 bytes, not %', octet_length(bytes) USING ERRCODE = 'CB006';
      END IF;
      NEW.row_hash := sha256(bytes);
      RETURN NEW;
    END
    $$;

ALTER FUNCTION cordon.recovery_audit_chain() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.recovery_audit_chain() IS 'Trigger: gives a new row its number and its hashes, whatever the writer said of them. CB006 for a row that no log can hold.';

CREATE FUNCTION cordon.row_brand(kind text, key text) RETURNS bigint
    LANGUAGE plpgsql STRICT SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  own_brand bigint := cordon.current_brand_id();
  owners bigint[];
BEGIN
  -- Through the catalogue, so that every probe is an index probe with its brand; request ids have an index of their own,
  -- because the wallet asks about one with each new command.
  CASE kind
    WHEN 'wallet_command' THEN
      SELECT array_agg(c.brand_id ORDER BY c.brand_id) INTO owners
      FROM wallet.wallet_command AS c
      WHERE c.request_id = key;
    WHEN 'player' THEN
      IF key ~ '^[1-9][0-9]{0,17}$' THEN
        SELECT array_agg(p.brand_id ORDER BY p.brand_id) INTO owners
        FROM cordon.brand AS b
        JOIN cordon.player AS p ON p.brand_id = b.brand_id AND p.player_id = key::bigint;
      END IF;
    WHEN 'wallet_transaction' THEN
      IF key ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        SELECT array_agg(t.brand_id ORDER BY t.brand_id) INTO owners
        FROM cordon.brand AS b
        JOIN wallet.wallet_transaction AS t ON t.brand_id = b.brand_id AND t.transaction_id = key::uuid;
      END IF;
    ELSE
      RAISE EXCEPTION 'row_brand does not look for %', kind USING ERRCODE = 'invalid_parameter_value';
  END CASE;

  IF owners IS NULL OR own_brand = ANY (owners) THEN
    RETURN NULL;
  END IF;
  INSERT INTO security.cross_brand_detection (brand_id, kind, key, found_brand_id) VALUES (own_brand, kind, key, owners[1]);
  RETURN owners[1];
END
$_$;

ALTER FUNCTION cordon.row_brand(kind text, key text) OWNER TO cordon_detector;

COMMENT ON FUNCTION cordon.row_brand(kind text, key text) IS 'Brand that has the row of this kind (player, wallet_transaction, wallet_command) and key, when it is not the brand of this transaction; NULL when this brand has it or nobody does. Each hit is recorded in security.cross_brand_detection, so it refuses read-only transactions.';

CREATE FUNCTION cordon.row_brands(kind text, keys text[]) RETURNS TABLE(key text, found_brand_id bigint)
    LANGUAGE plpgsql STRICT SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
DECLARE
  own_brand bigint := cordon.current_brand_id();
BEGIN
  IF kind <> 'wallet_command' THEN
    RETURN QUERY SELECT asked.key, found.brand FROM unnest(keys) AS asked (key)
      CROSS JOIN LATERAL (SELECT cordon.row_brand(row_brands.kind, asked.key) AS brand) AS found
      WHERE found.brand IS NOT NULL;
    RETURN;
  END IF;
  -- As good as always nobody else knows any of them, and then there is nothing to record.
  IF NOT EXISTS (
    SELECT FROM unnest(keys) AS asked (key)
    CROSS JOIN LATERAL (
      SELECT FROM wallet.wallet_command AS c WHERE c.request_id = asked.key AND c.brand_id <> own_brand OFFSET 0) AS other) THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT asked.key, (
        SELECT c.brand_id FROM wallet.wallet_command AS c
        WHERE c.request_id = asked.key AND c.brand_id <> own_brand ORDER BY c.brand_id LIMIT 1) AS brand
      FROM unnest(keys) AS asked (key)
    ), foreigners AS MATERIALIZED (
      SELECT f.key, f.brand FROM found AS f
      WHERE f.brand IS NOT NULL
        AND NOT EXISTS (SELECT FROM wallet.wallet_command AS o WHERE o.brand_id = own_brand AND o.request_id = f.key)
    ), recorded AS (
      INSERT INTO security.cross_brand_detection (brand_id, kind, key, found_brand_id)
      SELECT own_brand, row_brands.kind, f.key, f.brand FROM foreigners AS f
    )
    SELECT f.key, f.brand FROM foreigners AS f;
END
$$;

ALTER FUNCTION cordon.row_brands(kind text, keys text[]) OWNER TO cordon_detector;

COMMENT ON FUNCTION cordon.row_brands(kind text, keys text[]) IS 'row_brand for many keys at once: those that another brand has and this one has not, each recorded in security.cross_brand_detection.';

CREATE FUNCTION cordon.security_audit_logs_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.security_audit_logs_refusals', (SELECT last_value + 1 FROM evidence.security_audit_logs_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'security_audit_logs is append-only; % not permitted on cordon.security_audit_logs', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION cordon.security_audit_logs_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.security_audit_logs_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on security_audit_logs (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE TABLE cordon.security_audit_logs (
    id bigint NOT NULL,
    event_type text NOT NULL,
    user_id text,
    authenticated_restaurant_id bigint,
    attempted_restaurant_id bigint,
    session_id text,
    ip_address text,
    user_agent text,
    severity text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT security_audit_logs_event_type_check CHECK (((char_length(event_type) >= 1) AND (char_length(event_type) <= 64))),
    CONSTRAINT security_audit_logs_ip_address_check CHECK ((char_length(ip_address) <= 64)),
    CONSTRAINT security_audit_logs_session_id_check CHECK ((char_length(session_id) <= 128)),
    CONSTRAINT security_audit_logs_severity_check CHECK ((severity = ANY (ARRAY['INFO'::text, 'LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'CRITICAL'::text]))),
    CONSTRAINT security_audit_logs_user_agent_check CHECK ((char_length(user_agent) <= 512)),
    CONSTRAINT security_audit_logs_user_id_check CHECK ((char_length(user_id) <= 128))
);

ALTER TABLE ONLY cordon.security_audit_logs FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.security_audit_logs OWNER TO cordon_owner;

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

CREATE FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
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

ALTER FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) IS 'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.';

CREATE FUNCTION cordon.security_audit_logs_chain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  INSERT INTO evidence.security_audit_chain (id) VALUES (NEW.id);
  RETURN NULL;
END
$$;

ALTER FUNCTION cordon.security_audit_logs_chain() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.security_audit_logs_chain() IS 'Trigger: a row of the security audit log enters its chain.';

CREATE FUNCTION cordon.system_event_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.system_event_refusals', (SELECT last_value + 1 FROM evidence.system_event_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'system_event is append-only; % not permitted on cordon.system_event', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION cordon.system_event_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.system_event_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on system_event (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE TABLE cordon.system_event (
    event_id bigint NOT NULL,
    brand_id bigint,
    event_key text NOT NULL,
    kind text NOT NULL,
    outcome text NOT NULL,
    reason text,
    status bigint,
    request_id text NOT NULL,
    trace_id text,
    service text NOT NULL,
    caller text,
    operator_id text,
    player_id bigint,
    method text,
    route text,
    occurrences bigint DEFAULT 1 NOT NULL,
    detail jsonb,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seq bigint NOT NULL,
    prev_hash cordon.sha256_digest NOT NULL,
    row_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT system_event_caller_check CHECK ((caller <> ''::text)),
    CONSTRAINT system_event_check CHECK (((kind <> ALL (ARRAY['denial'::text, 'failure'::text, 'overflow'::text, 'append_only_violation'::text])) OR (reason IS NOT NULL))),
    CONSTRAINT system_event_event_key_check CHECK ((char_length(event_key) = 36)),
    CONSTRAINT system_event_kind_check CHECK ((kind = ANY (ARRAY['denial'::text, 'failure'::text, 'overflow'::text, 'export'::text, 'append_only_violation'::text, 'start'::text]))),
    CONSTRAINT system_event_method_check CHECK ((char_length(method) <= 16)),
    CONSTRAINT system_event_occurrences_check CHECK ((occurrences > 0)),
    CONSTRAINT system_event_operator_id_check CHECK (((operator_id <> ''::text) AND (char_length(operator_id) <= 128))),
    CONSTRAINT system_event_outcome_check CHECK ((outcome = ANY (ARRAY['denied'::text, 'failed'::text, 'dropped'::text, 'done'::text]))),
    CONSTRAINT system_event_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT system_event_request_id_check CHECK (((char_length(request_id) >= 1) AND (char_length(request_id) <= 128))),
    CONSTRAINT system_event_route_check CHECK ((char_length(route) <= 256)),
    CONSTRAINT system_event_service_check CHECK ((service <> ''::text)),
    CONSTRAINT system_event_status_check CHECK (((status >= 100) AND (status <= 599))),
    CONSTRAINT system_event_trace_id_check CHECK ((char_length(trace_id) <= 32))
);

ALTER TABLE ONLY cordon.system_event FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.system_event OWNER TO cordon_owner;

COMMENT ON TABLE cordon.system_event IS 'What was refused, what failed, what was exported, which program ran. Append-only. A transaction with a brand sees and writes that brand''s rows only; a platform transaction sees all.';

COMMENT ON COLUMN cordon.system_event.event_id IS 'Ascending number of the row. Gaps are transactions that rolled back.';

COMMENT ON COLUMN cordon.system_event.brand_id IS 'The brand; NULL where none was established, and for what the platform did.';

COMMENT ON COLUMN cordon.system_event.event_key IS 'Chosen by the writer, so that writing it again after a lost answer is one row.';

COMMENT ON COLUMN cordon.system_event.kind IS 'denial and failure are refused requests; overflow counts those that could not be kept; export is a bundle that was written; append_only_violation is a change that a ledger refused; start is a role that is about to serve.';

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

COMMENT ON COLUMN cordon.system_event.seq IS 'Number of the row in its brand''s log, from 1, without a gap.';

COMMENT ON COLUMN cordon.system_event.prev_hash IS 'row_hash of the row before it; 32 zero bytes for the first.';

COMMENT ON COLUMN cordon.system_event.row_hash IS 'SHA-256 over every other column (docs/formats/ledger-entry.md).';

CREATE FUNCTION cordon.system_event_bytes(entry cordon.system_event) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT convert_to('cordon system event 1' || chr(10), 'UTF8') || wallet.length_prefixed(int8send(entry.brand_id)) || wallet.length_prefixed(int8send(entry.seq)) || wallet.length_prefixed(entry.prev_hash) || wallet.length_prefixed(int8send(entry.event_id)) || wallet.length_prefixed(convert_to(entry.event_key, 'UTF8')) || wallet.length_prefixed(convert_to(entry.kind, 'UTF8')) || wallet.length_prefixed(convert_to(entry.outcome, 'UTF8')) || wallet.length_prefixed(convert_to(entry.reason, 'UTF8')) || wallet.length_prefixed(int8send(entry.status)) || wallet.length_prefixed(convert_to(entry.request_id, 'UTF8')) || wallet.length_prefixed(convert_to(entry.trace_id, 'UTF8')) || wallet.length_prefixed(convert_to(entry.service, 'UTF8')) || wallet.length_prefixed(convert_to(entry.caller, 'UTF8')) || wallet.length_prefixed(convert_to(entry.operator_id, 'UTF8')) || wallet.length_prefixed(int8send(entry.player_id)) || wallet.length_prefixed(convert_to(entry.method, 'UTF8')) || wallet.length_prefixed(convert_to(entry.route, 'UTF8')) || wallet.length_prefixed(int8send(entry.occurrences)) || wallet.length_prefixed(convert_to(entry.detail::text, 'UTF8')) || wallet.length_prefixed(int8send((extract(epoch FROM entry.occurred_at) * 1000000)::bigint)) || wallet.length_prefixed(int8send((extract(epoch FROM entry.created_at) * 1000000)::bigint)) $$;

ALTER FUNCTION cordon.system_event_bytes(entry cordon.system_event) OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.system_event_bytes(entry cordon.system_event) IS 'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.';

CREATE FUNCTION cordon.system_event_chain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    DECLARE
      bytes bytea;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('chain:system_event', coalesce(NEW.brand_id, 0)));
      IF NEW.brand_id IS NOT NULL THEN
      SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
      FROM cordon.system_event AS l WHERE l.brand_id = NEW.brand_id ORDER BY l.seq DESC LIMIT 1;
      ELSE
        SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
        FROM cordon.system_event AS l WHERE l.brand_id IS NULL ORDER BY l.seq DESC LIMIT 1;
      END IF;
      NEW.seq := coalesce(NEW.seq, 1);
      NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
      bytes := cordon.system_event_bytes(NEW);
      IF octet_length(bytes) > 65535 THEN
        RAISE EXCEPTION 'system_event: an entry has at most 65535 bytes, not %', octet_length(bytes) USING ERRCODE = 'CB006';
      END IF;
      NEW.row_hash := sha256(bytes);
      RETURN NEW;
    END
    $$;

ALTER FUNCTION cordon.system_event_chain() OWNER TO cordon_owner;

COMMENT ON FUNCTION cordon.system_event_chain() IS 'Trigger: gives a new row its number and its hashes, whatever the writer said of them. CB006 for a row that no log can hold.';

CREATE FUNCTION evidence.chain_ledger(target regclass, title text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $_$
DECLARE
  ledger text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = target);
  space text := (SELECT c.relnamespace::regnamespace::text FROM pg_class AS c WHERE c.oid = target);
  has_platform boolean := (
    SELECT NOT a.attnotnull FROM pg_attribute AS a WHERE a.attrelid = target AND a.attname = 'brand_id');
  fields text;
BEGIN
  EXECUTE format(
    'ALTER TABLE %s ADD COLUMN seq bigint, ADD COLUMN prev_hash cordon.sha256_digest, ADD COLUMN row_hash cordon.sha256_digest', target);
  EXECUTE format('COMMENT ON COLUMN %s.seq IS %L', target, 'Number of the row in its brand''s log, from 1, without a gap.');
  EXECUTE format('COMMENT ON COLUMN %s.prev_hash IS %L', target, 'row_hash of the row before it; 32 zero bytes for the first.');
  EXECUTE format(
    'COMMENT ON COLUMN %s.row_hash IS %L', target, 'SHA-256 over every other column (docs/formats/ledger-entry.md).');

  SELECT string_agg('wallet.length_prefixed(' || f.bytes || ')', ' || ' ORDER BY f.place) INTO fields
  FROM (
    SELECT
      CASE a.attname WHEN 'brand_id' THEN -3 WHEN 'seq' THEN -2 WHEN 'prev_hash' THEN -1 ELSE a.attnum END AS place,
      format(
        CASE coalesce(nullif(t.typbasetype, 0), t.oid)::regtype::text
          WHEN 'bigint' THEN 'int8send(entry.%1$I)'
          WHEN 'text' THEN 'convert_to(entry.%1$I, ''UTF8'')'
          WHEN 'jsonb' THEN 'convert_to(entry.%1$I::text, ''UTF8'')'
          WHEN 'bytea' THEN 'entry.%1$I'
          WHEN 'timestamp with time zone' THEN 'int8send((extract(epoch FROM entry.%1$I) * 1000000)::bigint)'
          -- No function comes of this: a column that isn't hashed can't be overlooked.
          ELSE 'no bytes of %1$I'
        END, a.attname) AS bytes
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'row_hash'
  ) AS f;

  -- brand-global: migration: makes a function that reads no table
  EXECUTE format(
    $body$
    CREATE FUNCTION %1$I.%2$I(entry %3$s) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog
    AS $$ SELECT convert_to(%4$L || chr(10), 'UTF8') || %5$s $$
    $body$, space, ledger || '_bytes', target, title, fields);
  EXECUTE format(
    'COMMENT ON FUNCTION %1$I.%2$I(%3$s) IS %4$L', space, ledger || '_bytes', target,
    'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.');
  EXECUTE format('GRANT EXECUTE ON FUNCTION %1$I.%2$I(%3$s) TO cordon_app, cordon_audit', space, ledger || '_bytes', target);

  -- The rows are the chain's head as well: none can be deleted. One writer at a time, until its transaction ends; whoever reads the
  -- last row as of an earlier moment (REPEATABLE READ) is refused by the unique index instead of forking the chain.
  -- brand-global: migration: makes a trigger, which reads the rows of the new row's own brand, or those without one for a row without one
  EXECUTE format(
    $body$
    CREATE FUNCTION %1$I.%2$I() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
    AS $$
    DECLARE
      bytes bytea;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('chain:%3$s', coalesce(NEW.brand_id, 0)));
      %5$s
      SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
      FROM %4$s AS l WHERE l.brand_id = NEW.brand_id ORDER BY l.seq DESC LIMIT 1;
      %6$s
      NEW.seq := coalesce(NEW.seq, 1);
      NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
      bytes := %1$I.%7$I(NEW);
      IF octet_length(bytes) > 65535 THEN
        RAISE EXCEPTION '%3$s: an entry has at most 65535 bytes, not %%', octet_length(bytes) USING ERRCODE = 'CB006';
      END IF;
      NEW.row_hash := sha256(bytes);
      RETURN NEW;
    END
    $$
    $body$, space, ledger || '_chain', ledger, target,
    CASE WHEN has_platform THEN 'IF NEW.brand_id IS NOT NULL THEN' END,
    CASE WHEN has_platform THEN format(
      $platform$ELSE
        SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
        FROM %s AS l WHERE l.brand_id IS NULL ORDER BY l.seq DESC LIMIT 1;
      END IF;$platform$, target) END,
    ledger || '_bytes');
  EXECUTE format(
    'COMMENT ON FUNCTION %1$I.%2$I() IS %3$L', space, ledger || '_chain',
    'Trigger: gives a new row its number and its hashes, whatever the writer said of them. CB006 for a row that no log can hold.');
END
$_$;

ALTER FUNCTION evidence.chain_ledger(target regclass, title text) OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.chain_ledger(target regclass, title text) IS 'Makes an append-only table with brand_id a chain: seq, prev_hash and row_hash, and the functions that keep them. Every migration that makes a ledger calls it, then evidence.close_chain; only the owner can.';

CREATE FUNCTION evidence.close_chain(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  ledger text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = target);
  space text := (SELECT c.relnamespace::regnamespace::text FROM pg_class AS c WHERE c.oid = target);
BEGIN
  EXECUTE format(
    'ALTER TABLE %s ALTER COLUMN seq SET NOT NULL, ALTER COLUMN prev_hash SET NOT NULL, ALTER COLUMN row_hash SET NOT NULL', target);
  EXECUTE format('CREATE UNIQUE INDEX %I ON %s (brand_id, seq) NULLS NOT DISTINCT', ledger || '_seq_idx', target);
  EXECUTE format(
    'CREATE TRIGGER %I BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %I.%I()', 'trg_' || ledger || '_chain', target, space,
    ledger || '_chain');
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', target, 'trg_' || ledger || '_chain');
END
$$;

ALTER FUNCTION evidence.close_chain(target regclass) OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.close_chain(target regclass) IS 'What chain_ledger leaves for when the rows that were there have their numbers.';

CREATE FUNCTION evidence.containment_ends_once() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
    OR (NEW.brand_id, NEW.containment_id, NEW.begun_by, NEW.reason, NEW.begun_at)
      IS DISTINCT FROM (OLD.brand_id, OLD.containment_id, OLD.begun_by, OLD.reason, OLD.begun_at) THEN
    RAISE EXCEPTION 'containment: what has ended, and what has begun, does not change' USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION evidence.containment_ends_once() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.containment_ends_once() IS 'Trigger: a containment ends once, and nothing else of it changes (CB005).';

CREATE FUNCTION evidence.guard_ledger(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $_$
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
$_$;

ALTER FUNCTION evidence.guard_ledger(target regclass) OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.guard_ledger(target regclass) IS 'Makes a table append-only: the two triggers, in the words of the runbook, and the sequence that counts what they refuse. Every migration that makes a ledger calls it; only the owner can.';

CREATE FUNCTION evidence.log_checkpoint_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.log_checkpoint_refusals', (SELECT last_value + 1 FROM evidence.log_checkpoint_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'log_checkpoint is append-only; % not permitted on evidence.log_checkpoint', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.log_checkpoint_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.log_checkpoint_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on log_checkpoint (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.log_checkpoint_grows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF EXISTS (
    SELECT FROM evidence.log_checkpoint AS c
    WHERE c.brand_id = NEW.brand_id AND c.ledger = NEW.ledger AND c.tree_size >= NEW.tree_size) THEN
    RAISE EXCEPTION 'log_checkpoint: the log of brand % is signed beyond % already', NEW.brand_id, NEW.tree_size USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION evidence.log_checkpoint_grows() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.log_checkpoint_grows() IS 'Trigger: a checkpoint is larger than all before it (CB005), so that a writer who lost its lock without knowing can''t publish behind another.';

CREATE FUNCTION evidence.log_cosignature_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.log_cosignature_refusals', (SELECT last_value + 1 FROM evidence.log_cosignature_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'log_cosignature is append-only; % not permitted on evidence.log_cosignature', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.log_cosignature_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.log_cosignature_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on log_cosignature (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.log_tile_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.log_tile_refusals', (SELECT last_value + 1 FROM evidence.log_tile_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'log_tile is append-only; % not permitted on evidence.log_tile', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.log_tile_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.log_tile_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on log_tile (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.platform_log_checkpoint_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.platform_log_checkpoint_refusals', (SELECT last_value + 1 FROM evidence.platform_log_checkpoint_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'platform_log_checkpoint is append-only; % not permitted on evidence.platform_log_checkpoint', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.platform_log_checkpoint_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.platform_log_checkpoint_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on platform_log_checkpoint (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.platform_log_checkpoint_grows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF EXISTS (
    SELECT FROM evidence.platform_log_checkpoint AS c WHERE c.ledger = NEW.ledger AND c.tree_size >= NEW.tree_size) THEN
    RAISE EXCEPTION 'platform_log_checkpoint: the log is signed beyond % already', NEW.tree_size USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION evidence.platform_log_checkpoint_grows() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.platform_log_checkpoint_grows() IS 'Trigger: as log_checkpoint_grows.';

CREATE FUNCTION evidence.platform_log_cosignature_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.platform_log_cosignature_refusals', (SELECT last_value + 1 FROM evidence.platform_log_cosignature_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'platform_log_cosignature is append-only; % not permitted on evidence.platform_log_cosignature', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.platform_log_cosignature_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.platform_log_cosignature_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on platform_log_cosignature (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.platform_log_tile_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.platform_log_tile_refusals', (SELECT last_value + 1 FROM evidence.platform_log_tile_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'platform_log_tile is append-only; % not permitted on evidence.platform_log_tile', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.platform_log_tile_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.platform_log_tile_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on platform_log_tile (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.refuse_contained() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  brand bigint;
BEGIN
  -- Without a brand row-level security refuses the write, or a superuser does it.
  IF coalesce(current_setting('app.brand_id', true), '') = '' THEN
    RETURN NULL;
  END IF;
  brand := cordon.current_brand_id();
  IF EXISTS (SELECT FROM evidence.containment AS c WHERE c.brand_id = brand AND c.ended_at IS NULL) THEN
    RAISE EXCEPTION 'brand % is contained: % on % is refused', brand, TG_OP, TG_TABLE_NAME USING ERRCODE = 'CB007';
  END IF;
  RETURN NULL;
END
$$;

ALTER FUNCTION evidence.refuse_contained() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.refuse_contained() IS 'Trigger: refuses a write of a brand that is contained (CB007).';

CREATE FUNCTION evidence.security_audit_chain_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.security_audit_chain_refusals', (SELECT last_value + 1 FROM evidence.security_audit_chain_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'security_audit_chain is append-only; % not permitted on evidence.security_audit_chain', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.security_audit_chain_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.security_audit_chain_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on security_audit_chain (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.security_audit_chain_next() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
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

ALTER FUNCTION evidence.security_audit_chain_next() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.security_audit_chain_next() IS 'Trigger: gives a row of the security audit log its place in the chain, whatever the writer said of it.';

CREATE FUNCTION evidence.security_audit_key_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.security_audit_key_refusals', (SELECT last_value + 1 FROM evidence.security_audit_key_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'security_audit_key is append-only; % not permitted on evidence.security_audit_key', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.security_audit_key_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.security_audit_key_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on security_audit_key (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.signing_key_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.signing_key_refusals', (SELECT last_value + 1 FROM evidence.signing_key_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'signing_key is append-only; % not permitted on evidence.signing_key', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.signing_key_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.signing_key_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on signing_key (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.signing_key_follows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  last evidence.signing_key;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('signing-key:' || NEW.operator_name, 0));
  SELECT * INTO last FROM evidence.signing_key AS k WHERE k.operator_name = NEW.operator_name ORDER BY k.number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.valid_from <= last.valid_from THEN
    RAISE EXCEPTION 'signing_key: key % of % does not follow the one before it', NEW.number, NEW.operator_name USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION evidence.signing_key_follows() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.signing_key_follows() IS 'Trigger: keys are numbered without a gap, each valid from later than the one before it (CB005).';

CREATE FUNCTION evidence.signing_pause_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.signing_pause_refusals', (SELECT last_value + 1 FROM evidence.signing_pause_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'signing_pause is append-only; % not permitted on evidence.signing_pause', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION evidence.signing_pause_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.signing_pause_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on signing_pause (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION evidence.stop_in_containment(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  -- Once a statement, however many rows it writes.
  EXECUTE format(
    'CREATE TRIGGER trg_containment BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained()',
    target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER trg_containment', target);
END
$$;

ALTER FUNCTION evidence.stop_in_containment(target regclass) OWNER TO cordon_owner;

COMMENT ON FUNCTION evidence.stop_in_containment(target regclass) IS 'Makes a brand-scoped table refuse the writes of a contained brand. Every migration that makes such a table calls it, or names the table in v_written_in_containment.';

CREATE FUNCTION wallet.document_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION '%: a version begins as a draft', TG_TABLE_NAME USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.brand_id <> OLD.brand_id OR NEW.version <> OLD.version OR NEW.document <> OLD.document
    OR NEW.created_by <> OLD.created_by OR NEW.created_at <> OLD.created_at THEN
    RAISE EXCEPTION '%: a version''s document never changes; write a new version', TG_TABLE_NAME USING ERRCODE = 'CB003';
  END IF;
  IF (OLD.status, NEW.status) NOT IN (('draft', 'active'), ('draft', 'retired'), ('active', 'retired')) THEN
    RAISE EXCEPTION '%: % does not become %', TG_TABLE_NAME, OLD.status, NEW.status USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION wallet.document_transition() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.document_transition() IS 'Trigger: a version goes draft, active, retired (or draft, retired), and its document stays as written. Refusals have SQLSTATE CB003.';

CREATE FUNCTION wallet.ledger_entry_hash(brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text, currency text, amount bigint, balance_after bigint, created_at timestamp with time zone) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$
  SELECT sha256(
    convert_to(E'cordon wallet ledger 1\n', 'UTF8')
    || wallet.length_prefixed(int8send(brand_id))
    || wallet.length_prefixed(int8send(seq))
    || wallet.length_prefixed(prev_hash)
    || wallet.length_prefixed(convert_to(request_id, 'UTF8'))
    || wallet.length_prefixed(convert_to(command, 'UTF8'))
    || wallet.length_prefixed(uuid_send(transaction_id))
    || wallet.length_prefixed(int8send(player_id))
    || wallet.length_prefixed(convert_to(account, 'UTF8'))
    || wallet.length_prefixed(convert_to(currency, 'UTF8'))
    || wallet.length_prefixed(int8send(amount))
    || wallet.length_prefixed(int8send(balance_after))
    || wallet.length_prefixed(int8send((extract(epoch FROM created_at) * 1000000)::bigint)))
$$;

ALTER FUNCTION wallet.ledger_entry_hash(brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text, currency text, amount bigint, balance_after bigint, created_at timestamp with time zone) OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.ledger_entry_hash(brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text, currency text, amount bigint, balance_after bigint, created_at timestamp with time zone) IS 'row_hash of a ledger entry with these values: SHA-256 over the layout of docs/formats/ledger-entry.md. A second opinion beside the program''s.';

CREATE FUNCTION wallet.length_prefixed(field bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT CASE WHEN field IS NULL THEN '\xffffffff'::bytea ELSE int4send(octet_length(field)) || field END $$;

ALTER FUNCTION wallet.length_prefixed(field bytea) OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.length_prefixed(field bytea) IS 'Four bytes of length, most significant first, and the bytes; ff ff ff ff for NULL.';

CREATE FUNCTION wallet.wallet_check_finding_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.resolved_at IS NULL AND NEW.resolved_at IS NOT NULL
      AND to_jsonb(NEW) - 'resolved_at' = to_jsonb(OLD) - 'resolved_at' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'wallet_check_finding is append-only; % not permitted on wallet.wallet_check_finding', TG_OP USING ERRCODE = 'CB002';
END
$$;

ALTER FUNCTION wallet.wallet_check_finding_kept() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.wallet_check_finding_kept() IS 'Trigger: a finding is never removed or changed; only resolved_at is set, once (CB002).';

CREATE FUNCTION wallet.wallet_command_entered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  bad record;
BEGIN
  SELECT e.brand_id, e.player_id INTO bad
  FROM entered AS e
  WHERE e.player_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM cordon.player AS p WHERE p.brand_id = e.brand_id AND p.player_id = e.player_id OFFSET 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_command: brand % has no player %', bad.brand_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_command_player_exists';
  END IF;
  RETURN NULL;
END
$$;

ALTER FUNCTION wallet.wallet_command_entered() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.wallet_command_entered() IS 'Trigger: the players of the commands that one INSERT enters exist in their brand (23503).';

CREATE FUNCTION wallet.wallet_ledger_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
    BEGIN
      -- What a sequence counts stays when the transaction is undone. setval and not nextval, which a crash of the server lets jump ahead.
      BEGIN
        PERFORM setval('evidence.wallet_ledger_refusals', (SELECT last_value + 1 FROM evidence.wallet_ledger_refusals));
      EXCEPTION WHEN insufficient_privilege THEN
        -- Whoever may write and not count is refused all the same.
        NULL;
      END;
      RAISE EXCEPTION 'wallet_ledger is append-only; % not permitted on wallet.wallet_ledger', TG_OP USING ERRCODE = 'CB002';
    END
    $$;

ALTER FUNCTION wallet.wallet_ledger_append_only() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.wallet_ledger_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on wallet_ledger (CB002), and counts each attempt. The text is an alarm for platform on-call.';

CREATE FUNCTION wallet.wallet_ledger_entered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  sound boolean;
  first_brand bigint;
  last_brand bigint;
  last_seq bigint;
  bad record;
BEGIN
  -- One pass decides; what follows only finds out what to say. An account is looked up once, however many entries name it.
  SELECT bool_and(
      CASE
      WHEN e.player_id IS NULL THEN true
      ELSE EXISTS (
        SELECT FROM wallet.wallet_command AS c
        WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id OFFSET 0)
      END
      AND CASE
      WHEN e.brand_before = e.brand_id THEN e.seq_before = e.seq - 1 AND e.hash_before = e.prev_hash
      ELSE EXISTS (
        SELECT FROM wallet.wallet_chain AS c
        WHERE c.brand_id = e.brand_id AND c.seq = e.seq - 1 AND c.row_hash = e.prev_hash OFFSET 0)
      END
    )
    AND NOT EXISTS (SELECT FROM entered AS s GROUP BY s.brand_id, s.request_id, s.currency HAVING sum(s.amount) <> 0)
    AND NOT EXISTS (
      SELECT FROM (SELECT DISTINCT n.brand_id, n.account FROM entered AS n WHERE n.player_id IS NULL) AS named
      WHERE NOT EXISTS (
        SELECT FROM wallet.wallet_account AS a WHERE a.brand_id = named.brand_id AND a.account = named.account OFFSET 0)),
    min(e.brand_id), max(e.brand_id), max(e.seq)
  INTO sound, first_brand, last_brand, last_seq
  FROM (
    SELECT n.brand_id, n.seq, n.prev_hash, n.request_id, n.player_id, lag(n.brand_id) OVER follows AS brand_before,
      lag(n.seq) OVER follows AS seq_before, lag(n.row_hash) OVER follows AS hash_before
    FROM entered AS n
    WINDOW follows AS (ORDER BY n.brand_id, n.seq)
  ) AS e;
  IF first_brand IS NULL THEN
    RETURN NULL;
  ELSIF sound AND first_brand = last_brand THEN
    UPDATE wallet.wallet_chain AS c SET seq = last.seq, row_hash = last.row_hash, touched_at = clock_timestamp()
    FROM entered AS last WHERE last.seq = last_seq AND c.brand_id = first_brand;
    RETURN NULL;
  ELSIF sound THEN
    UPDATE wallet.wallet_chain AS c SET seq = last.seq, row_hash = last.row_hash, touched_at = clock_timestamp()
    FROM (SELECT DISTINCT ON (e.brand_id) e.brand_id, e.seq, e.row_hash FROM entered AS e ORDER BY e.brand_id, e.seq DESC) AS last
    WHERE c.brand_id = last.brand_id;
    RETURN NULL;
  END IF;

  SELECT e.request_id, e.currency, sum(e.amount) AS total INTO bad
  FROM entered AS e
  GROUP BY e.brand_id, e.request_id, e.currency
  HAVING sum(e.amount) <> 0
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: entries of request % do not sum to zero in %: %', bad.request_id, bad.currency, bad.total
      USING ERRCODE = 'CB004', CONSTRAINT = 'wallet_ledger_balanced';
  END IF;
  SELECT e.brand_id, e.account INTO bad
  FROM entered AS e
  WHERE e.player_id IS NULL
    AND NOT EXISTS (SELECT FROM wallet.wallet_account AS a WHERE a.brand_id = e.brand_id AND a.account = e.account)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no account %', bad.brand_id, bad.account
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_account_exists';
  END IF;
  SELECT e.brand_id, e.request_id, e.player_id INTO bad
  FROM entered AS e
  WHERE e.player_id IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM wallet.wallet_command AS c
      WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no command % of player %', bad.brand_id, bad.request_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_command_exists';
  END IF;
  RAISE EXCEPTION 'wallet_ledger: the entries of request % do not follow the last one of their brand', (SELECT min(e.request_id) FROM entered AS e)
    USING ERRCODE = 'CB005', CONSTRAINT = 'wallet_ledger_chained';
END
$$;

ALTER FUNCTION wallet.wallet_ledger_entered() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.wallet_ledger_entered() IS 'Trigger: what one INSERT enters sums to zero for each command and currency (CB004), names commands and accounts of its brand (23503) and continues the chain (CB005), whose head it moves.';

CREATE FUNCTION wallet.wallet_transaction_entered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  bad record;
BEGIN
  SELECT e.brand_id, e.request_id, e.player_id INTO bad
  FROM entered AS e
  WHERE NOT EXISTS (
    SELECT FROM wallet.wallet_command AS c
    WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id OFFSET 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_transaction: brand % has no command % of player %', bad.brand_id, bad.request_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_transaction_command_exists';
  END IF;
  RETURN NULL;
END
$$;

ALTER FUNCTION wallet.wallet_transaction_entered() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.wallet_transaction_entered() IS 'Trigger: each transaction that one INSERT enters was begun by a command of the same brand and player (23503).';

CREATE FUNCTION wallet.wallet_transaction_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW.kind, NEW.state) NOT IN (
      ('deposit', 'pending'), ('deposit', 'approved'), ('withdraw', 'requested'), ('bet', 'authorized'), ('bonus', 'granted'),
      ('adjust', 'applied'), ('rebate', 'applied'), ('cashback', 'applied'), ('lossback', 'applied'), ('transfer', 'applied')
    ) THEN
      RAISE EXCEPTION 'wallet_transaction: a % does not begin as %', NEW.kind, NEW.state USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.brand_id <> OLD.brand_id OR NEW.transaction_id <> OLD.transaction_id OR NEW.kind <> OLD.kind
    OR NEW.player_id <> OLD.player_id OR NEW.currency <> OLD.currency OR NEW.amount <> OLD.amount
    OR NEW.request_id <> OLD.request_id OR NEW.created_at <> OLD.created_at
    OR (NEW.provider, NEW.reference, NEW.round, NEW.requirement)
      IS DISTINCT FROM (OLD.provider, OLD.reference, OLD.round, OLD.requirement) THEN
    RAISE EXCEPTION 'wallet_transaction: only state, settled_amount and reason may change' USING ERRCODE = 'CB003';
  END IF;
  -- A bet may win more than once: settled stays settled while settled_amount grows.
  IF (OLD.kind, OLD.state, NEW.state) NOT IN (
    ('deposit', 'pending', 'approved'), ('deposit', 'pending', 'declined'),
    ('withdraw', 'requested', 'approved'), ('withdraw', 'requested', 'declined'),
    ('withdraw', 'approved', 'paid'), ('withdraw', 'approved', 'declined'),
    ('bet', 'authorized', 'settled'), ('bet', 'authorized', 'rolled_back'), ('bet', 'settled', 'settled'),
    ('bet', 'settled', 'rolled_back'),
    ('bonus', 'granted', 'converted'), ('bonus', 'granted', 'completed'), ('bonus', 'granted', 'forfeited')
  ) THEN
    RAISE EXCEPTION 'wallet_transaction: a % that is % does not become %', OLD.kind, OLD.state, NEW.state USING ERRCODE = 'CB003';
  END IF;
  IF NEW.settled_amount < OLD.settled_amount THEN
    RAISE EXCEPTION 'wallet_transaction: settled_amount never shrinks' USING ERRCODE = 'CB003';
  END IF;
  -- A rollback keeps what the bet had won, so that the row says what was taken back.
  IF NEW.settled_amount > OLD.settled_amount AND NEW.state = 'rolled_back' THEN
    RAISE EXCEPTION 'wallet_transaction: a rollback wins nothing' USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;

ALTER FUNCTION wallet.wallet_transaction_transition() OWNER TO cordon_owner;

COMMENT ON FUNCTION wallet.wallet_transaction_transition() IS 'Trigger: which state a transaction begins in and which follows which. Refusals have SQLSTATE CB003.';

ALTER TABLE cordon.admin_audit ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.admin_audit_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.agent (
    agent_id bigint NOT NULL,
    name text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agent_agent_id_check CHECK ((agent_id > 0)),
    CONSTRAINT agent_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT agent_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);

ALTER TABLE cordon.agent OWNER TO cordon_owner;

COMMENT ON TABLE cordon.agent IS 'Affiliates. An agent is one for the whole platform; agent_brand says in which brands.';

COMMENT ON COLUMN cordon.agent.agent_id IS 'The agent, as domain:agent:<host> names it.';

COMMENT ON COLUMN cordon.agent.name IS 'The agent''s name.';

COMMENT ON COLUMN cordon.agent.status IS 'active or suspended, in all brands.';

COMMENT ON COLUMN cordon.agent.created_at IS 'When the agent was added.';

COMMENT ON COLUMN cordon.agent.updated_at IS 'When it last changed.';

ALTER TABLE cordon.agent ALTER COLUMN agent_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME cordon.agent_agent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.agent_brand (
    brand_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    status text DEFAULT 'enabled'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agent_brand_status_check CHECK ((status = ANY (ARRAY['enabled'::text, 'disabled'::text])))
);

ALTER TABLE ONLY cordon.agent_brand FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.agent_brand OWNER TO cordon_owner;

COMMENT ON TABLE cordon.agent_brand IS 'The allow-list: an agent without an enabled row is refused in that brand. No trigger ever adds a row.';

COMMENT ON COLUMN cordon.agent_brand.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.agent_brand.agent_id IS 'The agent.';

COMMENT ON COLUMN cordon.agent_brand.status IS 'enabled or disabled.';

COMMENT ON COLUMN cordon.agent_brand.created_at IS 'When the agent was first admitted.';

COMMENT ON COLUMN cordon.agent_brand.updated_at IS 'When the status last changed.';

CREATE TABLE cordon.agent_domain (
    brand_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    host text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agent_domain_host_check CHECK (((host = lower(host)) AND (host <> ''::text)))
);

ALTER TABLE ONLY cordon.agent_domain FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.agent_domain OWNER TO cordon_owner;

COMMENT ON TABLE cordon.agent_domain IS 'The hosts that an agent has in one brand. What a host resolves to stands in domain_binding.';

COMMENT ON COLUMN cordon.agent_domain.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.agent_domain.agent_id IS 'The agent.';

COMMENT ON COLUMN cordon.agent_domain.host IS 'Host name in lower case.';

COMMENT ON COLUMN cordon.agent_domain.created_at IS 'Since when.';

CREATE TABLE cordon.agent_setting (
    brand_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agent_setting_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
);

ALTER TABLE ONLY cordon.agent_setting FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.agent_setting OWNER TO cordon_owner;

COMMENT ON TABLE cordon.agent_setting IS 'An agent''s settings in one brand.';

COMMENT ON COLUMN cordon.agent_setting.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.agent_setting.agent_id IS 'The agent.';

COMMENT ON COLUMN cordon.agent_setting.settings IS 'The settings, an object.';

COMMENT ON COLUMN cordon.agent_setting.updated_at IS 'When they last changed.';

CREATE TABLE cordon.bank (
    brand_id bigint NOT NULL,
    bank_id bigint NOT NULL,
    name text NOT NULL,
    status text DEFAULT 'enabled'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT bank_status_check CHECK ((status = ANY (ARRAY['enabled'::text, 'disabled'::text])))
);

ALTER TABLE ONLY cordon.bank FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.bank OWNER TO cordon_owner;

COMMENT ON TABLE cordon.bank IS 'Banks that a brand takes deposits through.';

COMMENT ON COLUMN cordon.bank.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.bank.bank_id IS 'The bank, within the brand.';

COMMENT ON COLUMN cordon.bank.name IS 'Name that players see.';

COMMENT ON COLUMN cordon.bank.status IS 'enabled or disabled.';

COMMENT ON COLUMN cordon.bank.created_at IS 'When it was added.';

ALTER TABLE cordon.bank ALTER COLUMN bank_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME cordon.bank_bank_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.bank_card (
    brand_id bigint NOT NULL,
    bank_card_id bigint NOT NULL,
    bank_id bigint NOT NULL,
    bank_card_group_id bigint NOT NULL,
    holder text NOT NULL,
    number_ciphertext bytea NOT NULL,
    number_key_id text NOT NULL,
    number_last_digits text NOT NULL,
    status text DEFAULT 'enabled'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_card_holder_check CHECK ((btrim(holder) <> ''::text)),
    CONSTRAINT bank_card_number_last_digits_check CHECK ((number_last_digits ~ '^[0-9]{1,4}$'::text)),
    CONSTRAINT bank_card_status_check CHECK ((status = ANY (ARRAY['enabled'::text, 'disabled'::text])))
);

ALTER TABLE ONLY cordon.bank_card FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.bank_card OWNER TO cordon_owner;

COMMENT ON TABLE cordon.bank_card IS 'The brand''s own cards that players pay deposits to.';

COMMENT ON COLUMN cordon.bank_card.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.bank_card.bank_card_id IS 'The card, within the brand.';

COMMENT ON COLUMN cordon.bank_card.bank_id IS 'Its bank.';

COMMENT ON COLUMN cordon.bank_card.bank_card_group_id IS 'Its group.';

COMMENT ON COLUMN cordon.bank_card.holder IS 'Name of the holder.';

COMMENT ON COLUMN cordon.bank_card.number_ciphertext IS 'Card or account number, encrypted.';

COMMENT ON COLUMN cordon.bank_card.number_key_id IS 'Id of the key that it was encrypted with.';

COMMENT ON COLUMN cordon.bank_card.number_last_digits IS 'Last digits, to tell cards apart.';

COMMENT ON COLUMN cordon.bank_card.status IS 'enabled or disabled.';

COMMENT ON COLUMN cordon.bank_card.created_at IS 'When it was added.';

ALTER TABLE cordon.bank_card ALTER COLUMN bank_card_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME cordon.bank_card_bank_card_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.bank_card_group (
    brand_id bigint NOT NULL,
    bank_card_group_id bigint NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_card_group_name_check CHECK ((btrim(name) <> ''::text))
);

ALTER TABLE ONLY cordon.bank_card_group FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.bank_card_group OWNER TO cordon_owner;

COMMENT ON TABLE cordon.bank_card_group IS 'Groups of a brand''s cards, so that one kind of player is shown one group.';

COMMENT ON COLUMN cordon.bank_card_group.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.bank_card_group.bank_card_group_id IS 'The group, within the brand.';

COMMENT ON COLUMN cordon.bank_card_group.name IS 'Name that operators see.';

COMMENT ON COLUMN cordon.bank_card_group.created_at IS 'When it was added.';

ALTER TABLE cordon.bank_card_group ALTER COLUMN bank_card_group_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME cordon.bank_card_group_bank_card_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.brand (
    brand_id bigint NOT NULL,
    brand_code text NOT NULL,
    name text NOT NULL,
    status text DEFAULT 'enabled'::text NOT NULL,
    default_currency cordon.currency_code NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT brand_brand_code_check CHECK ((brand_code ~ '^[a-z][a-z0-9]{0,31}$'::text)),
    CONSTRAINT brand_brand_id_check CHECK ((brand_id > 0)),
    CONSTRAINT brand_name_check CHECK ((name <> ''::text)),
    CONSTRAINT brand_status_check CHECK ((status = ANY (ARRAY['enabled'::text, 'disabled'::text])))
);

ALTER TABLE cordon.brand OWNER TO cordon_owner;

COMMENT ON TABLE cordon.brand IS 'The catalogue of brands. Redis only holds which host belongs to which of them. Brands are disabled, never deleted.';

COMMENT ON COLUMN cordon.brand.brand_id IS 'The brand, as every brand-scoped table, header and token names it. Positive; 1 is the default brand.';

COMMENT ON COLUMN cordon.brand.brand_code IS 'Short key: metric label, and prefix of provider accounts ({brand_code}_{account}). Never changes, has no underscore.';

COMMENT ON COLUMN cordon.brand.name IS 'The name that people see.';

COMMENT ON COLUMN cordon.brand.status IS 'enabled, or disabled: players are refused at the gateway (brand_disabled) while workers and ledgers go on.';

COMMENT ON COLUMN cordon.brand.default_currency IS 'Currency of a player wallet when a command names none.';

COMMENT ON COLUMN cordon.brand.created_at IS 'When the brand was created.';

COMMENT ON COLUMN cordon.brand.updated_at IS 'When name, status or currency last changed. Who did it stands in admin_audit.';

ALTER TABLE cordon.brand ALTER COLUMN brand_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME cordon.brand_brand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.brand_config (
    brand_id bigint NOT NULL,
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT brand_config_updated_by_check CHECK (((btrim(updated_by) <> ''::text) AND (char_length(updated_by) <= 128)))
);

ALTER TABLE ONLY cordon.brand_config FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.brand_config OWNER TO cordon_owner;

COMMENT ON TABLE cordon.brand_config IS 'What one brand sets for itself. A key that is absent has the default of brand_config_default.';

COMMENT ON COLUMN cordon.brand_config.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.brand_config.key IS 'The configuration key.';

COMMENT ON COLUMN cordon.brand_config.value IS 'The brand''s value. The value before it stands in admin_audit.old_value.';

COMMENT ON COLUMN cordon.brand_config.updated_by IS 'Operator who wrote the value.';

COMMENT ON COLUMN cordon.brand_config.created_at IS 'When the brand first set the key.';

COMMENT ON COLUMN cordon.brand_config.updated_at IS 'When the value last changed.';

CREATE TABLE cordon.brand_config_default (
    version bigint NOT NULL,
    key text NOT NULL,
    value jsonb NOT NULL,
    description text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT brand_config_default_description_check CHECK ((description <> ''::text)),
    CONSTRAINT brand_config_default_version_check CHECK ((version > 0))
);

ALTER TABLE cordon.brand_config_default OWNER TO cordon_owner;

COMMENT ON TABLE cordon.brand_config_default IS 'The documented global defaults of brand configuration. A changed default is a new version; the highest one counts.';

COMMENT ON COLUMN cordon.brand_config_default.version IS 'Version of this key''s default, from 1.';

COMMENT ON COLUMN cordon.brand_config_default.key IS 'The configuration key.';

COMMENT ON COLUMN cordon.brand_config_default.value IS 'The value used by brands that set none.';

COMMENT ON COLUMN cordon.brand_config_default.description IS 'What the key does, in which unit.';

COMMENT ON COLUMN cordon.brand_config_default.created_at IS 'Since when this version counts.';

CREATE TABLE cordon.config_key (
    key text NOT NULL,
    scope text NOT NULL,
    CONSTRAINT config_key_key_check CHECK ((key ~ '^[a-z][a-z0-9_.]{0,127}$'::text)),
    CONSTRAINT config_key_scope_check CHECK ((scope = ANY (ARRAY['brand'::text, 'platform'::text])))
);

ALTER TABLE cordon.config_key OWNER TO cordon_owner;

COMMENT ON TABLE cordon.config_key IS 'On which side each configuration key stands, so that no key is in brand_config and in global_var at once. Kept by triggers.';

COMMENT ON COLUMN cordon.config_key.key IS 'The configuration key.';

COMMENT ON COLUMN cordon.config_key.scope IS 'brand: lives in brand_config and its defaults; platform: lives in global_var.';

CREATE TABLE cordon.delegated_approval (
    approval_id uuid NOT NULL,
    step smallint NOT NULL,
    event text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    operator_id text NOT NULL,
    reason text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT delegated_approval_action_check CHECK (((octet_length(action) >= 1) AND (octet_length(action) <= 64))),
    CONSTRAINT delegated_approval_event_check CHECK ((event = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'used'::text]))),
    CONSTRAINT delegated_approval_operator_id_check CHECK (((btrim(operator_id) <> ''::text) AND (octet_length(operator_id) <= 128))),
    CONSTRAINT delegated_approval_reason_check CHECK (((btrim(reason) <> ''::text) AND (octet_length(reason) <= 1024))),
    CONSTRAINT delegated_approval_step_check CHECK (((step >= 1) AND (step <= 3))),
    CONSTRAINT delegated_approval_subject_check CHECK (((octet_length(subject) >= 1) AND (octet_length(subject) <= 512)))
);

ALTER TABLE cordon.delegated_approval OWNER TO cordon_owner;

COMMENT ON TABLE cordon.delegated_approval IS 'What happened to each request for an act that a second person must approve. v_delegated_approval says how each stands.';

COMMENT ON COLUMN cordon.delegated_approval.approval_id IS 'The request.';

COMMENT ON COLUMN cordon.delegated_approval.step IS '1 is the request.';

COMMENT ON COLUMN cordon.delegated_approval.event IS 'requested, approved, rejected, expired or used.';

COMMENT ON COLUMN cordon.delegated_approval.action IS 'The act, such as signing-key-rotation; the same in all steps.';

COMMENT ON COLUMN cordon.delegated_approval.subject IS 'What exactly may be done; the same in all steps.';

COMMENT ON COLUMN cordon.delegated_approval.operator_id IS 'Who did this step.';

COMMENT ON COLUMN cordon.delegated_approval.reason IS 'Why, in the words of that person.';

COMMENT ON COLUMN cordon.delegated_approval.expires_at IS 'Nothing is approved or used from then on; the same in all steps.';

COMMENT ON COLUMN cordon.delegated_approval.created_at IS 'When the step was taken.';

CREATE TABLE cordon.domain_binding (
    host text NOT NULL,
    kind text NOT NULL,
    brand_id bigint NOT NULL,
    agent_id bigint,
    level_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT domain_binding_agent_id_check CHECK ((agent_id > 0)),
    CONSTRAINT domain_binding_host_check CHECK (((host = lower(host)) AND (host <> ''::text) AND (octet_length(host) <= 253) AND (host !~ '[[:space:]/:]'::text))),
    CONSTRAINT domain_binding_kind_check CHECK ((kind = ANY (ARRAY['agent'::text, 'level'::text]))),
    CONSTRAINT domain_binding_level_id_check CHECK ((level_id > 0)),
    CONSTRAINT domain_binding_subject_check CHECK ((((kind = 'agent'::text) AND (agent_id IS NOT NULL) AND (level_id IS NULL)) OR ((kind = 'level'::text) AND (level_id IS NOT NULL) AND (agent_id IS NULL))))
);

ALTER TABLE cordon.domain_binding OWNER TO cordon_owner;

COMMENT ON TABLE cordon.domain_binding IS 'The durable copy of the Redis keys domain:agent:<host> and domain:level:<host>. Platform-wide: it is read before a brand is known.';

COMMENT ON COLUMN cordon.domain_binding.host IS 'Host name in lower case, without port.';

COMMENT ON COLUMN cordon.domain_binding.kind IS 'agent: the host of an agent''s storefront; level: the host of a player level.';

COMMENT ON COLUMN cordon.domain_binding.brand_id IS 'The brand that requests to this host belong to.';

COMMENT ON COLUMN cordon.domain_binding.agent_id IS 'The agent, for kind agent.';

COMMENT ON COLUMN cordon.domain_binding.level_id IS 'The player level, for kind level.';

COMMENT ON COLUMN cordon.domain_binding.created_at IS 'When the host was first bound.';

COMMENT ON COLUMN cordon.domain_binding.updated_at IS 'When the binding last changed.';

CREATE TABLE cordon.game_account_alias (
    brand_id bigint NOT NULL,
    provider cordon.game_provider_name NOT NULL,
    player_id bigint NOT NULL,
    alias text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT game_account_alias_alias_check CHECK ((alias ~ '^0[0-9a-z]{1,13}_[a-z0-9]{10}$'::text))
);

ALTER TABLE ONLY cordon.game_account_alias FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_account_alias OWNER TO cordon_owner;

COMMENT ON TABLE cordon.game_account_alias IS 'Short names of players whose {brand_code}_{account} a provider can''t take, for its length or letters. A name is given once and stays.';

COMMENT ON COLUMN cordon.game_account_alias.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.game_account_alias.provider IS 'The provider that knows the player under this name.';

COMMENT ON COLUMN cordon.game_account_alias.player_id IS 'The player.';

COMMENT ON COLUMN cordon.game_account_alias.alias IS 'The name: 0, the brand''s number in base 36, an underscore, ten random letters and digits.';

COMMENT ON COLUMN cordon.game_account_alias.created_at IS 'When it was given.';

CREATE TABLE cordon.game_callback (
    brand_id bigint NOT NULL,
    provider cordon.game_provider_name NOT NULL,
    transaction_id text NOT NULL,
    operation text NOT NULL,
    fingerprint cordon.sha256_digest NOT NULL,
    player_id bigint NOT NULL,
    decision text NOT NULL,
    word text,
    reference text,
    round_id text,
    amount bigint,
    currency cordon.currency_code,
    balance bigint,
    request_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT game_callback_amount_check CHECK ((amount >= 0)),
    CONSTRAINT game_callback_decision_check CHECK ((decision = ANY (ARRAY['forwarded'::text, 'acknowledged'::text, 'refused'::text]))),
    CONSTRAINT game_callback_operation_check CHECK ((operation = ANY (ARRAY['bet'::text, 'win'::text, 'rollback'::text, 'promo_win'::text, 'end_round'::text]))),
    CONSTRAINT game_callback_reference_check CHECK (((octet_length(reference) >= 1) AND (octet_length(reference) <= 128))),
    CONSTRAINT game_callback_refused_check CHECK (((decision = 'refused'::text) = (word IS NOT NULL))),
    CONSTRAINT game_callback_round_id_check CHECK (((octet_length(round_id) >= 1) AND (octet_length(round_id) <= 128))),
    CONSTRAINT game_callback_transaction_id_check CHECK ((transaction_id ~ '^[A-Za-z0-9._:-]{1,128}$'::text)),
    CONSTRAINT game_callback_word_check CHECK ((word ~ '^[a-z][a-z_]{0,31}$'::text))
);

ALTER TABLE ONLY cordon.game_callback FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_callback OWNER TO cordon_owner;

COMMENT ON TABLE cordon.game_callback IS 'What game_service decided about each money callback, before it asked the wallet: whatever comes again under the same transaction id follows it. The money is in the ledger, under the request id game:<brand code>:<provider>:<transaction id>.';

COMMENT ON COLUMN cordon.game_callback.brand_id IS 'Brand that the account names.';

COMMENT ON COLUMN cordon.game_callback.provider IS 'The provider.';

COMMENT ON COLUMN cordon.game_callback.transaction_id IS 'The provider''s own id of what it sent.';

COMMENT ON COLUMN cordon.game_callback.operation IS 'What it asks for.';

COMMENT ON COLUMN cordon.game_callback.fingerprint IS 'SHA-256 of what makes two callbacks the same (docs/formats/game-providers.md).';

COMMENT ON COLUMN cordon.game_callback.player_id IS 'The player whom the account names.';

COMMENT ON COLUMN cordon.game_callback.decision IS 'forwarded: the wallet decides. acknowledged: nothing is to be done. refused: game_service refuses it.';

COMMENT ON COLUMN cordon.game_callback.word IS 'Why it is refused; NULL where it isn''t.';

COMMENT ON COLUMN cordon.game_callback.reference IS 'The bet that a win, a rollback or the end of a round is about; NULL for bets and where there is none.';

COMMENT ON COLUMN cordon.game_callback.round_id IS 'The provider''s id of the round; NULL where none was sent.';

COMMENT ON COLUMN cordon.game_callback.amount IS 'Minor units; NULL where none was sent.';

COMMENT ON COLUMN cordon.game_callback.currency IS 'Currency of the amount.';

COMMENT ON COLUMN cordon.game_callback.balance IS 'Balance that the first answer showed, in minor units, where the wallet''s own answer has none; NULL before that.';

COMMENT ON COLUMN cordon.game_callback.request_id IS 'Request that first brought it.';

COMMENT ON COLUMN cordon.game_callback.created_at IS 'When it was decided.';

CREATE TABLE cordon.game_callback_dead_letter (
    id bigint NOT NULL,
    provider text NOT NULL,
    outbound_account text NOT NULL,
    payload_json jsonb,
    raw_body bytea NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason text NOT NULL,
    request_id text NOT NULL,
    replay_status text DEFAULT 'pending'::text NOT NULL,
    replayed_at timestamp with time zone,
    replay_request_id text,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    letter_id uuid DEFAULT gen_random_uuid() NOT NULL,
    operation text DEFAULT ''::text NOT NULL,
    method text DEFAULT 'POST'::text NOT NULL,
    path text DEFAULT ''::text NOT NULL,
    content_type text,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    abandoned_at timestamp with time zone,
    CONSTRAINT game_callback_dead_letter_abandoned_check CHECK (((replay_status = 'abandoned'::text) = (abandoned_at IS NOT NULL))),
    CONSTRAINT game_callback_dead_letter_headers_check CHECK ((jsonb_typeof(headers) = 'object'::text)),
    CONSTRAINT game_callback_dead_letter_provider_check CHECK ((provider <> ''::text)),
    CONSTRAINT game_callback_dead_letter_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT game_callback_dead_letter_replay_check CHECK ((((replay_status = 'replayed'::text) = (replayed_at IS NOT NULL)) AND ((replay_status = 'replayed'::text) = (replay_request_id IS NOT NULL)))),
    CONSTRAINT game_callback_dead_letter_replay_status_check CHECK ((replay_status = ANY (ARRAY['pending'::text, 'replayed'::text, 'abandoned'::text])))
);

ALTER TABLE cordon.game_callback_dead_letter OWNER TO cordon_owner;

COMMENT ON TABLE cordon.game_callback_dead_letter IS 'Game callbacks whose account named no brand, kept for replay or for audited abandonment. Platform-wide, for that reason.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.id IS 'The row, as --id of the replay command names it.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.provider IS 'Game provider that called.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.outbound_account IS 'The account as it came, which did not parse.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.payload_json IS 'The payload; NULL when the body is not JSON.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.raw_body IS 'The body, byte for byte, so that its signature still verifies on replay.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.headers IS 'Headers by lower-case name. Those that may carry a signature, token or password have a digest in place of the value.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.reason IS 'Why the account did not parse.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.request_id IS 'Request that brought it.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.replay_status IS 'pending, replayed or abandoned.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.replayed_at IS 'When a replay succeeded.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.replay_request_id IS 'Request of that replay.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.notes IS 'An operator''s notes. The reason of an abandonment stands in admin_audit.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.created_at IS 'When it was written here: later than received_at when it waited in the spool.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.letter_id IS 'The callback; chosen by whoever takes it in, so that taking it in twice (at once, and from the spool) is one row.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.operation IS 'What the provider asked for: the path behind its name.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.method IS 'HTTP method.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.path IS 'Path and query as they came.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.content_type IS 'Content-Type as it came.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.received_at IS 'When it came.';

COMMENT ON COLUMN cordon.game_callback_dead_letter.abandoned_at IS 'When an operator gave it up; the same moment as its row of admin_audit.';

ALTER TABLE cordon.game_callback_dead_letter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.game_callback_dead_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.game_provider_switch (
    brand_id bigint NOT NULL,
    provider cordon.game_provider_name NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    maintenance boolean DEFAULT false NOT NULL,
    reason text NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT game_provider_switch_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT game_provider_switch_updated_by_check CHECK ((updated_by <> ''::text))
);

ALTER TABLE ONLY cordon.game_provider_switch FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_provider_switch OWNER TO cordon_owner;

COMMENT ON TABLE cordon.game_provider_switch IS 'Whether a brand''s players may play at a provider. No row means yes. Wins, rollbacks and ends of rounds are taken whatever stands here.';

COMMENT ON COLUMN cordon.game_provider_switch.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.game_provider_switch.provider IS 'The provider.';

COMMENT ON COLUMN cordon.game_provider_switch.enabled IS 'False: no game opens, and bets are refused.';

COMMENT ON COLUMN cordon.game_provider_switch.maintenance IS 'True: no game opens, and bets are put off: the provider may send them again.';

COMMENT ON COLUMN cordon.game_provider_switch.reason IS 'Why it was last changed.';

COMMENT ON COLUMN cordon.game_provider_switch.updated_by IS 'Operator who did.';

COMMENT ON COLUMN cordon.game_provider_switch.updated_at IS 'When.';

CREATE TABLE cordon.game_round (
    brand_id bigint NOT NULL,
    provider cordon.game_provider_name NOT NULL,
    round_id text NOT NULL,
    player_id bigint NOT NULL,
    state text NOT NULL,
    bet_transaction_id text,
    win_transaction_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT game_round_closed_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT game_round_round_id_check CHECK (((octet_length(round_id) >= 1) AND (octet_length(round_id) <= 128))),
    CONSTRAINT game_round_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);

ALTER TABLE ONLY cordon.game_round FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_round OWNER TO cordon_owner;

COMMENT ON TABLE cordon.game_round IS 'Rounds of the providers that have rules about them: one bet and one win each, and nothing after the end.';

COMMENT ON COLUMN cordon.game_round.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.game_round.provider IS 'The provider.';

COMMENT ON COLUMN cordon.game_round.round_id IS 'The provider''s id of the round.';

COMMENT ON COLUMN cordon.game_round.player_id IS 'The player whose round it is.';

COMMENT ON COLUMN cordon.game_round.state IS 'open: bets and wins may come. closed: it has ended, perhaps before anything of it came.';

COMMENT ON COLUMN cordon.game_round.bet_transaction_id IS 'The first bet that was let through to the wallet, whatever that said; NULL before.';

COMMENT ON COLUMN cordon.game_round.win_transaction_id IS 'The first win, likewise.';

COMMENT ON COLUMN cordon.game_round.created_at IS 'When it was first heard of.';

COMMENT ON COLUMN cordon.game_round.closed_at IS 'When it ended; NULL while it is open.';

CREATE TABLE cordon.game_session (
    brand_id bigint NOT NULL,
    token_digest cordon.sha256_digest NOT NULL,
    provider cordon.game_provider_name NOT NULL,
    player_id bigint NOT NULL,
    kind text NOT NULL,
    game text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT game_session_game_check CHECK (((octet_length(game) >= 1) AND (octet_length(game) <= 64))),
    CONSTRAINT game_session_kind_check CHECK ((kind = ANY (ARRAY['launch'::text, 'provider'::text])))
);

ALTER TABLE ONLY cordon.game_session FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_session OWNER TO cordon_owner;

COMMENT ON TABLE cordon.game_session IS 'Sessions of players at game providers. Only bets and authentication need a live one; a win, a rollback and the end of a round never do.';

COMMENT ON COLUMN cordon.game_session.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.game_session.token_digest IS 'SHA-256 of the token that the provider shows. The token itself is kept nowhere.';

COMMENT ON COLUMN cordon.game_session.provider IS 'The provider that it is for.';

COMMENT ON COLUMN cordon.game_session.player_id IS 'The player.';

COMMENT ON COLUMN cordon.game_session.kind IS 'launch: given to the player who opens a game. provider: the short-lived one that a provider exchanged it for.';

COMMENT ON COLUMN cordon.game_session.game IS 'The provider''s id of the game that was opened.';

COMMENT ON COLUMN cordon.game_session.expires_at IS 'When it ends by itself.';

COMMENT ON COLUMN cordon.game_session.ended_at IS 'When it was ended before that; NULL if nobody did.';

COMMENT ON COLUMN cordon.game_session.created_at IS 'When it began.';

CREATE TABLE cordon.global_var (
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT global_var_updated_by_check CHECK (((btrim(updated_by) <> ''::text) AND (char_length(updated_by) <= 128)))
);

ALTER TABLE cordon.global_var OWNER TO cordon_owner;

COMMENT ON TABLE cordon.global_var IS 'Settings of the whole platform. A key that brands may set is refused here.';

COMMENT ON COLUMN cordon.global_var.key IS 'The setting.';

COMMENT ON COLUMN cordon.global_var.value IS 'Its value for all brands.';

COMMENT ON COLUMN cordon.global_var.updated_by IS 'Super-admin who wrote it.';

COMMENT ON COLUMN cordon.global_var.updated_at IS 'When it last changed.';

CREATE TABLE cordon.player (
    brand_id bigint NOT NULL,
    player_id bigint NOT NULL,
    guid uuid DEFAULT gen_random_uuid() NOT NULL,
    account text NOT NULL,
    account_key text NOT NULL,
    password_hash text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    contact_ciphertext bytea,
    contact_key_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT player_account_check CHECK (((char_length(account) >= 3) AND (char_length(account) <= 32))),
    CONSTRAINT player_check CHECK ((account_key = lower((account COLLATE "C")))),
    CONSTRAINT player_contact_check CHECK (((contact_ciphertext IS NULL) = (contact_key_id IS NULL))),
    CONSTRAINT player_player_id_check CHECK ((player_id > 0)),
    CONSTRAINT player_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);

ALTER TABLE ONLY cordon.player FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.player OWNER TO cordon_owner;

COMMENT ON TABLE cordon.player IS 'End customers. The same person on two brands is two players who know nothing of each other; none ever moves to another brand.';

COMMENT ON COLUMN cordon.player.brand_id IS 'The brand that the player belongs to.';

COMMENT ON COLUMN cordon.player.player_id IS 'Internal number. Only unique together with brand_id.';

COMMENT ON COLUMN cordon.player.guid IS 'Public identifier of older integrations.';

COMMENT ON COLUMN cordon.player.account IS 'Account name as registered.';

COMMENT ON COLUMN cordon.player.account_key IS 'Account name in lower case: Alice and alice are one account.';

COMMENT ON COLUMN cordon.player.password_hash IS 'Argon2id in its own text form, with salt and parameters.';

COMMENT ON COLUMN cordon.player.status IS 'active, or suspended: logins and refreshes are refused.';

COMMENT ON COLUMN cordon.player.contact_ciphertext IS 'Contact data, encrypted. There is no plaintext form anywhere.';

COMMENT ON COLUMN cordon.player.contact_key_id IS 'Id of the key (AES_PII_KEY_ID) that it was encrypted with.';

COMMENT ON COLUMN cordon.player.created_at IS 'When the player registered.';

COMMENT ON COLUMN cordon.player.updated_at IS 'When password, status or contact last changed.';

ALTER TABLE cordon.player_balance_log ALTER COLUMN log_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.player_balance_log_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE wallet.wallet_transaction (
    brand_id bigint NOT NULL,
    transaction_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    player_id bigint NOT NULL,
    currency cordon.currency_code NOT NULL,
    amount bigint NOT NULL,
    settled_amount bigint DEFAULT 0 NOT NULL,
    provider text,
    reference text,
    round text,
    origin_host text,
    reason text,
    request_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    part_buckets text[] DEFAULT '{}'::text[] NOT NULL,
    part_amounts bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    requirement bigint,
    CONSTRAINT wallet_transaction_amount_check CHECK (((amount > 0) OR ((kind = 'adjust'::text) AND (amount < 0)))),
    CONSTRAINT wallet_transaction_parts_check CHECK ((cardinality(part_buckets) = cardinality(part_amounts))),
    CONSTRAINT wallet_transaction_provider_check CHECK ((provider ~ '^[a-z0-9][a-z0-9_-]{0,63}$'::text)),
    CONSTRAINT wallet_transaction_reference_check CHECK (((octet_length(reference) >= 1) AND (octet_length(reference) <= 255))),
    CONSTRAINT wallet_transaction_reference_needs_provider_check CHECK (((reference IS NULL) OR (provider IS NOT NULL))),
    CONSTRAINT wallet_transaction_requirement_check CHECK ((((kind = 'bonus'::text) = (requirement IS NOT NULL)) AND (requirement >= 0))),
    CONSTRAINT wallet_transaction_round_check CHECK (((octet_length(round) >= 1) AND (octet_length(round) <= 255))),
    CONSTRAINT wallet_transaction_settled_amount_check CHECK ((settled_amount >= 0)),
    CONSTRAINT wallet_transaction_settled_check CHECK (((settled_amount = 0) OR ((kind = 'bet'::text) AND (state = ANY (ARRAY['settled'::text, 'rolled_back'::text]))) OR ((kind = 'bonus'::text) AND (state = ANY (ARRAY['converted'::text, 'completed'::text, 'forfeited'::text])) AND (settled_amount <= amount)))),
    CONSTRAINT wallet_transaction_state_check CHECK ((((kind = 'deposit'::text) AND (state = ANY (ARRAY['pending'::text, 'approved'::text, 'declined'::text]))) OR ((kind = 'withdraw'::text) AND (state = ANY (ARRAY['requested'::text, 'approved'::text, 'declined'::text, 'paid'::text]))) OR ((kind = 'bet'::text) AND (state = ANY (ARRAY['authorized'::text, 'settled'::text, 'rolled_back'::text]))) OR ((kind = 'bonus'::text) AND (state = ANY (ARRAY['granted'::text, 'converted'::text, 'completed'::text, 'forfeited'::text]))) OR ((kind = ANY (ARRAY['adjust'::text, 'rebate'::text, 'cashback'::text, 'lossback'::text, 'transfer'::text])) AND (state = 'applied'::text))))
);

ALTER TABLE ONLY wallet.wallet_transaction FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_transaction OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_transaction IS 'The business objects that commands move: deposits, withdrawals, bets, bonuses, rebates, cashbacks, lossbacks, transfers, adjustments. The money itself is in the ledger.';

COMMENT ON COLUMN wallet.wallet_transaction.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN wallet.wallet_transaction.transaction_id IS 'The transaction; UUIDv7, so ascending in time.';

COMMENT ON COLUMN wallet.wallet_transaction.kind IS 'deposit, withdraw, bet, adjust, bonus, rebate, cashback, lossback or transfer.';

COMMENT ON COLUMN wallet.wallet_transaction.state IS 'deposit: pending, approved, declined. withdraw: requested, approved, paid, declined. bet: authorized, settled, rolled_back. bonus: granted, converted, completed, forfeited. All others: applied.';

COMMENT ON COLUMN wallet.wallet_transaction.player_id IS 'Whose wallet.';

COMMENT ON COLUMN wallet.wallet_transaction.currency IS 'Currency of the amounts.';

COMMENT ON COLUMN wallet.wallet_transaction.amount IS 'Minor units asked for: positive, except for an adjustment downwards.';

COMMENT ON COLUMN wallet.wallet_transaction.settled_amount IS 'Minor units that a bet has won so far, also once it is rolled back; or that a bonus moved when it was closed.';

COMMENT ON COLUMN wallet.wallet_transaction.provider IS 'Game provider or payment channel, where there is one.';

COMMENT ON COLUMN wallet.wallet_transaction.reference IS 'The provider''s id of it, unique per brand, kind and provider.';

COMMENT ON COLUMN wallet.wallet_transaction.round IS 'The provider''s game round.';

COMMENT ON COLUMN wallet.wallet_transaction.origin_host IS 'Host that the request came through, to find rows booked under a wrong brand.';

COMMENT ON COLUMN wallet.wallet_transaction.reason IS 'Why it was declined, rolled back, adjusted or paid.';

COMMENT ON COLUMN wallet.wallet_transaction.request_id IS 'The command that began it.';

COMMENT ON COLUMN wallet.wallet_transaction.created_at IS 'When it began.';

COMMENT ON COLUMN wallet.wallet_transaction.updated_at IS 'When its state last changed.';

COMMENT ON COLUMN wallet.wallet_transaction.part_buckets IS 'Buckets that gave the amount, in their order; empty where none did.';

COMMENT ON COLUMN wallet.wallet_transaction.part_amounts IS 'Minor units that each of them gave.';

COMMENT ON COLUMN wallet.wallet_transaction.requirement IS 'Turnover in minor units that a bonus asks for, kept for rolling; NULL for everything else.';

CREATE VIEW cordon.player_deposit WITH (security_invoker='true') AS
 SELECT wallet_transaction.brand_id,
    wallet_transaction.transaction_id AS deposit_id,
    wallet_transaction.player_id,
    wallet_transaction.currency,
    wallet_transaction.amount,
    wallet_transaction.state AS status,
    wallet_transaction.provider,
    wallet_transaction.reference,
    wallet_transaction.origin_host,
    wallet_transaction.reason,
    wallet_transaction.created_at,
    wallet_transaction.updated_at
   FROM wallet.wallet_transaction
  WHERE (wallet_transaction.kind = 'deposit'::text);

ALTER TABLE cordon.player_deposit OWNER TO cordon_owner;

COMMENT ON VIEW cordon.player_deposit IS 'Deposits, under the name that the runbooks use. Rows of wallet_transaction.';

COMMENT ON COLUMN cordon.player_deposit.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.player_deposit.deposit_id IS 'The transaction.';

COMMENT ON COLUMN cordon.player_deposit.player_id IS 'Whose wallet.';

COMMENT ON COLUMN cordon.player_deposit.currency IS 'Currency of the amount.';

COMMENT ON COLUMN cordon.player_deposit.amount IS 'Minor units.';

COMMENT ON COLUMN cordon.player_deposit.status IS 'pending, approved or declined.';

COMMENT ON COLUMN cordon.player_deposit.provider IS 'Payment channel.';

COMMENT ON COLUMN cordon.player_deposit.reference IS 'The channel''s id of it.';

COMMENT ON COLUMN cordon.player_deposit.origin_host IS 'Host that the request came through.';

COMMENT ON COLUMN cordon.player_deposit.reason IS 'Why it was declined.';

COMMENT ON COLUMN cordon.player_deposit.created_at IS 'When it was asked for.';

COMMENT ON COLUMN cordon.player_deposit.updated_at IS 'When its status last changed.';

CREATE TABLE cordon.player_login (
    brand_id bigint NOT NULL,
    login_id bigint NOT NULL,
    player_id bigint,
    account_key text NOT NULL,
    outcome text NOT NULL,
    session_id uuid,
    source_ip_hash cordon.sha256_digest,
    request_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT player_login_outcome_check CHECK ((outcome ~ '^[a-z][a-z_]{0,63}$'::text))
);

ALTER TABLE ONLY cordon.player_login FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_login OWNER TO cordon_owner;

COMMENT ON TABLE cordon.player_login IS 'Log of login attempts, the refused ones too.';

COMMENT ON COLUMN cordon.player_login.brand_id IS 'Brand of the request''s host.';

COMMENT ON COLUMN cordon.player_login.login_id IS 'Ascending number of the attempt.';

COMMENT ON COLUMN cordon.player_login.player_id IS 'The player; NULL when the brand has no such account.';

COMMENT ON COLUMN cordon.player_login.account_key IS 'The account name that was tried, in lower case.';

COMMENT ON COLUMN cordon.player_login.outcome IS 'success, or the reason of the refusal.';

COMMENT ON COLUMN cordon.player_login.session_id IS 'The session that a success began.';

COMMENT ON COLUMN cordon.player_login.source_ip_hash IS 'SHA-256 of the source address.';

COMMENT ON COLUMN cordon.player_login.request_id IS 'Request that carried the attempt.';

COMMENT ON COLUMN cordon.player_login.created_at IS 'When it was made.';

ALTER TABLE cordon.player_login ALTER COLUMN login_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.player_login_login_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.player_outbox (
    brand_id bigint NOT NULL,
    event_id uuid NOT NULL,
    sequence bigint NOT NULL,
    event_type text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    published_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    dead_lettered_at timestamp with time zone,
    CONSTRAINT player_outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT player_outbox_event_type_check CHECK ((event_type <> ''::text)),
    CONSTRAINT player_outbox_payload_brand_check CHECK ((NOT ((payload -> 'brand_id'::text) IS DISTINCT FROM to_jsonb(brand_id))))
);

ALTER TABLE ONLY cordon.player_outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_outbox OWNER TO cordon_owner;

COMMENT ON TABLE cordon.player_outbox IS 'Events about players, written with their cause and published to the Redis Stream player:events afterwards.';

COMMENT ON COLUMN cordon.player_outbox.brand_id IS 'Brand of the event.';

COMMENT ON COLUMN cordon.player_outbox.event_id IS 'The event. Consumers drop one that they have seen.';

COMMENT ON COLUMN cordon.player_outbox.sequence IS 'Order in which events are published within the brand.';

COMMENT ON COLUMN cordon.player_outbox.event_type IS 'What happened: player.registered.';

COMMENT ON COLUMN cordon.player_outbox.payload IS 'The event. It carries brand_id itself.';

COMMENT ON COLUMN cordon.player_outbox.created_at IS 'When it happened.';

COMMENT ON COLUMN cordon.player_outbox.published_at IS 'When the stream had it; NULL until then.';

COMMENT ON COLUMN cordon.player_outbox.attempts IS 'How often publishing failed.';

COMMENT ON COLUMN cordon.player_outbox.last_error IS 'Why it last failed.';

COMMENT ON COLUMN cordon.player_outbox.dead_lettered_at IS 'When it was set aside so that the others could go on; NULL again once repaired.';

ALTER TABLE cordon.player_outbox ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.player_outbox_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE cordon.player ALTER COLUMN player_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME cordon.player_player_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.player_refresh_token (
    brand_id bigint NOT NULL,
    token_hash cordon.sha256_digest NOT NULL,
    session_id uuid NOT NULL,
    generation integer NOT NULL,
    issued_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT player_refresh_token_generation_check CHECK ((generation > 0))
);

ALTER TABLE ONLY cordon.player_refresh_token FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_refresh_token OWNER TO cordon_owner;

COMMENT ON TABLE cordon.player_refresh_token IS 'Every refresh token of a session. One is good for one use: a second use means that it was copied, and the whole session is revoked.';

COMMENT ON COLUMN cordon.player_refresh_token.brand_id IS 'Brand of the session.';

COMMENT ON COLUMN cordon.player_refresh_token.token_hash IS 'SHA-256 of the token. The token itself is stored nowhere.';

COMMENT ON COLUMN cordon.player_refresh_token.session_id IS 'The family.';

COMMENT ON COLUMN cordon.player_refresh_token.generation IS '1 for the token of the login, one more with each rotation.';

COMMENT ON COLUMN cordon.player_refresh_token.issued_at IS 'When it was handed out.';

COMMENT ON COLUMN cordon.player_refresh_token.expires_at IS 'When it stops being accepted.';

COMMENT ON COLUMN cordon.player_refresh_token.used_at IS 'When it was exchanged; NULL while it is the current one.';

CREATE TABLE cordon.player_session (
    brand_id bigint NOT NULL,
    session_id uuid NOT NULL,
    player_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    CONSTRAINT player_session_revocation_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
);

ALTER TABLE ONLY cordon.player_session FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_session OWNER TO cordon_owner;

COMMENT ON TABLE cordon.player_session IS 'A login and the family of refresh tokens that descends from it. Revoking the row ends all of them.';

COMMENT ON COLUMN cordon.player_session.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.player_session.session_id IS 'The session, as the tokens and the Redis key session:{brand}:{session_id} name it.';

COMMENT ON COLUMN cordon.player_session.player_id IS 'Whose session.';

COMMENT ON COLUMN cordon.player_session.created_at IS 'When the player logged in.';

COMMENT ON COLUMN cordon.player_session.expires_at IS 'When the newest refresh token ends.';

COMMENT ON COLUMN cordon.player_session.revoked_at IS 'When the family was ended; NULL while it lives.';

COMMENT ON COLUMN cordon.player_session.revoked_reason IS 'Why: logout, refresh_reuse, password_change, suspended, operator.';

CREATE VIEW cordon.player_withdraw WITH (security_invoker='true') AS
 SELECT wallet_transaction.brand_id,
    wallet_transaction.transaction_id AS withdraw_id,
    wallet_transaction.player_id,
    wallet_transaction.currency,
    wallet_transaction.amount,
    wallet_transaction.state AS status,
    wallet_transaction.provider,
    wallet_transaction.reference,
    wallet_transaction.origin_host,
    wallet_transaction.reason,
    wallet_transaction.created_at,
    wallet_transaction.updated_at
   FROM wallet.wallet_transaction
  WHERE (wallet_transaction.kind = 'withdraw'::text);

ALTER TABLE cordon.player_withdraw OWNER TO cordon_owner;

COMMENT ON VIEW cordon.player_withdraw IS 'Withdrawals, under the name that the runbooks use. Rows of wallet_transaction.';

COMMENT ON COLUMN cordon.player_withdraw.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.player_withdraw.withdraw_id IS 'The transaction.';

COMMENT ON COLUMN cordon.player_withdraw.player_id IS 'Whose wallet.';

COMMENT ON COLUMN cordon.player_withdraw.currency IS 'Currency of the amount.';

COMMENT ON COLUMN cordon.player_withdraw.amount IS 'Minor units.';

COMMENT ON COLUMN cordon.player_withdraw.status IS 'requested, approved, paid or declined.';

COMMENT ON COLUMN cordon.player_withdraw.provider IS 'Payment channel.';

COMMENT ON COLUMN cordon.player_withdraw.reference IS 'The channel''s id of it.';

COMMENT ON COLUMN cordon.player_withdraw.origin_host IS 'Host that the request came through.';

COMMENT ON COLUMN cordon.player_withdraw.reason IS 'Why it was declined.';

COMMENT ON COLUMN cordon.player_withdraw.created_at IS 'When it was asked for.';

COMMENT ON COLUMN cordon.player_withdraw.updated_at IS 'When its status last changed.';

ALTER TABLE cordon.recovery_audit ALTER COLUMN recovery_audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.recovery_audit_recovery_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.schema_migrations (
    version bigint NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE cordon.schema_migrations OWNER TO cordon_owner;

COMMENT ON TABLE cordon.schema_migrations IS 'The migration ladder: one row for each applied file. Written by cordon db migrate, read by every start-up.';

COMMENT ON COLUMN cordon.schema_migrations.version IS 'Number of the file (0001 is 1). The highest one is the head that EXPECTED_MIGRATION_HEAD is compared with.';

COMMENT ON COLUMN cordon.schema_migrations.name IS 'Name of the file after the number.';

COMMENT ON COLUMN cordon.schema_migrations.checksum IS 'SHA-256 of the file as applied. A file that changed afterwards stops the next migration.';

COMMENT ON COLUMN cordon.schema_migrations.applied_at IS 'When it was applied.';

ALTER TABLE cordon.security_audit_logs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.security_audit_logs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE cordon.shooter_sms (
    sms_id uuid NOT NULL,
    brand_id bigint,
    device text NOT NULL,
    sender text NOT NULL,
    body text NOT NULL,
    deposit_id uuid,
    received_at timestamp with time zone NOT NULL,
    matched_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT shooter_sms_device_check CHECK ((device <> ''::text)),
    CONSTRAINT shooter_sms_match_check CHECK ((((brand_id IS NULL) = (deposit_id IS NULL)) AND ((brand_id IS NULL) = (matched_at IS NULL)))),
    CONSTRAINT shooter_sms_sender_check CHECK ((sender <> ''::text))
);

ALTER TABLE ONLY cordon.shooter_sms FORCE ROW LEVEL SECURITY;

ALTER TABLE cordon.shooter_sms OWNER TO cordon_owner;

COMMENT ON TABLE cordon.shooter_sms IS 'Bank messages from the feed. The one brand-scoped table whose brand_id may be NULL: until a deposit is matched, nobody knows it.';

COMMENT ON COLUMN cordon.shooter_sms.sms_id IS 'The message; chosen by whoever takes it in, so that taking it in twice is one row.';

COMMENT ON COLUMN cordon.shooter_sms.brand_id IS 'Brand of the matched deposit; NULL until then.';

COMMENT ON COLUMN cordon.shooter_sms.device IS 'Receiver that passed it on.';

COMMENT ON COLUMN cordon.shooter_sms.sender IS 'Sender as the network showed it.';

COMMENT ON COLUMN cordon.shooter_sms.body IS 'The text.';

COMMENT ON COLUMN cordon.shooter_sms.deposit_id IS 'The deposit that it was matched with.';

COMMENT ON COLUMN cordon.shooter_sms.received_at IS 'When the receiver had it.';

COMMENT ON COLUMN cordon.shooter_sms.matched_at IS 'When it was matched.';

COMMENT ON COLUMN cordon.shooter_sms.created_at IS 'When it was taken in.';

CREATE TABLE cordon.staff (
    admin_id text NOT NULL,
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT staff_admin_id_check CHECK (((btrim(admin_id) <> ''::text) AND (btrim(admin_id) = admin_id) AND (char_length(admin_id) <= 128))),
    CONSTRAINT staff_roles_check CHECK ((cardinality(roles) > 0)),
    CONSTRAINT staff_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);

ALTER TABLE cordon.staff OWNER TO cordon_owner;

COMMENT ON TABLE cordon.staff IS 'Operators of the platform. Platform-wide; the brands of each are in staff_brand.';

COMMENT ON COLUMN cordon.staff.admin_id IS 'The operator, as tokens, X-Operator-Id and admin_audit.operator_id name them.';

COMMENT ON COLUMN cordon.staff.password_hash IS 'Argon2id in its own text form.';

COMMENT ON COLUMN cordon.staff.roles IS 'Roles; super_admin and super act on the platform and on every brand.';

COMMENT ON COLUMN cordon.staff.status IS 'active, or suspended: no sign-in.';

COMMENT ON COLUMN cordon.staff.created_at IS 'When the operator was added.';

COMMENT ON COLUMN cordon.staff.updated_at IS 'When password, roles or status last changed.';

CREATE TABLE cordon.staff_brand (
    brand_id bigint NOT NULL,
    admin_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE cordon.staff_brand OWNER TO cordon_owner;

COMMENT ON TABLE cordon.staff_brand IS 'The brands that an operator may act in. Super-admins need no row.';

COMMENT ON COLUMN cordon.staff_brand.brand_id IS 'The brand.';

COMMENT ON COLUMN cordon.staff_brand.admin_id IS 'The operator.';

COMMENT ON COLUMN cordon.staff_brand.created_at IS 'Since when.';

ALTER TABLE cordon.system_event ALTER COLUMN event_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME cordon.system_event_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW cordon.v_brand_config_default WITH (security_invoker='true') AS
 SELECT DISTINCT ON (brand_config_default.key) brand_config_default.key,
    brand_config_default.value,
    brand_config_default.version,
    brand_config_default.description
   FROM cordon.brand_config_default
  ORDER BY brand_config_default.key, brand_config_default.version DESC;

ALTER TABLE cordon.v_brand_config_default OWNER TO cordon_owner;

COMMENT ON VIEW cordon.v_brand_config_default IS 'The default of each key that counts now.';

COMMENT ON COLUMN cordon.v_brand_config_default.key IS 'The configuration key.';

COMMENT ON COLUMN cordon.v_brand_config_default.value IS 'The value used by brands that set none.';

COMMENT ON COLUMN cordon.v_brand_config_default.version IS 'The version it has.';

COMMENT ON COLUMN cordon.v_brand_config_default.description IS 'What the key does, in which unit.';

CREATE VIEW cordon.v_platform_table WITH (security_invoker='true') AS
 SELECT t.schema_name,
    t.table_name,
    t.reason
   FROM ( VALUES ('cordon'::text,'brand'::text,'the catalogue itself'::text), ('cordon'::text,'domain_binding'::text,'decides the brand, so it is read before one is known'::text), ('cordon'::text,'admin_audit'::text,'operators act on the platform too; a transaction with a brand sees that brand''s rows only'::text), ('cordon'::text,'staff_brand'::text,'which brands an operator may act in; read when an operator signs in'::text), ('cordon'::text,'system_event'::text,'requests are refused before their brand is known too; a transaction with a brand sees that brand''s rows only'::text)) t(schema_name, table_name, reason);

ALTER TABLE cordon.v_platform_table OWNER TO cordon_owner;

COMMENT ON VIEW cordon.v_platform_table IS 'The tables that have a column brand_id and are yet not brand-scoped, each with its reason. Adding one is a reviewed change.';

COMMENT ON COLUMN cordon.v_platform_table.schema_name IS 'Schema of the table.';

COMMENT ON COLUMN cordon.v_platform_table.table_name IS 'The table.';

COMMENT ON COLUMN cordon.v_platform_table.reason IS 'Why it is not brand-scoped.';

CREATE VIEW cordon.v_brand_scoped_table WITH (security_invoker='true') AS
 SELECT (n.nspname)::text AS schema_name,
    (c.relname)::text AS table_name,
    (NOT a.attnotnull) AS brand_id_nullable,
    COALESCE((k.indkey[0] = a.attnum), false) AS brand_id_leads_primary_key,
    (c.relrowsecurity AND c.relforcerowsecurity) AS row_security_forced
   FROM (((pg_class c
     JOIN pg_namespace n ON ((n.oid = c.relnamespace)))
     JOIN pg_attribute a ON (((a.attrelid = c.oid) AND (a.attname = 'brand_id'::name) AND (NOT a.attisdropped))))
     LEFT JOIN pg_index k ON (((k.indrelid = c.oid) AND k.indisprimary)))
  WHERE ((c.relkind = ANY (ARRAY['r'::"char", 'p'::"char"])) AND (n.nspname <> ALL (ARRAY['pg_catalog'::name, 'information_schema'::name])) AND (n.nspname !~~ 'pg\_%'::text) AND (NOT (EXISTS ( SELECT
           FROM cordon.v_platform_table p
          WHERE ((p.schema_name = n.nspname) AND (p.table_name = c.relname))))))
  ORDER BY n.nspname, c.relname;

ALTER TABLE cordon.v_brand_scoped_table OWNER TO cordon_owner;

COMMENT ON VIEW cordon.v_brand_scoped_table IS 'The inventory of brand-scoped tables, from the live catalog: every table with a column brand_id, except those that v_platform_table names.';

COMMENT ON COLUMN cordon.v_brand_scoped_table.schema_name IS 'Schema of the table.';

COMMENT ON COLUMN cordon.v_brand_scoped_table.table_name IS 'The table.';

COMMENT ON COLUMN cordon.v_brand_scoped_table.brand_id_nullable IS 'True only for shooter_sms, whose rows arrive before their brand is known.';

COMMENT ON COLUMN cordon.v_brand_scoped_table.brand_id_leads_primary_key IS 'Whether brand_id is the first column of the primary key.';

COMMENT ON COLUMN cordon.v_brand_scoped_table.row_security_forced IS 'Whether row-level security is on and binds the owner too. False is an incident.';

CREATE VIEW cordon.v_delegated_approval WITH (security_invoker='true') AS
 SELECT r.approval_id,
    r.action,
    r.subject,
        CASE
            WHEN ((l.event = ANY (ARRAY['requested'::text, 'approved'::text])) AND (clock_timestamp() >= r.expires_at)) THEN 'expired'::text
            ELSE l.event
        END AS state,
    r.operator_id AS requested_by,
    r.reason,
    r.created_at AS requested_at,
    r.expires_at,
    d.operator_id AS decided_by,
    d.created_at AS decided_at,
    u.operator_id AS used_by,
    u.created_at AS used_at
   FROM (((cordon.delegated_approval r
     CROSS JOIN LATERAL ( SELECT a.event
           FROM cordon.delegated_approval a
          WHERE (a.approval_id = r.approval_id)
          ORDER BY a.step DESC
         LIMIT 1) l)
     LEFT JOIN cordon.delegated_approval d ON (((d.approval_id = r.approval_id) AND (d.event = ANY (ARRAY['approved'::text, 'rejected'::text])))))
     LEFT JOIN cordon.delegated_approval u ON (((u.approval_id = r.approval_id) AND (u.event = 'used'::text))))
  WHERE (r.step = 1);

ALTER TABLE cordon.v_delegated_approval OWNER TO cordon_owner;

COMMENT ON VIEW cordon.v_delegated_approval IS 'Each request for an approval, and how it stands.';

COMMENT ON COLUMN cordon.v_delegated_approval.approval_id IS 'The request.';

COMMENT ON COLUMN cordon.v_delegated_approval.action IS 'The act.';

COMMENT ON COLUMN cordon.v_delegated_approval.subject IS 'What exactly may be done.';

COMMENT ON COLUMN cordon.v_delegated_approval.state IS 'requested, approved, rejected, expired or used.';

COMMENT ON COLUMN cordon.v_delegated_approval.requested_by IS 'Who asked.';

COMMENT ON COLUMN cordon.v_delegated_approval.reason IS 'Why.';

COMMENT ON COLUMN cordon.v_delegated_approval.requested_at IS 'When.';

COMMENT ON COLUMN cordon.v_delegated_approval.expires_at IS 'Nothing is approved or used from then on.';

COMMENT ON COLUMN cordon.v_delegated_approval.decided_by IS 'Who approved or rejected it.';

COMMENT ON COLUMN cordon.v_delegated_approval.decided_at IS 'When.';

COMMENT ON COLUMN cordon.v_delegated_approval.used_by IS 'Who did what was approved.';

COMMENT ON COLUMN cordon.v_delegated_approval.used_at IS 'When.';

CREATE TABLE wallet.wallet_ledger (
    brand_id bigint NOT NULL,
    seq bigint NOT NULL,
    request_id text NOT NULL,
    command text NOT NULL,
    transaction_id uuid,
    player_id bigint,
    account text NOT NULL,
    currency cordon.currency_code NOT NULL,
    amount bigint NOT NULL,
    balance_after bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    prev_hash cordon.sha256_digest NOT NULL,
    row_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT wallet_ledger_amount_check CHECK ((amount <> 0)),
    CONSTRAINT wallet_ledger_balance_after_check CHECK ((balance_after >= 0)),
    CONSTRAINT wallet_ledger_seq_check CHECK ((seq > 0)),
    CONSTRAINT wallet_ledger_side_check CHECK (((player_id IS NULL) = (balance_after IS NULL)))
);

ALTER TABLE ONLY wallet.wallet_ledger FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_ledger OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_ledger IS 'Every movement of money, one row for each bucket or account it touched. Append-only; a correction is a compensating command.';

COMMENT ON COLUMN wallet.wallet_ledger.brand_id IS 'Brand of the movement.';

COMMENT ON COLUMN wallet.wallet_ledger.seq IS 'Number of the entry in its brand''s ledger, from 1, without a gap.';

COMMENT ON COLUMN wallet.wallet_ledger.request_id IS 'The command that made the entry. Its entries are written by one INSERT and sum to zero in each currency.';

COMMENT ON COLUMN wallet.wallet_ledger.command IS 'Name of that command.';

COMMENT ON COLUMN wallet.wallet_ledger.transaction_id IS 'The transaction that it belongs to.';

COMMENT ON COLUMN wallet.wallet_ledger.player_id IS 'Whose bucket; NULL for an account of the brand itself.';

COMMENT ON COLUMN wallet.wallet_ledger.account IS 'The bucket of the player, or the account of the brand (wallet_account).';

COMMENT ON COLUMN wallet.wallet_ledger.currency IS 'Currency of the amount.';

COMMENT ON COLUMN wallet.wallet_ledger.amount IS 'Minor units: positive comes in, negative goes out. Never zero.';

COMMENT ON COLUMN wallet.wallet_ledger.balance_after IS 'What the bucket held after this entry; NULL for accounts of the brand.';

COMMENT ON COLUMN wallet.wallet_ledger.created_at IS 'When the batch that moved the money was decided.';

COMMENT ON COLUMN wallet.wallet_ledger.prev_hash IS 'row_hash of the entry before it; 32 zero bytes for the first.';

COMMENT ON COLUMN wallet.wallet_ledger.row_hash IS 'SHA-256 over every other column (docs/formats/ledger-entry.md).';

CREATE VIEW cordon.v_player_balance_change WITH (security_invoker='true') AS
 SELECT wallet_ledger.brand_id,
    wallet_ledger.seq AS number,
    wallet_ledger.player_id,
    wallet_ledger.command AS change_type,
    wallet_ledger.request_id,
    wallet_ledger.account,
    wallet_ledger.currency,
    wallet_ledger.amount,
    (wallet_ledger.balance_after - wallet_ledger.amount) AS balance_before,
    wallet_ledger.balance_after,
    wallet_ledger.created_at
   FROM wallet.wallet_ledger
  WHERE (wallet_ledger.player_id IS NOT NULL)
UNION ALL
 SELECT player_balance_log.brand_id,
    (player_balance_log.log_id - '4611686018427387904'::bigint) AS number,
    player_balance_log.player_id,
    player_balance_log.change_type,
    player_balance_log.request_id,
    NULL::text AS account,
    player_balance_log.currency,
    player_balance_log.amount,
    player_balance_log.balance_before,
    player_balance_log.balance_after,
    player_balance_log.created_at
   FROM cordon.player_balance_log;

ALTER TABLE cordon.v_player_balance_change OWNER TO cordon_owner;

COMMENT ON VIEW cordon.v_player_balance_change IS 'Every change of a player''s balance: the ledger''s entries, and before them what the replaced systems logged (negative numbers).';

COMMENT ON COLUMN cordon.v_player_balance_change.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN cordon.v_player_balance_change.number IS 'Ascending in time: seq of the ledger; negative for rows of player_balance_log.';

COMMENT ON COLUMN cordon.v_player_balance_change.player_id IS 'Whose balance.';

COMMENT ON COLUMN cordon.v_player_balance_change.change_type IS 'The command; in old rows what changed it.';

COMMENT ON COLUMN cordon.v_player_balance_change.request_id IS 'The command''s idempotency key, where there was one.';

COMMENT ON COLUMN cordon.v_player_balance_change.account IS 'The bucket; NULL in old rows, which are of all buckets together.';

COMMENT ON COLUMN cordon.v_player_balance_change.currency IS 'Currency of the amounts.';

COMMENT ON COLUMN cordon.v_player_balance_change.amount IS 'Minor units, signed.';

COMMENT ON COLUMN cordon.v_player_balance_change.balance_before IS 'Minor units before the change.';

COMMENT ON COLUMN cordon.v_player_balance_change.balance_after IS 'Minor units after it.';

COMMENT ON COLUMN cordon.v_player_balance_change.created_at IS 'When it changed.';

CREATE VIEW cordon.v_security_audit_log WITH (security_invoker='true') AS
 SELECT l.id,
    l.event_type,
    l.user_id,
    l.authenticated_restaurant_id AS authenticated_brand_id,
    l.attempted_restaurant_id AS attempted_brand_id,
    l.session_id,
    l.ip_address,
    l.user_agent,
    l.severity,
    l.created_at
   FROM cordon.security_audit_logs l;

ALTER TABLE cordon.v_security_audit_log OWNER TO cordon_owner;

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

CREATE SEQUENCE evidence.admin_audit_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.admin_audit_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.containment (
    brand_id bigint NOT NULL,
    containment_id bigint NOT NULL,
    begun_by text NOT NULL,
    reason text NOT NULL,
    begun_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_by text,
    end_reason text,
    ended_at timestamp with time zone,
    CONSTRAINT containment_begun_by_check CHECK ((btrim(begun_by) <> ''::text)),
    CONSTRAINT containment_check CHECK ((((ended_at IS NULL) = (ended_by IS NULL)) AND ((ended_at IS NULL) = (end_reason IS NULL)))),
    CONSTRAINT containment_end_reason_check CHECK ((btrim(end_reason) <> ''::text)),
    CONSTRAINT containment_ended_by_check CHECK ((btrim(ended_by) <> ''::text)),
    CONSTRAINT containment_reason_check CHECK ((btrim(reason) <> ''::text))
);

ALTER TABLE ONLY evidence.containment FORCE ROW LEVEL SECURITY;

ALTER TABLE evidence.containment OWNER TO cordon_owner;

COMMENT ON TABLE evidence.containment IS 'When a brand''s writes were stopped, by whom and why; at most one such time is not over.';

COMMENT ON COLUMN evidence.containment.brand_id IS 'The brand.';

COMMENT ON COLUMN evidence.containment.containment_id IS 'Ascending number of the row.';

COMMENT ON COLUMN evidence.containment.begun_by IS 'The operator, or the monitor that found something.';

COMMENT ON COLUMN evidence.containment.reason IS 'Why.';

COMMENT ON COLUMN evidence.containment.begun_at IS 'From when on writes are refused.';

COMMENT ON COLUMN evidence.containment.ended_by IS 'The operator who decided that the brand may write again.';

COMMENT ON COLUMN evidence.containment.end_reason IS 'Why it may.';

COMMENT ON COLUMN evidence.containment.ended_at IS 'When that was; NULL while writes are refused.';

ALTER TABLE evidence.containment ALTER COLUMN containment_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME evidence.containment_containment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE evidence.delegated_approval_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.delegated_approval_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.log_checkpoint (
    brand_id bigint NOT NULL,
    ledger evidence.ledger_name NOT NULL,
    tree_size bigint NOT NULL,
    root_hash cordon.sha256_digest NOT NULL,
    note bytea NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    CONSTRAINT log_checkpoint_note_check CHECK (((octet_length(note) >= 1) AND (octet_length(note) <= 65536))),
    CONSTRAINT log_checkpoint_tree_size_check CHECK ((tree_size > 0))
);

ALTER TABLE ONLY evidence.log_checkpoint FORCE ROW LEVEL SECURITY;

ALTER TABLE evidence.log_checkpoint OWNER TO cordon_owner;

COMMENT ON TABLE evidence.log_checkpoint IS 'What was signed of each log, in the order in which it was. A log only grows.';

COMMENT ON COLUMN evidence.log_checkpoint.brand_id IS 'The brand.';

COMMENT ON COLUMN evidence.log_checkpoint.ledger IS 'The ledger.';

COMMENT ON COLUMN evidence.log_checkpoint.tree_size IS 'Entries in the tree.';

COMMENT ON COLUMN evidence.log_checkpoint.root_hash IS 'Root of the tree.';

COMMENT ON COLUMN evidence.log_checkpoint.note IS 'The signed note.';

COMMENT ON COLUMN evidence.log_checkpoint.signed_at IS 'When it was signed, as its cosignature says.';

CREATE SEQUENCE evidence.log_checkpoint_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.log_checkpoint_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.log_cosignature (
    brand_id bigint NOT NULL,
    ledger text NOT NULL,
    tree_size bigint NOT NULL,
    witness text NOT NULL,
    key_id bigint NOT NULL,
    signature bytea NOT NULL,
    cosigned_at timestamp with time zone NOT NULL,
    CONSTRAINT log_cosignature_key_id_check CHECK (((key_id >= 0) AND (key_id <= '4294967295'::bigint))),
    CONSTRAINT log_cosignature_signature_check CHECK ((octet_length(signature) = 72)),
    CONSTRAINT log_cosignature_witness_check CHECK (((octet_length(witness) >= 1) AND (octet_length(witness) <= 255)))
);

ALTER TABLE ONLY evidence.log_cosignature FORCE ROW LEVEL SECURITY;

ALTER TABLE evidence.log_cosignature OWNER TO cordon_owner;

COMMENT ON TABLE evidence.log_cosignature IS 'Cosignatures of witnesses over the logs'' checkpoints.';

COMMENT ON COLUMN evidence.log_cosignature.brand_id IS 'The brand.';

COMMENT ON COLUMN evidence.log_cosignature.ledger IS 'The ledger.';

COMMENT ON COLUMN evidence.log_cosignature.tree_size IS 'The checkpoint, by its entries.';

COMMENT ON COLUMN evidence.log_cosignature.witness IS 'The name of the key that cosigned.';

COMMENT ON COLUMN evidence.log_cosignature.key_id IS 'The id of that key.';

COMMENT ON COLUMN evidence.log_cosignature.signature IS 'Eight bytes of Unix time, and Ed25519.';

COMMENT ON COLUMN evidence.log_cosignature.cosigned_at IS 'When it was cosigned, as the cosignature says.';

CREATE SEQUENCE evidence.log_cosignature_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.log_cosignature_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.log_tile (
    brand_id bigint NOT NULL,
    ledger evidence.ledger_name NOT NULL,
    level smallint NOT NULL,
    tile_index bigint NOT NULL,
    hashes bytea NOT NULL,
    root_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT log_tile_hashes_check CHECK ((octet_length(hashes) = 8192)),
    CONSTRAINT log_tile_level_check CHECK (((level >= 0) AND (level <= 7))),
    CONSTRAINT log_tile_tile_index_check CHECK ((tile_index >= 0))
);

ALTER TABLE ONLY evidence.log_tile FORCE ROW LEVEL SECURITY;

ALTER TABLE evidence.log_tile OWNER TO cordon_owner;

COMMENT ON TABLE evidence.log_tile IS 'Full tiles of the logs'' Merkle trees. Each is written once, before a checkpoint that needs it.';

COMMENT ON COLUMN evidence.log_tile.brand_id IS 'The brand.';

COMMENT ON COLUMN evidence.log_tile.ledger IS 'The ledger whose log it belongs to.';

COMMENT ON COLUMN evidence.log_tile.level IS '0 holds hashes of entries, each level above the roots of full tiles of the one below.';

COMMENT ON COLUMN evidence.log_tile.tile_index IS 'Its place in the level, from 0.';

COMMENT ON COLUMN evidence.log_tile.hashes IS 'Its 256 hashes, 32 bytes each.';

COMMENT ON COLUMN evidence.log_tile.root_hash IS 'The root over them: its hash in the level above.';

CREATE SEQUENCE evidence.log_tile_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.log_tile_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.platform_log_checkpoint (
    ledger evidence.ledger_name NOT NULL,
    tree_size bigint NOT NULL,
    root_hash cordon.sha256_digest NOT NULL,
    note bytea NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    CONSTRAINT platform_log_checkpoint_note_check CHECK (((octet_length(note) >= 1) AND (octet_length(note) <= 65536))),
    CONSTRAINT platform_log_checkpoint_tree_size_check CHECK ((tree_size > 0))
);

ALTER TABLE evidence.platform_log_checkpoint OWNER TO cordon_owner;

COMMENT ON TABLE evidence.platform_log_checkpoint IS 'As log_checkpoint, of the logs of acts on the platform itself.';

COMMENT ON COLUMN evidence.platform_log_checkpoint.ledger IS 'The ledger.';

COMMENT ON COLUMN evidence.platform_log_checkpoint.tree_size IS 'Entries in the tree.';

COMMENT ON COLUMN evidence.platform_log_checkpoint.root_hash IS 'Root of the tree.';

COMMENT ON COLUMN evidence.platform_log_checkpoint.note IS 'The signed note.';

COMMENT ON COLUMN evidence.platform_log_checkpoint.signed_at IS 'When it was signed, as its cosignature says.';

CREATE SEQUENCE evidence.platform_log_checkpoint_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.platform_log_checkpoint_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.platform_log_cosignature (
    ledger text NOT NULL,
    tree_size bigint NOT NULL,
    witness text NOT NULL,
    key_id bigint NOT NULL,
    signature bytea NOT NULL,
    cosigned_at timestamp with time zone NOT NULL,
    CONSTRAINT platform_log_cosignature_key_id_check CHECK (((key_id >= 0) AND (key_id <= '4294967295'::bigint))),
    CONSTRAINT platform_log_cosignature_signature_check CHECK ((octet_length(signature) = 72)),
    CONSTRAINT platform_log_cosignature_witness_check CHECK (((octet_length(witness) >= 1) AND (octet_length(witness) <= 255)))
);

ALTER TABLE evidence.platform_log_cosignature OWNER TO cordon_owner;

COMMENT ON TABLE evidence.platform_log_cosignature IS 'As log_cosignature, of the logs of acts on the platform itself.';

COMMENT ON COLUMN evidence.platform_log_cosignature.ledger IS 'The ledger.';

COMMENT ON COLUMN evidence.platform_log_cosignature.tree_size IS 'The checkpoint, by its entries.';

COMMENT ON COLUMN evidence.platform_log_cosignature.witness IS 'The name of the key that cosigned.';

COMMENT ON COLUMN evidence.platform_log_cosignature.key_id IS 'The id of that key.';

COMMENT ON COLUMN evidence.platform_log_cosignature.signature IS 'Eight bytes of Unix time, and Ed25519.';

COMMENT ON COLUMN evidence.platform_log_cosignature.cosigned_at IS 'When it was cosigned, as the cosignature says.';

CREATE SEQUENCE evidence.platform_log_cosignature_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.platform_log_cosignature_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.platform_log_tile (
    ledger evidence.ledger_name NOT NULL,
    level smallint NOT NULL,
    tile_index bigint NOT NULL,
    hashes bytea NOT NULL,
    root_hash cordon.sha256_digest NOT NULL,
    CONSTRAINT platform_log_tile_hashes_check CHECK ((octet_length(hashes) = 8192)),
    CONSTRAINT platform_log_tile_level_check CHECK (((level >= 0) AND (level <= 7))),
    CONSTRAINT platform_log_tile_tile_index_check CHECK ((tile_index >= 0))
);

ALTER TABLE evidence.platform_log_tile OWNER TO cordon_owner;

COMMENT ON TABLE evidence.platform_log_tile IS 'As log_tile, of the logs of acts on the platform itself.';

COMMENT ON COLUMN evidence.platform_log_tile.ledger IS 'The ledger whose rows without a brand are the log.';

COMMENT ON COLUMN evidence.platform_log_tile.level IS '0 holds hashes of entries, each level above the roots of full tiles of the one below.';

COMMENT ON COLUMN evidence.platform_log_tile.tile_index IS 'Its place in the level, from 0.';

COMMENT ON COLUMN evidence.platform_log_tile.hashes IS 'Its 256 hashes, 32 bytes each.';

COMMENT ON COLUMN evidence.platform_log_tile.root_hash IS 'The root over them: its hash in the level above.';

CREATE SEQUENCE evidence.platform_log_tile_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.platform_log_tile_refusals OWNER TO cordon_owner;

CREATE SEQUENCE evidence.player_balance_log_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.player_balance_log_refusals OWNER TO cordon_owner;

CREATE SEQUENCE evidence.recovery_audit_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.recovery_audit_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.security_audit_chain (
    seq bigint NOT NULL,
    id bigint NOT NULL,
    prev_hash cordon.sha256_digest NOT NULL,
    row_hash cordon.sha256_digest NOT NULL
);

ALTER TABLE evidence.security_audit_chain OWNER TO cordon_owner;

COMMENT ON TABLE evidence.security_audit_chain IS 'The chain of security_audit_logs, whose ten columns are fixed.';

COMMENT ON COLUMN evidence.security_audit_chain.seq IS 'Number of the row in the log, from 1, without a gap.';

COMMENT ON COLUMN evidence.security_audit_chain.id IS 'The row.';

COMMENT ON COLUMN evidence.security_audit_chain.prev_hash IS 'row_hash of the row before it; 32 zero bytes for the first.';

COMMENT ON COLUMN evidence.security_audit_chain.row_hash IS 'SHA-256 over seq, prev_hash and the row (docs/formats/ledger-entry.md).';

CREATE SEQUENCE evidence.security_audit_chain_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.security_audit_chain_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.security_audit_key (
    entry_key text NOT NULL,
    id bigint NOT NULL,
    CONSTRAINT security_audit_key_entry_key_check CHECK ((char_length(entry_key) = 36))
);

ALTER TABLE evidence.security_audit_key OWNER TO cordon_owner;

COMMENT ON TABLE evidence.security_audit_key IS 'By which key a row of security_audit_logs was written, so that a line of the fallback file is never imported twice (S3-FALL-07).';

COMMENT ON COLUMN evidence.security_audit_key.entry_key IS 'Chosen by the writer; the line has it as entry_key.';

COMMENT ON COLUMN evidence.security_audit_key.id IS 'The row.';

CREATE SEQUENCE evidence.security_audit_key_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.security_audit_key_refusals OWNER TO cordon_owner;

CREATE SEQUENCE evidence.security_audit_logs_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.security_audit_logs_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.signing_key (
    operator_name text NOT NULL,
    number bigint NOT NULL,
    public_key bytea NOT NULL,
    record bytea NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    approval text,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT signing_key_number_check CHECK ((number > 0)),
    CONSTRAINT signing_key_operator_name_check CHECK (((octet_length(operator_name) >= 1) AND (octet_length(operator_name) <= 255))),
    CONSTRAINT signing_key_public_key_check CHECK ((octet_length(public_key) = 32)),
    CONSTRAINT signing_key_record_check CHECK (((octet_length(record) >= 1) AND (octet_length(record) <= 8192)))
);

ALTER TABLE evidence.signing_key OWNER TO cordon_owner;

COMMENT ON TABLE evidence.signing_key IS 'Every key that ever signs for an operator: its public half, and the record by which the key before it named it.';

COMMENT ON COLUMN evidence.signing_key.operator_name IS 'The name that checkpoints bear.';

COMMENT ON COLUMN evidence.signing_key.number IS 'From 1, without a gap.';

COMMENT ON COLUMN evidence.signing_key.public_key IS 'The Ed25519 key.';

COMMENT ON COLUMN evidence.signing_key.record IS 'Its record in the key history (docs/formats/key-history.md).';

COMMENT ON COLUMN evidence.signing_key.valid_from IS 'It signs from then on, until the next key does.';

COMMENT ON COLUMN evidence.signing_key.approval IS 'The approval that the rotation had.';

COMMENT ON COLUMN evidence.signing_key.registered_at IS 'When the database heard of it.';

CREATE SEQUENCE evidence.signing_key_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.signing_key_refusals OWNER TO cordon_owner;

CREATE TABLE evidence.signing_pause (
    pause_id bigint NOT NULL,
    event text NOT NULL,
    until timestamp with time zone,
    operator_id text NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT signing_pause_event_check CHECK ((event = ANY (ARRAY['paused'::text, 'resumed'::text]))),
    CONSTRAINT signing_pause_operator_id_check CHECK ((btrim(operator_id) <> ''::text)),
    CONSTRAINT signing_pause_reason_check CHECK ((btrim(reason) <> ''::text)),
    CONSTRAINT signing_pause_until_check CHECK ((((event = 'paused'::text) = (until IS NOT NULL)) AND (until <= (created_at + '24:00:00'::interval))))
);

ALTER TABLE evidence.signing_pause OWNER TO cordon_owner;

COMMENT ON TABLE evidence.signing_pause IS 'When the signing of logs was paused and resumed; the last row says how it stands.';

COMMENT ON COLUMN evidence.signing_pause.pause_id IS 'The order.';

COMMENT ON COLUMN evidence.signing_pause.event IS 'paused or resumed.';

COMMENT ON COLUMN evidence.signing_pause.until IS 'A pause ends then by itself.';

COMMENT ON COLUMN evidence.signing_pause.operator_id IS 'By whom.';

COMMENT ON COLUMN evidence.signing_pause.reason IS 'Why.';

COMMENT ON COLUMN evidence.signing_pause.created_at IS 'When.';

ALTER TABLE evidence.signing_pause ALTER COLUMN pause_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME evidence.signing_pause_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE evidence.signing_pause_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.signing_pause_refusals OWNER TO cordon_owner;

CREATE SEQUENCE evidence.system_event_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.system_event_refusals OWNER TO cordon_owner;

CREATE SEQUENCE evidence.wallet_ledger_refusals
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    NO MAXVALUE
    CACHE 1;

ALTER TABLE evidence.wallet_ledger_refusals OWNER TO cordon_owner;

CREATE VIEW evidence.v_refused_change WITH (security_invoker='true') AS
 SELECT 'cordon.admin_audit'::text AS ledger,
    admin_audit_refusals.last_value AS attempts
   FROM evidence.admin_audit_refusals
UNION ALL
 SELECT 'cordon.delegated_approval'::text AS ledger,
    delegated_approval_refusals.last_value AS attempts
   FROM evidence.delegated_approval_refusals
UNION ALL
 SELECT 'cordon.player_balance_log'::text AS ledger,
    player_balance_log_refusals.last_value AS attempts
   FROM evidence.player_balance_log_refusals
UNION ALL
 SELECT 'cordon.recovery_audit'::text AS ledger,
    recovery_audit_refusals.last_value AS attempts
   FROM evidence.recovery_audit_refusals
UNION ALL
 SELECT 'cordon.security_audit_logs'::text AS ledger,
    security_audit_logs_refusals.last_value AS attempts
   FROM evidence.security_audit_logs_refusals
UNION ALL
 SELECT 'cordon.system_event'::text AS ledger,
    system_event_refusals.last_value AS attempts
   FROM evidence.system_event_refusals
UNION ALL
 SELECT 'evidence.log_checkpoint'::text AS ledger,
    log_checkpoint_refusals.last_value AS attempts
   FROM evidence.log_checkpoint_refusals
UNION ALL
 SELECT 'evidence.log_cosignature'::text AS ledger,
    log_cosignature_refusals.last_value AS attempts
   FROM evidence.log_cosignature_refusals
UNION ALL
 SELECT 'evidence.log_tile'::text AS ledger,
    log_tile_refusals.last_value AS attempts
   FROM evidence.log_tile_refusals
UNION ALL
 SELECT 'evidence.platform_log_checkpoint'::text AS ledger,
    platform_log_checkpoint_refusals.last_value AS attempts
   FROM evidence.platform_log_checkpoint_refusals
UNION ALL
 SELECT 'evidence.platform_log_cosignature'::text AS ledger,
    platform_log_cosignature_refusals.last_value AS attempts
   FROM evidence.platform_log_cosignature_refusals
UNION ALL
 SELECT 'evidence.platform_log_tile'::text AS ledger,
    platform_log_tile_refusals.last_value AS attempts
   FROM evidence.platform_log_tile_refusals
UNION ALL
 SELECT 'evidence.security_audit_chain'::text AS ledger,
    security_audit_chain_refusals.last_value AS attempts
   FROM evidence.security_audit_chain_refusals
UNION ALL
 SELECT 'evidence.security_audit_key'::text AS ledger,
    security_audit_key_refusals.last_value AS attempts
   FROM evidence.security_audit_key_refusals
UNION ALL
 SELECT 'evidence.signing_key'::text AS ledger,
    signing_key_refusals.last_value AS attempts
   FROM evidence.signing_key_refusals
UNION ALL
 SELECT 'evidence.signing_pause'::text AS ledger,
    signing_pause_refusals.last_value AS attempts
   FROM evidence.signing_pause_refusals
UNION ALL
 SELECT 'wallet.wallet_ledger'::text AS ledger,
    wallet_ledger_refusals.last_value AS attempts
   FROM evidence.wallet_ledger_refusals;

ALTER TABLE evidence.v_refused_change OWNER TO cordon_owner;

COMMENT ON VIEW evidence.v_refused_change IS 'How often each append-only table refused an UPDATE, DELETE or TRUNCATE, whoever tried. What a missing grant refuses is not in it: PostgreSQL''s own log has that.';

COMMENT ON COLUMN evidence.v_refused_change.ledger IS 'The table, with its schema.';

COMMENT ON COLUMN evidence.v_refused_change.attempts IS 'Attempts since the table has its guard.';

CREATE VIEW evidence.v_written_in_containment WITH (security_invoker='true') AS
 SELECT t.schema_name,
    t.table_name,
    t.reason
   FROM ( VALUES ('cordon'::text,'recovery_audit'::text,'history'::text), ('cordon'::text,'player_login'::text,'history'::text), ('cordon'::text,'player_session'::text,'signing in to look, and above all ending sessions'::text), ('cordon'::text,'player_refresh_token'::text,'as player_session'::text), ('cordon'::text,'player_outbox'::text,'what happened before is still told'::text), ('cordon'::text,'game_provider_switch'::text,'a provider can be switched off'::text), ('evidence'::text,'containment'::text,'or it could not end'::text), ('evidence'::text,'log_tile'::text,'evidence of what stands there'::text), ('evidence'::text,'log_checkpoint'::text,'evidence of what stands there'::text), ('evidence'::text,'log_cosignature'::text,'evidence of what stands there'::text), ('security'::text,'cross_brand_detection'::text,'history'::text), ('wallet'::text,'wallet_outbox'::text,'what happened before is still told'::text), ('wallet'::text,'wallet_check'::text,'the money is checked on'::text), ('wallet'::text,'wallet_check_finding'::text,'the money is checked on'::text)) t(schema_name, table_name, reason);

ALTER TABLE evidence.v_written_in_containment OWNER TO cordon_owner;

COMMENT ON VIEW evidence.v_written_in_containment IS 'The brand-scoped tables that take writes also of a contained brand, each with its reason. Every other one has trg_containment.';

COMMENT ON COLUMN evidence.v_written_in_containment.schema_name IS 'Schema of the table.';

COMMENT ON COLUMN evidence.v_written_in_containment.table_name IS 'The table.';

COMMENT ON COLUMN evidence.v_written_in_containment.reason IS 'Why it takes them.';

CREATE TABLE security.cross_brand_detection (
    brand_id bigint NOT NULL,
    detection_id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    found_brand_id bigint NOT NULL,
    database_role text DEFAULT SESSION_USER NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cross_brand_detection_check CHECK ((found_brand_id <> brand_id))
);

ALTER TABLE ONLY security.cross_brand_detection FORCE ROW LEVEL SECURITY;

ALTER TABLE security.cross_brand_detection OWNER TO cordon_owner;

COMMENT ON TABLE security.cross_brand_detection IS 'Each time row_brand found a row under another brand. Written in the asker''s transaction: one that rolls back afterwards leaves only its log line.';

COMMENT ON COLUMN security.cross_brand_detection.brand_id IS 'Brand that asked.';

COMMENT ON COLUMN security.cross_brand_detection.detection_id IS 'Ascending number of the row.';

COMMENT ON COLUMN security.cross_brand_detection.kind IS 'What was looked for: player, wallet_transaction or wallet_command.';

COMMENT ON COLUMN security.cross_brand_detection.key IS 'Its key as asked: player_id, transaction_id or request_id.';

COMMENT ON COLUMN security.cross_brand_detection.found_brand_id IS 'Brand that has it.';

COMMENT ON COLUMN security.cross_brand_detection.database_role IS 'Login that asked.';

COMMENT ON COLUMN security.cross_brand_detection.created_at IS 'When.';

ALTER TABLE security.cross_brand_detection ALTER COLUMN detection_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME security.cross_brand_detection_detection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE wallet.payment_callback (
    brand_id bigint NOT NULL,
    provider text NOT NULL,
    payment_id text NOT NULL,
    status text NOT NULL,
    outcome text NOT NULL,
    reason text,
    order_number text NOT NULL,
    transaction_id uuid,
    amount bigint,
    currency text,
    bonus_amount bigint DEFAULT 0 NOT NULL,
    request_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT payment_callback_bonus_amount_check CHECK ((bonus_amount >= 0)),
    CONSTRAINT payment_callback_bonus_check CHECK (((bonus_amount = 0) OR (outcome = 'approved'::text))),
    CONSTRAINT payment_callback_currency_check CHECK (((octet_length(currency) >= 1) AND (octet_length(currency) <= 16))),
    CONSTRAINT payment_callback_order_number_check CHECK (((octet_length(order_number) >= 1) AND (octet_length(order_number) <= 255))),
    CONSTRAINT payment_callback_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'review'::text, 'unknown_deposit'::text, 'noted'::text]))),
    CONSTRAINT payment_callback_payment_id_check CHECK (((octet_length(payment_id) >= 1) AND (octet_length(payment_id) <= 128))),
    CONSTRAINT payment_callback_provider_check CHECK ((provider ~ '^[a-z0-9][a-z0-9_-]{0,63}$'::text)),
    CONSTRAINT payment_callback_reason_check CHECK ((reason ~ '^[a-z][a-z_]{0,63}$'::text)),
    CONSTRAINT payment_callback_review_reason_check CHECK (((outcome <> 'review'::text) OR (reason IS NOT NULL))),
    CONSTRAINT payment_callback_status_check CHECK ((status ~ '^[a-z][a-z_]{0,31}$'::text))
);

ALTER TABLE ONLY wallet.payment_callback FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.payment_callback OWNER TO cordon_owner;

COMMENT ON TABLE wallet.payment_callback IS 'Callbacks of payment providers, one row for each payment and status: the durable memory of what was handled. The money is in the ledger, under the request id <brand code>:plisio:<payment_id>.';

COMMENT ON COLUMN wallet.payment_callback.brand_id IS 'Brand of the host that was called.';

COMMENT ON COLUMN wallet.payment_callback.provider IS 'Payment provider: plisio.';

COMMENT ON COLUMN wallet.payment_callback.payment_id IS 'The provider''s id of the payment (txn_id).';

COMMENT ON COLUMN wallet.payment_callback.status IS 'What the provider says of it: new, pending, completed, mismatch, expired, error, cancelled.';

COMMENT ON COLUMN wallet.payment_callback.outcome IS 'approved: the deposit is credited. review: a person must decide. unknown_deposit: the brand has no such deposit. noted: nothing was to be done.';

COMMENT ON COLUMN wallet.payment_callback.reason IS 'Why it is for review.';

COMMENT ON COLUMN wallet.payment_callback.order_number IS 'The deposit that the callback names, as it came.';

COMMENT ON COLUMN wallet.payment_callback.transaction_id IS 'That deposit; NULL when the brand has none.';

COMMENT ON COLUMN wallet.payment_callback.amount IS 'Minor units that the provider says were invoiced; NULL when it is no exact amount of the brand''s currency.';

COMMENT ON COLUMN wallet.payment_callback.currency IS 'Currency that the provider names for it.';

COMMENT ON COLUMN wallet.payment_callback.bonus_amount IS 'Minor units of bonus that the brand''s manual bonus terms promise for an approved deposit; zero without terms.';

COMMENT ON COLUMN wallet.payment_callback.request_id IS 'Request that brought it.';

COMMENT ON COLUMN wallet.payment_callback.created_at IS 'When it was handled.';

CREATE TABLE wallet.wallet_balance (
    brand_id bigint NOT NULL,
    player_id bigint NOT NULL,
    bucket text NOT NULL,
    currency cordon.currency_code NOT NULL,
    balance bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wallet_balance_balance_check CHECK ((balance >= 0)),
    CONSTRAINT wallet_balance_bucket_check CHECK ((bucket ~ '^[a-z][a-z0-9_]{0,31}$'::text)),
    CONSTRAINT wallet_balance_version_check CHECK ((version > 0))
)
WITH (fillfactor='60');

ALTER TABLE ONLY wallet.wallet_balance FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_balance OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_balance IS 'What each bucket of each player holds. Always the sum of its ledger entries; v_bucket_difference lists exceptions, and one is an incident.';

COMMENT ON COLUMN wallet.wallet_balance.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN wallet.wallet_balance.player_id IS 'The player.';

COMMENT ON COLUMN wallet.wallet_balance.bucket IS 'Bucket, as the brand''s topology names it.';

COMMENT ON COLUMN wallet.wallet_balance.currency IS 'Currency of the balance.';

COMMENT ON COLUMN wallet.wallet_balance.balance IS 'Minor units, never negative.';

COMMENT ON COLUMN wallet.wallet_balance.version IS 'One more with each change.';

COMMENT ON COLUMN wallet.wallet_balance.updated_at IS 'When it last changed.';

CREATE VIEW wallet.v_bucket_difference WITH (security_invoker='true') AS
 SELECT COALESCE(b.brand_id, l.brand_id) AS brand_id,
    COALESCE(b.player_id, l.player_id) AS player_id,
    COALESCE(b.bucket, l.bucket) AS bucket,
    COALESCE(b.currency, l.currency) AS currency,
    COALESCE(b.balance, (0)::bigint) AS bucket_balance,
    COALESCE(l.balance, (0)::numeric) AS ledger_balance,
    ((COALESCE(b.balance, (0)::bigint))::numeric - COALESCE(l.balance, (0)::numeric)) AS difference
   FROM (wallet.wallet_balance b
     FULL JOIN ( SELECT wallet_ledger.brand_id,
            wallet_ledger.player_id,
            wallet_ledger.account AS bucket,
            wallet_ledger.currency,
            sum(wallet_ledger.amount) AS balance
           FROM wallet.wallet_ledger
          WHERE (wallet_ledger.player_id IS NOT NULL)
          GROUP BY wallet_ledger.brand_id, wallet_ledger.player_id, wallet_ledger.account, wallet_ledger.currency) l USING (brand_id, player_id, bucket, currency))
  WHERE ((COALESCE(b.balance, (0)::bigint))::numeric <> COALESCE(l.balance, (0)::numeric));

ALTER TABLE wallet.v_bucket_difference OWNER TO cordon_owner;

COMMENT ON VIEW wallet.v_bucket_difference IS 'Buckets whose stored balance is not the sum of their ledger entries. Empty, or an incident.';

COMMENT ON COLUMN wallet.v_bucket_difference.brand_id IS 'Brand of the player.';

COMMENT ON COLUMN wallet.v_bucket_difference.player_id IS 'The player.';

COMMENT ON COLUMN wallet.v_bucket_difference.bucket IS 'The bucket.';

COMMENT ON COLUMN wallet.v_bucket_difference.currency IS 'Its currency.';

COMMENT ON COLUMN wallet.v_bucket_difference.bucket_balance IS 'Minor units stored in wallet_balance.';

COMMENT ON COLUMN wallet.v_bucket_difference.ledger_balance IS 'Minor units by the ledger.';

COMMENT ON COLUMN wallet.v_bucket_difference.difference IS 'Stored minus ledger.';

CREATE VIEW wallet.v_trial_balance WITH (security_invoker='true') AS
 SELECT wallet_ledger.brand_id,
    wallet_ledger.currency,
        CASE
            WHEN (wallet_ledger.player_id IS NULL) THEN 'brand'::text
            ELSE 'players'::text
        END AS side,
    wallet_ledger.account,
    count(*) AS entries,
    sum(wallet_ledger.amount) AS balance
   FROM wallet.wallet_ledger
  GROUP BY wallet_ledger.brand_id, wallet_ledger.currency,
        CASE
            WHEN (wallet_ledger.player_id IS NULL) THEN 'brand'::text
            ELSE 'players'::text
        END, wallet_ledger.account
  ORDER BY wallet_ledger.brand_id, wallet_ledger.currency,
        CASE
            WHEN (wallet_ledger.player_id IS NULL) THEN 'brand'::text
            ELSE 'players'::text
        END, wallet_ledger.account;

ALTER TABLE wallet.v_trial_balance OWNER TO cordon_owner;

COMMENT ON VIEW wallet.v_trial_balance IS 'What every account of the brand and every kind of player bucket holds by the ledger. The balances of a brand sum to zero in each currency.';

COMMENT ON COLUMN wallet.v_trial_balance.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.v_trial_balance.currency IS 'Currency of the balance.';

COMMENT ON COLUMN wallet.v_trial_balance.side IS 'brand: an account of the brand; players: one kind of bucket of all players together.';

COMMENT ON COLUMN wallet.v_trial_balance.account IS 'The account or bucket.';

COMMENT ON COLUMN wallet.v_trial_balance.entries IS 'How many entries it has.';

COMMENT ON COLUMN wallet.v_trial_balance.balance IS 'Sum of their amounts in minor units.';

CREATE TABLE wallet.wallet_account (
    brand_id bigint NOT NULL,
    account text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wallet_account_account_check CHECK ((account ~ '^[a-z][a-z0-9_]{0,31}(:[a-z0-9][a-z0-9_-]{0,63})?$'::text))
);

ALTER TABLE ONLY wallet.wallet_account FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_account OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_account IS 'A brand''s own accounts, the other side of every movement of player money. They have no stored balance: it is the sum of their entries (v_trial_balance).';

COMMENT ON COLUMN wallet.wallet_account.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.wallet_account.account IS 'Name: deposits, withdrawals_held, withdrawals, house, bonus, rebates, cashbacks, lossbacks, provider:<name>.';

COMMENT ON COLUMN wallet.wallet_account.description IS 'What is booked on it.';

COMMENT ON COLUMN wallet.wallet_account.created_at IS 'When it was opened.';

CREATE TABLE wallet.wallet_chain (
    brand_id bigint NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    row_hash cordon.sha256_digest DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea NOT NULL,
    touched_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wallet_chain_seq_check CHECK ((seq >= 0))
);

ALTER TABLE ONLY wallet.wallet_chain FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_chain OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_chain IS 'The last entry of each brand''s ledger. Whoever writes to a brand''s wallet locks its row first; the ledger''s trigger moves it.';

COMMENT ON COLUMN wallet.wallet_chain.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.wallet_chain.seq IS 'Number of the last entry; 0 before the first.';

COMMENT ON COLUMN wallet.wallet_chain.row_hash IS 'Its row_hash; 32 zero bytes before the first.';

COMMENT ON COLUMN wallet.wallet_chain.touched_at IS 'Last change. Also set alone, to make a commit that waits for the standby after one whose replication was not awaited.';

CREATE TABLE wallet.wallet_check (
    brand_id bigint NOT NULL,
    checked_seq bigint DEFAULT 0 NOT NULL,
    checked_hash cordon.sha256_digest DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea NOT NULL,
    caught_up_at timestamp with time zone,
    swept_seq bigint DEFAULT 0 NOT NULL,
    swept_hash cordon.sha256_digest DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea NOT NULL,
    entries_swept_at timestamp with time zone,
    swept_player_id bigint DEFAULT 0 NOT NULL,
    players_swept_at timestamp with time zone,
    checked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wallet_check_checked_seq_check CHECK ((checked_seq >= 0)),
    CONSTRAINT wallet_check_swept_player_id_check CHECK ((swept_player_id >= 0)),
    CONSTRAINT wallet_check_swept_seq_check CHECK ((swept_seq >= 0))
);

ALTER TABLE ONLY wallet.wallet_check FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_check OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_check IS 'How far wallet_worker has checked each brand''s money (cordon wallet check). Removing a row begins that brand''s checks anew.';

COMMENT ON COLUMN wallet.wallet_check.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.wallet_check.checked_seq IS 'Last ledger entry that was checked; 0 before the first.';

COMMENT ON COLUMN wallet.wallet_check.checked_hash IS 'Its row_hash at that time. The entry must have the same ever after.';

COMMENT ON COLUMN wallet.wallet_check.caught_up_at IS 'When the whole ledger had last been checked once; NULL before that.';

COMMENT ON COLUMN wallet.wallet_check.swept_seq IS 'Where the slow sweep, which reads everything again, stands in the ledger.';

COMMENT ON COLUMN wallet.wallet_check.swept_hash IS 'row_hash of the entry there.';

COMMENT ON COLUMN wallet.wallet_check.entries_swept_at IS 'When that sweep last came to the end; NULL before that.';

COMMENT ON COLUMN wallet.wallet_check.swept_player_id IS 'Last player whose buckets the slow sweep compared with the sums of the ledger.';

COMMENT ON COLUMN wallet.wallet_check.players_swept_at IS 'When that sweep last came to the end; NULL before that.';

COMMENT ON COLUMN wallet.wallet_check.checked_at IS 'When the last round ended.';

CREATE TABLE wallet.wallet_check_finding (
    brand_id bigint NOT NULL,
    finding_id bigint NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    seq bigint,
    request_id text,
    player_id bigint,
    expected_hash cordon.sha256_digest,
    found_at timestamp with time zone DEFAULT now() NOT NULL,
    resolved_at timestamp with time zone,
    CONSTRAINT wallet_check_finding_kind_check CHECK ((kind ~ '^[a-z][a-z_]{0,63}$'::text)),
    CONSTRAINT wallet_check_finding_subject_check CHECK ((subject <> ''::text))
);

ALTER TABLE ONLY wallet.wallet_check_finding FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_check_finding OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_check_finding IS 'What is wrong with a brand''s money, as wallet_worker found it. Each open one is an incident; kept for ever.';

COMMENT ON COLUMN wallet.wallet_check_finding.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.wallet_check_finding.finding_id IS 'Ascending number of the finding.';

COMMENT ON COLUMN wallet.wallet_check_finding.kind IS 'entry_missing, chain_broken, entry_changed, history_rewritten, head_mismatch, running_balance, unbalanced or bucket_difference.';

COMMENT ON COLUMN wallet.wallet_check_finding.subject IS 'The exact entry, command or bucket.';

COMMENT ON COLUMN wallet.wallet_check_finding.detail IS 'What is there and what should be.';

COMMENT ON COLUMN wallet.wallet_check_finding.seq IS 'The ledger entry; NULL where it is not about one.';

COMMENT ON COLUMN wallet.wallet_check_finding.request_id IS 'The command; NULL where it is not about one.';

COMMENT ON COLUMN wallet.wallet_check_finding.player_id IS 'The player; NULL where it is not about one.';

COMMENT ON COLUMN wallet.wallet_check_finding.expected_hash IS 'The hash that the entry had when it was checked, for history_rewritten.';

COMMENT ON COLUMN wallet.wallet_check_finding.found_at IS 'When it was found.';

COMMENT ON COLUMN wallet.wallet_check_finding.resolved_at IS 'When it was no longer so; NULL while it is.';

ALTER TABLE wallet.wallet_check_finding ALTER COLUMN finding_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wallet.wallet_check_finding_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE wallet.wallet_command (
    brand_id bigint NOT NULL,
    request_id text NOT NULL,
    command text NOT NULL,
    fingerprint cordon.sha256_digest NOT NULL,
    response_status integer NOT NULL,
    response_body bytea NOT NULL,
    player_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wallet_command_command_check CHECK ((command ~ '^[a-z][a-z_-]{0,63}$'::text)),
    CONSTRAINT wallet_command_request_id_check CHECK (((octet_length(request_id) >= 1) AND (octet_length(request_id) <= 255))),
    CONSTRAINT wallet_command_response_status_check CHECK (((response_status >= 200) AND (response_status <= 499)))
);

ALTER TABLE ONLY wallet.wallet_command FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_command OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_command IS 'Every command that was accepted, by its idempotency key, kept for ever: the same key and payload get the same answer again, byte for byte.';

COMMENT ON COLUMN wallet.wallet_command.brand_id IS 'Brand of the command.';

COMMENT ON COLUMN wallet.wallet_command.request_id IS 'The caller''s idempotency key, unique within the brand.';

COMMENT ON COLUMN wallet.wallet_command.command IS 'What was asked: deposit, authorize, settle, rollback, withdraw_request, bonus_grant.';

COMMENT ON COLUMN wallet.wallet_command.fingerprint IS 'SHA-256 of the payload. The same key with another fingerprint is refused.';

COMMENT ON COLUMN wallet.wallet_command.response_status IS 'HTTP status that was answered. Never a 5xx: those may be retried.';

COMMENT ON COLUMN wallet.wallet_command.response_body IS 'The bytes that were answered.';

COMMENT ON COLUMN wallet.wallet_command.player_id IS 'Whose wallet; NULL for a command that concerns none.';

COMMENT ON COLUMN wallet.wallet_command.created_at IS 'When it was accepted.';

CREATE TABLE wallet.wallet_outbox (
    brand_id bigint NOT NULL,
    event_id uuid NOT NULL,
    sequence bigint NOT NULL,
    event_type text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    published_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    dead_lettered_at timestamp with time zone,
    CONSTRAINT wallet_outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT wallet_outbox_event_type_check CHECK ((event_type <> ''::text)),
    CONSTRAINT wallet_outbox_payload_brand_check CHECK ((NOT ((payload -> 'brand_id'::text) IS DISTINCT FROM to_jsonb(brand_id))))
);

ALTER TABLE ONLY wallet.wallet_outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_outbox OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_outbox IS 'Events written with the movement they tell of and published to the Redis Stream wallet:events afterwards.';

COMMENT ON COLUMN wallet.wallet_outbox.brand_id IS 'Brand of the event.';

COMMENT ON COLUMN wallet.wallet_outbox.event_id IS 'The event. Consumers drop one that they have seen.';

COMMENT ON COLUMN wallet.wallet_outbox.sequence IS 'Order in which events are published within the brand.';

COMMENT ON COLUMN wallet.wallet_outbox.event_type IS 'What happened: wallet.deposited, wallet.bet_settled.';

COMMENT ON COLUMN wallet.wallet_outbox.payload IS 'The event. It carries brand_id itself.';

COMMENT ON COLUMN wallet.wallet_outbox.created_at IS 'When it happened.';

COMMENT ON COLUMN wallet.wallet_outbox.published_at IS 'When the stream had it; NULL until then.';

COMMENT ON COLUMN wallet.wallet_outbox.attempts IS 'How often publishing failed.';

COMMENT ON COLUMN wallet.wallet_outbox.last_error IS 'Why it last failed.';

COMMENT ON COLUMN wallet.wallet_outbox.dead_lettered_at IS 'When it was set aside so that the others could go on; NULL again once repaired.';

ALTER TABLE wallet.wallet_outbox ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wallet.wallet_outbox_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE wallet.wallet_policy (
    brand_id bigint NOT NULL,
    version bigint NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    document jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    activated_by text,
    activated_at timestamp with time zone,
    retired_at timestamp with time zone,
    CONSTRAINT wallet_policy_created_by_check CHECK ((btrim(created_by) <> ''::text)),
    CONSTRAINT wallet_policy_document_check CHECK ((jsonb_typeof(document) = 'object'::text)),
    CONSTRAINT wallet_policy_lifecycle_check CHECK ((((activated_by IS NULL) = (activated_at IS NULL)) AND ((status <> 'active'::text) OR ((activated_at IS NOT NULL) AND (retired_at IS NULL))) AND ((status <> 'draft'::text) OR ((activated_at IS NULL) AND (retired_at IS NULL))) AND ((status <> 'retired'::text) OR (retired_at IS NOT NULL)))),
    CONSTRAINT wallet_policy_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
    CONSTRAINT wallet_policy_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY wallet.wallet_policy FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_policy OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_policy IS 'Limits and rules of a brand''s wallet commands, in versions, one active. Read together with the active topology.';

COMMENT ON COLUMN wallet.wallet_policy.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.wallet_policy.version IS 'Version within the brand, from 1.';

COMMENT ON COLUMN wallet.wallet_policy.status IS 'draft, active (at most one a brand) or retired.';

COMMENT ON COLUMN wallet.wallet_policy.document IS 'The policy. Never changes; a change is a new version.';

COMMENT ON COLUMN wallet.wallet_policy.created_by IS 'Operator who wrote the version.';

COMMENT ON COLUMN wallet.wallet_policy.created_at IS 'When it was written.';

COMMENT ON COLUMN wallet.wallet_policy.activated_by IS 'Operator who activated it.';

COMMENT ON COLUMN wallet.wallet_policy.activated_at IS 'When it became the active one.';

COMMENT ON COLUMN wallet.wallet_policy.retired_at IS 'When it stopped being used, or was discarded as a draft.';

CREATE TABLE wallet.wallet_tombstone (
    brand_id bigint NOT NULL,
    provider text NOT NULL,
    reference text NOT NULL,
    request_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT wallet_tombstone_reference_check CHECK (((octet_length(reference) >= 1) AND (octet_length(reference) <= 255)))
);

ALTER TABLE ONLY wallet.wallet_tombstone FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_tombstone OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_tombstone IS 'Bets that were rolled back before they arrived. The late bet finds its tombstone and is refused. Written and read under the lock on the player''s row.';

COMMENT ON COLUMN wallet.wallet_tombstone.brand_id IS 'Brand of the bet.';

COMMENT ON COLUMN wallet.wallet_tombstone.provider IS 'Provider that rolled it back.';

COMMENT ON COLUMN wallet.wallet_tombstone.reference IS 'The provider''s id of the bet.';

COMMENT ON COLUMN wallet.wallet_tombstone.request_id IS 'The rollback command.';

COMMENT ON COLUMN wallet.wallet_tombstone.created_at IS 'When the rollback came.';

CREATE TABLE wallet.wallet_topology (
    brand_id bigint NOT NULL,
    version bigint NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    document jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    activated_by text,
    activated_at timestamp with time zone,
    retired_at timestamp with time zone,
    CONSTRAINT wallet_topology_created_by_check CHECK ((btrim(created_by) <> ''::text)),
    CONSTRAINT wallet_topology_document_check CHECK ((jsonb_typeof(document) = 'object'::text)),
    CONSTRAINT wallet_topology_lifecycle_check CHECK ((((activated_by IS NULL) = (activated_at IS NULL)) AND ((status <> 'active'::text) OR ((activated_at IS NOT NULL) AND (retired_at IS NULL))) AND ((status <> 'draft'::text) OR ((activated_at IS NULL) AND (retired_at IS NULL))) AND ((status <> 'retired'::text) OR (retired_at IS NOT NULL)))),
    CONSTRAINT wallet_topology_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
    CONSTRAINT wallet_topology_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY wallet.wallet_topology FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_topology OWNER TO cordon_owner;

COMMENT ON TABLE wallet.wallet_topology IS 'Which buckets a brand''s wallets have and how money flows among them, in versions, one active. To switch: retire the active one, then activate the draft, in one transaction.';

COMMENT ON COLUMN wallet.wallet_topology.brand_id IS 'The brand.';

COMMENT ON COLUMN wallet.wallet_topology.version IS 'Version within the brand, from 1.';

COMMENT ON COLUMN wallet.wallet_topology.status IS 'draft, active (at most one a brand) or retired.';

COMMENT ON COLUMN wallet.wallet_topology.document IS 'The topology. Never changes; a change is a new version.';

COMMENT ON COLUMN wallet.wallet_topology.created_by IS 'Operator who wrote the version.';

COMMENT ON COLUMN wallet.wallet_topology.created_at IS 'When it was written.';

COMMENT ON COLUMN wallet.wallet_topology.activated_by IS 'Operator who activated it.';

COMMENT ON COLUMN wallet.wallet_topology.activated_at IS 'When it became the active one.';

COMMENT ON COLUMN wallet.wallet_topology.retired_at IS 'When it stopped being used, or was discarded as a draft.';

ALTER TABLE ONLY cordon.admin_audit
    ADD CONSTRAINT admin_audit_pkey PRIMARY KEY (audit_id);

ALTER TABLE ONLY cordon.agent_brand
    ADD CONSTRAINT agent_brand_pkey PRIMARY KEY (brand_id, agent_id);

ALTER TABLE ONLY cordon.agent_domain
    ADD CONSTRAINT agent_domain_pkey PRIMARY KEY (brand_id, agent_id, host);

ALTER TABLE ONLY cordon.agent
    ADD CONSTRAINT agent_pkey PRIMARY KEY (agent_id);

ALTER TABLE ONLY cordon.agent_setting
    ADD CONSTRAINT agent_setting_pkey PRIMARY KEY (brand_id, agent_id);

ALTER TABLE ONLY cordon.bank
    ADD CONSTRAINT bank_brand_id_name_key UNIQUE (brand_id, name);

ALTER TABLE ONLY cordon.bank_card_group
    ADD CONSTRAINT bank_card_group_brand_id_name_key UNIQUE (brand_id, name);

ALTER TABLE ONLY cordon.bank_card_group
    ADD CONSTRAINT bank_card_group_pkey PRIMARY KEY (brand_id, bank_card_group_id);

ALTER TABLE ONLY cordon.bank_card
    ADD CONSTRAINT bank_card_pkey PRIMARY KEY (brand_id, bank_card_id);

ALTER TABLE ONLY cordon.bank
    ADD CONSTRAINT bank_pkey PRIMARY KEY (brand_id, bank_id);

ALTER TABLE ONLY cordon.brand
    ADD CONSTRAINT brand_brand_code_key UNIQUE (brand_code);

ALTER TABLE ONLY cordon.brand_config_default
    ADD CONSTRAINT brand_config_default_pkey PRIMARY KEY (key, version);

ALTER TABLE ONLY cordon.brand_config
    ADD CONSTRAINT brand_config_pkey PRIMARY KEY (brand_id, key);

ALTER TABLE ONLY cordon.brand
    ADD CONSTRAINT brand_pkey PRIMARY KEY (brand_id);

ALTER TABLE ONLY cordon.config_key
    ADD CONSTRAINT config_key_pkey PRIMARY KEY (key);

ALTER TABLE ONLY cordon.delegated_approval
    ADD CONSTRAINT delegated_approval_pkey PRIMARY KEY (approval_id, step);

ALTER TABLE ONLY cordon.domain_binding
    ADD CONSTRAINT domain_binding_pkey PRIMARY KEY (host);

ALTER TABLE ONLY cordon.game_account_alias
    ADD CONSTRAINT game_account_alias_brand_id_alias_key UNIQUE (brand_id, alias);

ALTER TABLE ONLY cordon.game_account_alias
    ADD CONSTRAINT game_account_alias_pkey PRIMARY KEY (brand_id, provider, player_id);

ALTER TABLE ONLY cordon.game_callback_dead_letter
    ADD CONSTRAINT game_callback_dead_letter_letter_id_key UNIQUE (letter_id);

ALTER TABLE ONLY cordon.game_callback_dead_letter
    ADD CONSTRAINT game_callback_dead_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY cordon.game_callback
    ADD CONSTRAINT game_callback_pkey PRIMARY KEY (brand_id, provider, transaction_id);

ALTER TABLE ONLY cordon.game_provider_switch
    ADD CONSTRAINT game_provider_switch_pkey PRIMARY KEY (brand_id, provider);

ALTER TABLE ONLY cordon.game_round
    ADD CONSTRAINT game_round_pkey PRIMARY KEY (brand_id, provider, round_id);

ALTER TABLE ONLY cordon.game_session
    ADD CONSTRAINT game_session_pkey PRIMARY KEY (brand_id, token_digest);

ALTER TABLE ONLY cordon.global_var
    ADD CONSTRAINT global_var_pkey PRIMARY KEY (key);

ALTER TABLE ONLY cordon.player_balance_log
    ADD CONSTRAINT player_balance_log_pkey PRIMARY KEY (brand_id, log_id);

ALTER TABLE ONLY cordon.player
    ADD CONSTRAINT player_brand_id_account_key UNIQUE (brand_id, account);

ALTER TABLE ONLY cordon.player
    ADD CONSTRAINT player_brand_id_account_key_key UNIQUE (brand_id, account_key);

ALTER TABLE ONLY cordon.player
    ADD CONSTRAINT player_brand_id_guid_key UNIQUE (brand_id, guid);

ALTER TABLE ONLY cordon.player_login
    ADD CONSTRAINT player_login_pkey PRIMARY KEY (brand_id, login_id);

ALTER TABLE ONLY cordon.player_outbox
    ADD CONSTRAINT player_outbox_pkey PRIMARY KEY (brand_id, event_id);

ALTER TABLE ONLY cordon.player
    ADD CONSTRAINT player_pkey PRIMARY KEY (brand_id, player_id);

ALTER TABLE ONLY cordon.player_refresh_token
    ADD CONSTRAINT player_refresh_token_brand_id_session_id_generation_key UNIQUE (brand_id, session_id, generation);

ALTER TABLE ONLY cordon.player_refresh_token
    ADD CONSTRAINT player_refresh_token_pkey PRIMARY KEY (brand_id, token_hash);

ALTER TABLE ONLY cordon.player_session
    ADD CONSTRAINT player_session_pkey PRIMARY KEY (brand_id, session_id);

ALTER TABLE ONLY cordon.recovery_audit
    ADD CONSTRAINT recovery_audit_pkey PRIMARY KEY (brand_id, recovery_audit_id);

ALTER TABLE ONLY cordon.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY cordon.security_audit_logs
    ADD CONSTRAINT security_audit_logs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY cordon.shooter_sms
    ADD CONSTRAINT shooter_sms_pkey PRIMARY KEY (sms_id);

ALTER TABLE ONLY cordon.staff_brand
    ADD CONSTRAINT staff_brand_pkey PRIMARY KEY (brand_id, admin_id);

ALTER TABLE ONLY cordon.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (admin_id);

ALTER TABLE ONLY cordon.system_event
    ADD CONSTRAINT system_event_event_key_key UNIQUE (event_key);

ALTER TABLE ONLY cordon.system_event
    ADD CONSTRAINT system_event_pkey PRIMARY KEY (event_id);

ALTER TABLE ONLY evidence.containment
    ADD CONSTRAINT containment_pkey PRIMARY KEY (brand_id, containment_id);

ALTER TABLE ONLY evidence.log_checkpoint
    ADD CONSTRAINT log_checkpoint_pkey PRIMARY KEY (brand_id, ledger, tree_size);

ALTER TABLE ONLY evidence.log_cosignature
    ADD CONSTRAINT log_cosignature_pkey PRIMARY KEY (brand_id, ledger, tree_size, witness, key_id);

ALTER TABLE ONLY evidence.log_tile
    ADD CONSTRAINT log_tile_pkey PRIMARY KEY (brand_id, ledger, level, tile_index);

ALTER TABLE ONLY evidence.platform_log_checkpoint
    ADD CONSTRAINT platform_log_checkpoint_pkey PRIMARY KEY (ledger, tree_size);

ALTER TABLE ONLY evidence.platform_log_cosignature
    ADD CONSTRAINT platform_log_cosignature_pkey PRIMARY KEY (ledger, tree_size, witness, key_id);

ALTER TABLE ONLY evidence.platform_log_tile
    ADD CONSTRAINT platform_log_tile_pkey PRIMARY KEY (ledger, level, tile_index);

ALTER TABLE ONLY evidence.security_audit_chain
    ADD CONSTRAINT security_audit_chain_id_key UNIQUE (id);

ALTER TABLE ONLY evidence.security_audit_chain
    ADD CONSTRAINT security_audit_chain_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY evidence.security_audit_key
    ADD CONSTRAINT security_audit_key_id_key UNIQUE (id);

ALTER TABLE ONLY evidence.security_audit_key
    ADD CONSTRAINT security_audit_key_pkey PRIMARY KEY (entry_key);

ALTER TABLE ONLY evidence.signing_key
    ADD CONSTRAINT signing_key_operator_name_public_key_key UNIQUE (operator_name, public_key);

ALTER TABLE ONLY evidence.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (operator_name, number);

ALTER TABLE ONLY evidence.signing_pause
    ADD CONSTRAINT signing_pause_pkey PRIMARY KEY (pause_id);

ALTER TABLE ONLY security.cross_brand_detection
    ADD CONSTRAINT cross_brand_detection_pkey PRIMARY KEY (brand_id, detection_id);

ALTER TABLE ONLY wallet.payment_callback
    ADD CONSTRAINT payment_callback_pkey PRIMARY KEY (brand_id, provider, payment_id, status);

ALTER TABLE ONLY wallet.wallet_account
    ADD CONSTRAINT wallet_account_pkey PRIMARY KEY (brand_id, account);

ALTER TABLE ONLY wallet.wallet_balance
    ADD CONSTRAINT wallet_balance_pkey PRIMARY KEY (brand_id, player_id, bucket, currency);

ALTER TABLE ONLY wallet.wallet_chain
    ADD CONSTRAINT wallet_chain_pkey PRIMARY KEY (brand_id);

ALTER TABLE ONLY wallet.wallet_check_finding
    ADD CONSTRAINT wallet_check_finding_pkey PRIMARY KEY (brand_id, finding_id);

ALTER TABLE ONLY wallet.wallet_check
    ADD CONSTRAINT wallet_check_pkey PRIMARY KEY (brand_id);

ALTER TABLE ONLY wallet.wallet_command
    ADD CONSTRAINT wallet_command_pkey PRIMARY KEY (brand_id, request_id);

ALTER TABLE ONLY wallet.wallet_ledger
    ADD CONSTRAINT wallet_ledger_pkey PRIMARY KEY (brand_id, seq);

ALTER TABLE ONLY wallet.wallet_outbox
    ADD CONSTRAINT wallet_outbox_pkey PRIMARY KEY (brand_id, event_id);

ALTER TABLE ONLY wallet.wallet_policy
    ADD CONSTRAINT wallet_policy_pkey PRIMARY KEY (brand_id, version);

ALTER TABLE ONLY wallet.wallet_tombstone
    ADD CONSTRAINT wallet_tombstone_pkey PRIMARY KEY (brand_id, provider, reference);

ALTER TABLE ONLY wallet.wallet_topology
    ADD CONSTRAINT wallet_topology_pkey PRIMARY KEY (brand_id, version);

ALTER TABLE ONLY wallet.wallet_transaction
    ADD CONSTRAINT wallet_transaction_pkey PRIMARY KEY (brand_id, transaction_id);

CREATE INDEX admin_audit_brand_id_idx ON cordon.admin_audit USING btree (brand_id, audit_id);

CREATE INDEX admin_audit_created_at_idx ON cordon.admin_audit USING btree (created_at);

CREATE INDEX admin_audit_request_id_idx ON cordon.admin_audit USING btree (request_id) WHERE (request_id IS NOT NULL);

CREATE INDEX admin_audit_resource_idx ON cordon.admin_audit USING btree (resource, resource_key, audit_id);

CREATE UNIQUE INDEX admin_audit_seq_idx ON cordon.admin_audit USING btree (brand_id, seq) NULLS NOT DISTINCT;

CREATE INDEX agent_brand_agent_id_idx ON cordon.agent_brand USING btree (agent_id);

CREATE INDEX domain_binding_agent_id_idx ON cordon.domain_binding USING btree (agent_id) WHERE (agent_id IS NOT NULL);

CREATE INDEX domain_binding_brand_id_idx ON cordon.domain_binding USING btree (brand_id);

CREATE INDEX game_callback_dead_letter_pending_idx ON cordon.game_callback_dead_letter USING btree (provider, id) WHERE (replay_status = 'pending'::text);

CREATE INDEX game_callback_player_idx ON cordon.game_callback USING btree (brand_id, player_id, created_at);

CREATE INDEX game_callback_round_idx ON cordon.game_callback USING btree (brand_id, provider, round_id) WHERE (round_id IS NOT NULL);

CREATE INDEX game_session_player_idx ON cordon.game_session USING btree (brand_id, player_id, created_at);

CREATE INDEX player_balance_log_player_idx ON cordon.player_balance_log USING btree (brand_id, player_id, log_id);

CREATE UNIQUE INDEX player_balance_log_seq_idx ON cordon.player_balance_log USING btree (brand_id, seq) NULLS NOT DISTINCT;

CREATE INDEX player_login_player_idx ON cordon.player_login USING btree (brand_id, player_id, login_id);

CREATE INDEX player_outbox_unpublished_idx ON cordon.player_outbox USING btree (brand_id, sequence) WHERE ((published_at IS NULL) AND (dead_lettered_at IS NULL));

CREATE INDEX player_session_live_idx ON cordon.player_session USING btree (brand_id, player_id) WHERE (revoked_at IS NULL);

CREATE UNIQUE INDEX recovery_audit_seq_idx ON cordon.recovery_audit USING btree (brand_id, seq) NULLS NOT DISTINCT;

CREATE INDEX security_audit_logs_attempted_restaurant_id_idx ON cordon.security_audit_logs USING btree (attempted_restaurant_id);

CREATE INDEX security_audit_logs_created_at_idx ON cordon.security_audit_logs USING btree (created_at);

CREATE INDEX security_audit_logs_event_type_idx ON cordon.security_audit_logs USING btree (event_type);

CREATE INDEX security_audit_logs_severity_idx ON cordon.security_audit_logs USING btree (severity);

CREATE INDEX security_audit_logs_user_id_idx ON cordon.security_audit_logs USING btree (user_id);

CREATE INDEX shooter_sms_unmatched_idx ON cordon.shooter_sms USING btree (received_at) WHERE (brand_id IS NULL);

CREATE INDEX staff_brand_admin_id_idx ON cordon.staff_brand USING btree (admin_id);

CREATE INDEX system_event_brand_id_idx ON cordon.system_event USING btree (brand_id, event_id);

CREATE INDEX system_event_kind_idx ON cordon.system_event USING btree (kind, event_id);

CREATE INDEX system_event_occurred_at_idx ON cordon.system_event USING btree (occurred_at);

CREATE INDEX system_event_request_id_idx ON cordon.system_event USING btree (request_id);

CREATE UNIQUE INDEX system_event_seq_idx ON cordon.system_event USING btree (brand_id, seq) NULLS NOT DISTINCT;

CREATE UNIQUE INDEX containment_active_idx ON evidence.containment USING btree (brand_id) WHERE (ended_at IS NULL);

CREATE INDEX log_cosignature_by_witness ON evidence.log_cosignature USING btree (brand_id, ledger, witness, key_id, tree_size);

CREATE INDEX platform_log_cosignature_by_witness ON evidence.platform_log_cosignature USING btree (ledger, witness, key_id, tree_size);

CREATE INDEX payment_callback_open_idx ON wallet.payment_callback USING btree (brand_id, created_at) WHERE (outcome = ANY (ARRAY['review'::text, 'unknown_deposit'::text]));

CREATE UNIQUE INDEX wallet_check_finding_open_idx ON wallet.wallet_check_finding USING btree (brand_id, kind, subject) WHERE (resolved_at IS NULL);

CREATE INDEX wallet_command_request_id_idx ON wallet.wallet_command USING btree (request_id, brand_id);

CREATE INDEX wallet_ledger_player_idx ON wallet.wallet_ledger USING btree (brand_id, player_id, seq) WHERE (player_id IS NOT NULL);

CREATE INDEX wallet_ledger_request_id_idx ON wallet.wallet_ledger USING btree (brand_id, request_id);

CREATE INDEX wallet_outbox_unpublished_idx ON wallet.wallet_outbox USING btree (brand_id, sequence) WHERE ((published_at IS NULL) AND (dead_lettered_at IS NULL));

CREATE UNIQUE INDEX wallet_policy_one_active_idx ON wallet.wallet_policy USING btree (brand_id) WHERE (status = 'active'::text);

CREATE UNIQUE INDEX wallet_topology_one_active_idx ON wallet.wallet_topology USING btree (brand_id) WHERE (status = 'active'::text);

CREATE INDEX wallet_transaction_open_idx ON wallet.wallet_transaction USING btree (brand_id, kind, created_at) WHERE (state = ANY (ARRAY['pending'::text, 'requested'::text, 'authorized'::text]));

CREATE INDEX wallet_transaction_player_idx ON wallet.wallet_transaction USING btree (brand_id, player_id, created_at, transaction_id);

CREATE UNIQUE INDEX wallet_transaction_reference_idx ON wallet.wallet_transaction USING btree (brand_id, kind, provider, reference) WHERE (reference IS NOT NULL);

CREATE TRIGGER trg_admin_audit_chain BEFORE INSERT ON cordon.admin_audit FOR EACH ROW EXECUTE FUNCTION cordon.admin_audit_chain();

ALTER TABLE cordon.admin_audit ENABLE ALWAYS TRIGGER trg_admin_audit_chain;

CREATE TRIGGER trg_admin_audit_no_truncate BEFORE TRUNCATE ON cordon.admin_audit FOR EACH STATEMENT EXECUTE FUNCTION cordon.admin_audit_append_only();

ALTER TABLE cordon.admin_audit ENABLE ALWAYS TRIGGER trg_admin_audit_no_truncate;

CREATE TRIGGER trg_admin_audit_no_update_delete BEFORE DELETE OR UPDATE ON cordon.admin_audit FOR EACH ROW EXECUTE FUNCTION cordon.admin_audit_append_only();

ALTER TABLE cordon.admin_audit ENABLE ALWAYS TRIGGER trg_admin_audit_no_update_delete;

CREATE TRIGGER trg_brand_config_claim_key BEFORE INSERT ON cordon.brand_config FOR EACH ROW EXECUTE FUNCTION cordon.config_key_claim('brand');

CREATE TRIGGER trg_brand_config_default_claim_key BEFORE INSERT ON cordon.brand_config_default FOR EACH ROW EXECUTE FUNCTION cordon.config_key_claim('brand');

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.agent_brand FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.agent_brand ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.agent_domain FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.agent_domain ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.agent_setting FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.agent_setting ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.bank FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.bank ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.bank_card FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.bank_card ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.bank_card_group FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.bank_card_group ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.brand_config FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.brand_config ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.game_account_alias FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.game_account_alias ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.game_callback FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.game_callback ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.game_round FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.game_round ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.game_session FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.game_session ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.player FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.player ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.player_balance_log FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON cordon.shooter_sms FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE cordon.shooter_sms ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_delegated_approval_follows BEFORE INSERT ON cordon.delegated_approval FOR EACH ROW EXECUTE FUNCTION cordon.delegated_approval_follows();

ALTER TABLE cordon.delegated_approval ENABLE ALWAYS TRIGGER trg_delegated_approval_follows;

CREATE TRIGGER trg_delegated_approval_no_truncate BEFORE TRUNCATE ON cordon.delegated_approval FOR EACH STATEMENT EXECUTE FUNCTION cordon.delegated_approval_append_only();

ALTER TABLE cordon.delegated_approval ENABLE ALWAYS TRIGGER trg_delegated_approval_no_truncate;

CREATE TRIGGER trg_delegated_approval_no_update_delete BEFORE DELETE OR UPDATE ON cordon.delegated_approval FOR EACH ROW EXECUTE FUNCTION cordon.delegated_approval_append_only();

ALTER TABLE cordon.delegated_approval ENABLE ALWAYS TRIGGER trg_delegated_approval_no_update_delete;

CREATE TRIGGER trg_game_callback_dead_letter_transition BEFORE INSERT OR DELETE OR UPDATE ON cordon.game_callback_dead_letter FOR EACH ROW EXECUTE FUNCTION cordon.game_callback_dead_letter_transition();

CREATE TRIGGER trg_global_var_claim_key BEFORE INSERT ON cordon.global_var FOR EACH ROW EXECUTE FUNCTION cordon.config_key_claim('platform');

CREATE TRIGGER trg_global_var_release_key AFTER DELETE ON cordon.global_var FOR EACH ROW EXECUTE FUNCTION cordon.config_key_release();

CREATE TRIGGER trg_player_balance_log_chain BEFORE INSERT ON cordon.player_balance_log FOR EACH ROW EXECUTE FUNCTION cordon.player_balance_log_chain();

ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_player_balance_log_chain;

CREATE TRIGGER trg_player_balance_log_no_truncate BEFORE TRUNCATE ON cordon.player_balance_log FOR EACH STATEMENT EXECUTE FUNCTION cordon.player_balance_log_append_only();

ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_player_balance_log_no_truncate;

CREATE TRIGGER trg_player_balance_log_no_update_delete BEFORE DELETE OR UPDATE ON cordon.player_balance_log FOR EACH ROW EXECUTE FUNCTION cordon.player_balance_log_append_only();

ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_player_balance_log_no_update_delete;

CREATE TRIGGER trg_recovery_audit_chain BEFORE INSERT ON cordon.recovery_audit FOR EACH ROW EXECUTE FUNCTION cordon.recovery_audit_chain();

ALTER TABLE cordon.recovery_audit ENABLE ALWAYS TRIGGER trg_recovery_audit_chain;

CREATE TRIGGER trg_recovery_audit_no_truncate BEFORE TRUNCATE ON cordon.recovery_audit FOR EACH STATEMENT EXECUTE FUNCTION cordon.recovery_audit_append_only();

ALTER TABLE cordon.recovery_audit ENABLE ALWAYS TRIGGER trg_recovery_audit_no_truncate;

CREATE TRIGGER trg_recovery_audit_no_update_delete BEFORE DELETE OR UPDATE ON cordon.recovery_audit FOR EACH ROW EXECUTE FUNCTION cordon.recovery_audit_append_only();

ALTER TABLE cordon.recovery_audit ENABLE ALWAYS TRIGGER trg_recovery_audit_no_update_delete;

CREATE TRIGGER trg_security_audit_logs_chain AFTER INSERT ON cordon.security_audit_logs FOR EACH ROW EXECUTE FUNCTION cordon.security_audit_logs_chain();

ALTER TABLE cordon.security_audit_logs ENABLE ALWAYS TRIGGER trg_security_audit_logs_chain;

CREATE TRIGGER trg_security_audit_logs_no_truncate BEFORE TRUNCATE ON cordon.security_audit_logs FOR EACH STATEMENT EXECUTE FUNCTION cordon.security_audit_logs_append_only();

ALTER TABLE cordon.security_audit_logs ENABLE ALWAYS TRIGGER trg_security_audit_logs_no_truncate;

CREATE TRIGGER trg_security_audit_logs_no_update_delete BEFORE DELETE OR UPDATE ON cordon.security_audit_logs FOR EACH ROW EXECUTE FUNCTION cordon.security_audit_logs_append_only();

ALTER TABLE cordon.security_audit_logs ENABLE ALWAYS TRIGGER trg_security_audit_logs_no_update_delete;

CREATE TRIGGER trg_system_event_chain BEFORE INSERT ON cordon.system_event FOR EACH ROW EXECUTE FUNCTION cordon.system_event_chain();

ALTER TABLE cordon.system_event ENABLE ALWAYS TRIGGER trg_system_event_chain;

CREATE TRIGGER trg_system_event_no_truncate BEFORE TRUNCATE ON cordon.system_event FOR EACH STATEMENT EXECUTE FUNCTION cordon.system_event_append_only();

ALTER TABLE cordon.system_event ENABLE ALWAYS TRIGGER trg_system_event_no_truncate;

CREATE TRIGGER trg_system_event_no_update_delete BEFORE DELETE OR UPDATE ON cordon.system_event FOR EACH ROW EXECUTE FUNCTION cordon.system_event_append_only();

ALTER TABLE cordon.system_event ENABLE ALWAYS TRIGGER trg_system_event_no_update_delete;

CREATE TRIGGER trg_containment_ends_once BEFORE DELETE OR UPDATE ON evidence.containment FOR EACH ROW EXECUTE FUNCTION evidence.containment_ends_once();

ALTER TABLE evidence.containment ENABLE ALWAYS TRIGGER trg_containment_ends_once;

CREATE TRIGGER trg_log_checkpoint_grows BEFORE INSERT ON evidence.log_checkpoint FOR EACH ROW EXECUTE FUNCTION evidence.log_checkpoint_grows();

ALTER TABLE evidence.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_grows;

CREATE TRIGGER trg_log_checkpoint_no_truncate BEFORE TRUNCATE ON evidence.log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION evidence.log_checkpoint_append_only();

ALTER TABLE evidence.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_no_truncate;

CREATE TRIGGER trg_log_checkpoint_no_update_delete BEFORE DELETE OR UPDATE ON evidence.log_checkpoint FOR EACH ROW EXECUTE FUNCTION evidence.log_checkpoint_append_only();

ALTER TABLE evidence.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_no_update_delete;

CREATE TRIGGER trg_log_cosignature_no_truncate BEFORE TRUNCATE ON evidence.log_cosignature FOR EACH STATEMENT EXECUTE FUNCTION evidence.log_cosignature_append_only();

ALTER TABLE evidence.log_cosignature ENABLE ALWAYS TRIGGER trg_log_cosignature_no_truncate;

CREATE TRIGGER trg_log_cosignature_no_update_delete BEFORE DELETE OR UPDATE ON evidence.log_cosignature FOR EACH ROW EXECUTE FUNCTION evidence.log_cosignature_append_only();

ALTER TABLE evidence.log_cosignature ENABLE ALWAYS TRIGGER trg_log_cosignature_no_update_delete;

CREATE TRIGGER trg_log_tile_no_truncate BEFORE TRUNCATE ON evidence.log_tile FOR EACH STATEMENT EXECUTE FUNCTION evidence.log_tile_append_only();

ALTER TABLE evidence.log_tile ENABLE ALWAYS TRIGGER trg_log_tile_no_truncate;

CREATE TRIGGER trg_log_tile_no_update_delete BEFORE DELETE OR UPDATE ON evidence.log_tile FOR EACH ROW EXECUTE FUNCTION evidence.log_tile_append_only();

ALTER TABLE evidence.log_tile ENABLE ALWAYS TRIGGER trg_log_tile_no_update_delete;

CREATE TRIGGER trg_platform_log_checkpoint_grows BEFORE INSERT ON evidence.platform_log_checkpoint FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_checkpoint_grows();

ALTER TABLE evidence.platform_log_checkpoint ENABLE ALWAYS TRIGGER trg_platform_log_checkpoint_grows;

CREATE TRIGGER trg_platform_log_checkpoint_no_truncate BEFORE TRUNCATE ON evidence.platform_log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION evidence.platform_log_checkpoint_append_only();

ALTER TABLE evidence.platform_log_checkpoint ENABLE ALWAYS TRIGGER trg_platform_log_checkpoint_no_truncate;

CREATE TRIGGER trg_platform_log_checkpoint_no_update_delete BEFORE DELETE OR UPDATE ON evidence.platform_log_checkpoint FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_checkpoint_append_only();

ALTER TABLE evidence.platform_log_checkpoint ENABLE ALWAYS TRIGGER trg_platform_log_checkpoint_no_update_delete;

CREATE TRIGGER trg_platform_log_cosignature_no_truncate BEFORE TRUNCATE ON evidence.platform_log_cosignature FOR EACH STATEMENT EXECUTE FUNCTION evidence.platform_log_cosignature_append_only();

ALTER TABLE evidence.platform_log_cosignature ENABLE ALWAYS TRIGGER trg_platform_log_cosignature_no_truncate;

CREATE TRIGGER trg_platform_log_cosignature_no_update_delete BEFORE DELETE OR UPDATE ON evidence.platform_log_cosignature FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_cosignature_append_only();

ALTER TABLE evidence.platform_log_cosignature ENABLE ALWAYS TRIGGER trg_platform_log_cosignature_no_update_delete;

CREATE TRIGGER trg_platform_log_tile_no_truncate BEFORE TRUNCATE ON evidence.platform_log_tile FOR EACH STATEMENT EXECUTE FUNCTION evidence.platform_log_tile_append_only();

ALTER TABLE evidence.platform_log_tile ENABLE ALWAYS TRIGGER trg_platform_log_tile_no_truncate;

CREATE TRIGGER trg_platform_log_tile_no_update_delete BEFORE DELETE OR UPDATE ON evidence.platform_log_tile FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_tile_append_only();

ALTER TABLE evidence.platform_log_tile ENABLE ALWAYS TRIGGER trg_platform_log_tile_no_update_delete;

CREATE TRIGGER trg_security_audit_chain_next BEFORE INSERT ON evidence.security_audit_chain FOR EACH ROW EXECUTE FUNCTION evidence.security_audit_chain_next();

ALTER TABLE evidence.security_audit_chain ENABLE ALWAYS TRIGGER trg_security_audit_chain_next;

CREATE TRIGGER trg_security_audit_chain_no_truncate BEFORE TRUNCATE ON evidence.security_audit_chain FOR EACH STATEMENT EXECUTE FUNCTION evidence.security_audit_chain_append_only();

ALTER TABLE evidence.security_audit_chain ENABLE ALWAYS TRIGGER trg_security_audit_chain_no_truncate;

CREATE TRIGGER trg_security_audit_chain_no_update_delete BEFORE DELETE OR UPDATE ON evidence.security_audit_chain FOR EACH ROW EXECUTE FUNCTION evidence.security_audit_chain_append_only();

ALTER TABLE evidence.security_audit_chain ENABLE ALWAYS TRIGGER trg_security_audit_chain_no_update_delete;

CREATE TRIGGER trg_security_audit_key_no_truncate BEFORE TRUNCATE ON evidence.security_audit_key FOR EACH STATEMENT EXECUTE FUNCTION evidence.security_audit_key_append_only();

ALTER TABLE evidence.security_audit_key ENABLE ALWAYS TRIGGER trg_security_audit_key_no_truncate;

CREATE TRIGGER trg_security_audit_key_no_update_delete BEFORE DELETE OR UPDATE ON evidence.security_audit_key FOR EACH ROW EXECUTE FUNCTION evidence.security_audit_key_append_only();

ALTER TABLE evidence.security_audit_key ENABLE ALWAYS TRIGGER trg_security_audit_key_no_update_delete;

CREATE TRIGGER trg_signing_key_follows BEFORE INSERT ON evidence.signing_key FOR EACH ROW EXECUTE FUNCTION evidence.signing_key_follows();

ALTER TABLE evidence.signing_key ENABLE ALWAYS TRIGGER trg_signing_key_follows;

CREATE TRIGGER trg_signing_key_no_truncate BEFORE TRUNCATE ON evidence.signing_key FOR EACH STATEMENT EXECUTE FUNCTION evidence.signing_key_append_only();

ALTER TABLE evidence.signing_key ENABLE ALWAYS TRIGGER trg_signing_key_no_truncate;

CREATE TRIGGER trg_signing_key_no_update_delete BEFORE DELETE OR UPDATE ON evidence.signing_key FOR EACH ROW EXECUTE FUNCTION evidence.signing_key_append_only();

ALTER TABLE evidence.signing_key ENABLE ALWAYS TRIGGER trg_signing_key_no_update_delete;

CREATE TRIGGER trg_signing_pause_no_truncate BEFORE TRUNCATE ON evidence.signing_pause FOR EACH STATEMENT EXECUTE FUNCTION evidence.signing_pause_append_only();

ALTER TABLE evidence.signing_pause ENABLE ALWAYS TRIGGER trg_signing_pause_no_truncate;

CREATE TRIGGER trg_signing_pause_no_update_delete BEFORE DELETE OR UPDATE ON evidence.signing_pause FOR EACH ROW EXECUTE FUNCTION evidence.signing_pause_append_only();

ALTER TABLE evidence.signing_pause ENABLE ALWAYS TRIGGER trg_signing_pause_no_update_delete;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.payment_callback FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.payment_callback ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_account FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_account ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_balance FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_balance ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_chain FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_chain ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_command FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_command ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_ledger FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_policy FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_policy ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_tombstone FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_tombstone ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_topology FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_topology ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_containment BEFORE INSERT OR DELETE OR UPDATE ON wallet.wallet_transaction FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained();

ALTER TABLE wallet.wallet_transaction ENABLE ALWAYS TRIGGER trg_containment;

CREATE TRIGGER trg_wallet_check_finding_kept BEFORE DELETE OR UPDATE ON wallet.wallet_check_finding FOR EACH ROW EXECUTE FUNCTION wallet.wallet_check_finding_kept();

ALTER TABLE wallet.wallet_check_finding ENABLE ALWAYS TRIGGER trg_wallet_check_finding_kept;

CREATE TRIGGER trg_wallet_check_finding_no_truncate BEFORE TRUNCATE ON wallet.wallet_check_finding FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_check_finding_kept();

ALTER TABLE wallet.wallet_check_finding ENABLE ALWAYS TRIGGER trg_wallet_check_finding_no_truncate;

CREATE TRIGGER trg_wallet_command_entered AFTER INSERT ON wallet.wallet_command REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_command_entered();

ALTER TABLE wallet.wallet_command ENABLE ALWAYS TRIGGER trg_wallet_command_entered;

CREATE TRIGGER trg_wallet_ledger_entered AFTER INSERT ON wallet.wallet_ledger REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_ledger_entered();

ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_entered;

CREATE TRIGGER trg_wallet_ledger_no_truncate BEFORE TRUNCATE ON wallet.wallet_ledger FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_ledger_append_only();

ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_truncate;

CREATE TRIGGER trg_wallet_ledger_no_update_delete BEFORE DELETE OR UPDATE ON wallet.wallet_ledger FOR EACH ROW EXECUTE FUNCTION wallet.wallet_ledger_append_only();

ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_update_delete;

CREATE TRIGGER trg_wallet_policy_transition BEFORE INSERT OR UPDATE ON wallet.wallet_policy FOR EACH ROW EXECUTE FUNCTION wallet.document_transition();

CREATE TRIGGER trg_wallet_topology_transition BEFORE INSERT OR UPDATE ON wallet.wallet_topology FOR EACH ROW EXECUTE FUNCTION wallet.document_transition();

CREATE TRIGGER trg_wallet_transaction_beginning BEFORE INSERT ON wallet.wallet_transaction FOR EACH ROW WHEN ((((((((((((new.kind <> 'deposit'::text) OR (new.state <> 'pending'::text)) AND ((new.kind <> 'deposit'::text) OR (new.state <> 'approved'::text))) AND ((new.kind <> 'withdraw'::text) OR (new.state <> 'requested'::text))) AND ((new.kind <> 'bet'::text) OR (new.state <> 'authorized'::text))) AND ((new.kind <> 'bonus'::text) OR (new.state <> 'granted'::text))) AND ((new.kind <> 'adjust'::text) OR (new.state <> 'applied'::text))) AND ((new.kind <> 'rebate'::text) OR (new.state <> 'applied'::text))) AND ((new.kind <> 'cashback'::text) OR (new.state <> 'applied'::text))) AND ((new.kind <> 'lossback'::text) OR (new.state <> 'applied'::text))) AND ((new.kind <> 'transfer'::text) OR (new.state <> 'applied'::text)))) EXECUTE FUNCTION wallet.wallet_transaction_transition();

CREATE TRIGGER trg_wallet_transaction_entered AFTER INSERT ON wallet.wallet_transaction REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_transaction_entered();

ALTER TABLE wallet.wallet_transaction ENABLE ALWAYS TRIGGER trg_wallet_transaction_entered;

CREATE TRIGGER trg_wallet_transaction_transition BEFORE UPDATE ON wallet.wallet_transaction FOR EACH ROW WHEN (((new.brand_id <> old.brand_id) OR (new.transaction_id <> old.transaction_id) OR (new.kind <> old.kind) OR (new.player_id <> old.player_id) OR ((new.currency)::text <> (old.currency)::text) OR (new.amount <> old.amount) OR (new.request_id <> old.request_id) OR (new.created_at <> old.created_at) OR (new.provider IS DISTINCT FROM old.provider) OR (new.reference IS DISTINCT FROM old.reference) OR (new.round IS DISTINCT FROM old.round) OR (new.requirement IS DISTINCT FROM old.requirement) OR (new.settled_amount < old.settled_amount) OR ((new.settled_amount > old.settled_amount) AND (new.state = 'rolled_back'::text)) OR ((((((((((((((old.kind <> 'deposit'::text) OR (old.state <> 'pending'::text) OR (new.state <> 'approved'::text)) AND ((old.kind <> 'deposit'::text) OR (old.state <> 'pending'::text) OR (new.state <> 'declined'::text))) AND ((old.kind <> 'withdraw'::text) OR (old.state <> 'requested'::text) OR (new.state <> 'approved'::text))) AND ((old.kind <> 'withdraw'::text) OR (old.state <> 'requested'::text) OR (new.state <> 'declined'::text))) AND ((old.kind <> 'withdraw'::text) OR (old.state <> 'approved'::text) OR (new.state <> 'paid'::text))) AND ((old.kind <> 'withdraw'::text) OR (old.state <> 'approved'::text) OR (new.state <> 'declined'::text))) AND ((old.kind <> 'bet'::text) OR (old.state <> 'authorized'::text) OR (new.state <> 'settled'::text))) AND ((old.kind <> 'bet'::text) OR (old.state <> 'authorized'::text) OR (new.state <> 'rolled_back'::text))) AND ((old.kind <> 'bet'::text) OR (old.state <> 'settled'::text) OR (new.state <> 'settled'::text))) AND ((old.kind <> 'bet'::text) OR (old.state <> 'settled'::text) OR (new.state <> 'rolled_back'::text))) AND ((old.kind <> 'bonus'::text) OR (old.state <> 'granted'::text) OR (new.state <> 'converted'::text))) AND ((old.kind <> 'bonus'::text) OR (old.state <> 'granted'::text) OR (new.state <> 'completed'::text))) AND ((old.kind <> 'bonus'::text) OR (old.state <> 'granted'::text) OR (new.state <> 'forfeited'::text))))) EXECUTE FUNCTION wallet.wallet_transaction_transition();

ALTER TABLE ONLY cordon.admin_audit
    ADD CONSTRAINT admin_audit_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.agent_brand
    ADD CONSTRAINT agent_brand_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES cordon.agent(agent_id);

ALTER TABLE ONLY cordon.agent_brand
    ADD CONSTRAINT agent_brand_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.agent_domain
    ADD CONSTRAINT agent_domain_brand_id_agent_id_fkey FOREIGN KEY (brand_id, agent_id) REFERENCES cordon.agent_brand(brand_id, agent_id);

ALTER TABLE ONLY cordon.agent_setting
    ADD CONSTRAINT agent_setting_brand_id_agent_id_fkey FOREIGN KEY (brand_id, agent_id) REFERENCES cordon.agent_brand(brand_id, agent_id);

ALTER TABLE ONLY cordon.bank
    ADD CONSTRAINT bank_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.bank_card
    ADD CONSTRAINT bank_card_brand_id_bank_card_group_id_fkey FOREIGN KEY (brand_id, bank_card_group_id) REFERENCES cordon.bank_card_group(brand_id, bank_card_group_id);

ALTER TABLE ONLY cordon.bank_card
    ADD CONSTRAINT bank_card_brand_id_bank_id_fkey FOREIGN KEY (brand_id, bank_id) REFERENCES cordon.bank(brand_id, bank_id);

ALTER TABLE ONLY cordon.bank_card_group
    ADD CONSTRAINT bank_card_group_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.brand_config
    ADD CONSTRAINT brand_config_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.domain_binding
    ADD CONSTRAINT domain_binding_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES cordon.agent(agent_id);

ALTER TABLE ONLY cordon.domain_binding
    ADD CONSTRAINT domain_binding_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.game_account_alias
    ADD CONSTRAINT game_account_alias_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.game_account_alias
    ADD CONSTRAINT game_account_alias_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.game_callback
    ADD CONSTRAINT game_callback_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.game_callback
    ADD CONSTRAINT game_callback_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.game_provider_switch
    ADD CONSTRAINT game_provider_switch_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.game_round
    ADD CONSTRAINT game_round_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.game_round
    ADD CONSTRAINT game_round_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.game_session
    ADD CONSTRAINT game_session_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.game_session
    ADD CONSTRAINT game_session_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.player_balance_log
    ADD CONSTRAINT player_balance_log_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.player
    ADD CONSTRAINT player_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.player_login
    ADD CONSTRAINT player_login_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.player_login
    ADD CONSTRAINT player_login_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.player_login
    ADD CONSTRAINT player_login_brand_id_session_id_fkey FOREIGN KEY (brand_id, session_id) REFERENCES cordon.player_session(brand_id, session_id);

ALTER TABLE ONLY cordon.player_outbox
    ADD CONSTRAINT player_outbox_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.player_refresh_token
    ADD CONSTRAINT player_refresh_token_brand_id_session_id_fkey FOREIGN KEY (brand_id, session_id) REFERENCES cordon.player_session(brand_id, session_id);

ALTER TABLE ONLY cordon.player_session
    ADD CONSTRAINT player_session_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY cordon.recovery_audit
    ADD CONSTRAINT recovery_audit_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.shooter_sms
    ADD CONSTRAINT shooter_sms_brand_id_deposit_id_fkey FOREIGN KEY (brand_id, deposit_id) REFERENCES wallet.wallet_transaction(brand_id, transaction_id);

ALTER TABLE ONLY cordon.shooter_sms
    ADD CONSTRAINT shooter_sms_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.staff_brand
    ADD CONSTRAINT staff_brand_admin_id_fkey FOREIGN KEY (admin_id) REFERENCES cordon.staff(admin_id);

ALTER TABLE ONLY cordon.staff_brand
    ADD CONSTRAINT staff_brand_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY cordon.system_event
    ADD CONSTRAINT system_event_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY evidence.containment
    ADD CONSTRAINT containment_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY evidence.log_checkpoint
    ADD CONSTRAINT log_checkpoint_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY evidence.log_cosignature
    ADD CONSTRAINT log_cosignature_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY evidence.log_tile
    ADD CONSTRAINT log_tile_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY security.cross_brand_detection
    ADD CONSTRAINT cross_brand_detection_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY security.cross_brand_detection
    ADD CONSTRAINT cross_brand_detection_found_brand_id_fkey FOREIGN KEY (found_brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.payment_callback
    ADD CONSTRAINT payment_callback_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.payment_callback
    ADD CONSTRAINT payment_callback_brand_id_transaction_id_fkey FOREIGN KEY (brand_id, transaction_id) REFERENCES wallet.wallet_transaction(brand_id, transaction_id);

ALTER TABLE ONLY wallet.wallet_account
    ADD CONSTRAINT wallet_account_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.wallet_balance
    ADD CONSTRAINT wallet_balance_brand_id_player_id_fkey FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player(brand_id, player_id);

ALTER TABLE ONLY wallet.wallet_chain
    ADD CONSTRAINT wallet_chain_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.wallet_check
    ADD CONSTRAINT wallet_check_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.wallet_check_finding
    ADD CONSTRAINT wallet_check_finding_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.wallet_policy
    ADD CONSTRAINT wallet_policy_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE ONLY wallet.wallet_tombstone
    ADD CONSTRAINT wallet_tombstone_brand_id_request_id_fkey FOREIGN KEY (brand_id, request_id) REFERENCES wallet.wallet_command(brand_id, request_id);

ALTER TABLE ONLY wallet.wallet_topology
    ADD CONSTRAINT wallet_topology_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES cordon.brand(brand_id);

ALTER TABLE cordon.admin_audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.agent_brand ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.agent_domain ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.agent_setting ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_reads_all_brands ON cordon.admin_audit FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.agent_brand FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.agent_domain FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.agent_setting FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.bank FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.bank_card FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.bank_card_group FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.brand_config FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.game_account_alias FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.game_callback FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.game_provider_switch FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.game_round FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.game_session FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.player FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.player_balance_log FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.player_login FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.player_outbox FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.player_refresh_token FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.player_session FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.recovery_audit FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.security_audit_logs FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.shooter_sms FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON cordon.system_event FOR SELECT TO cordon_audit USING (true);

ALTER TABLE cordon.bank ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.bank_card ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.bank_card_group ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.brand_config ENABLE ROW LEVEL SECURITY;

CREATE POLICY brand_isolation ON cordon.agent_brand USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.agent_domain USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.agent_setting USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.bank USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.bank_card USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.bank_card_group USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.brand_config USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.game_account_alias USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.game_callback USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.game_provider_switch USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.game_round USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.game_session USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.player USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.player_balance_log USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.player_login USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.player_outbox USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.player_refresh_token USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.player_session USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON cordon.recovery_audit USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_matches ON cordon.shooter_sms FOR UPDATE USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) OR (brand_id IS NULL))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_or_platform ON cordon.admin_audit USING (((( SELECT cordon.brand_id_if_set() AS brand_id_if_set) IS NULL) OR (brand_id = ( SELECT cordon.brand_id_if_set() AS brand_id_if_set)))) WITH CHECK (((( SELECT cordon.brand_id_if_set() AS brand_id_if_set) IS NULL) OR (brand_id = ( SELECT cordon.brand_id_if_set() AS brand_id_if_set))));

CREATE POLICY brand_or_platform ON cordon.system_event USING (((( SELECT cordon.brand_id_if_set() AS brand_id_if_set) IS NULL) OR (brand_id = ( SELECT cordon.brand_id_if_set() AS brand_id_if_set)))) WITH CHECK (((( SELECT cordon.brand_id_if_set() AS brand_id_if_set) IS NULL) OR (brand_id = ( SELECT cordon.brand_id_if_set() AS brand_id_if_set))));

CREATE POLICY brand_reads_own_and_unmatched ON cordon.shooter_sms FOR SELECT USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) OR (brand_id IS NULL)));

CREATE POLICY detector_reads_keys ON cordon.player FOR SELECT TO cordon_detector USING (true);

ALTER TABLE cordon.game_account_alias ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_callback ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_provider_switch ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_round ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.game_session ENABLE ROW LEVEL SECURITY;

CREATE POLICY ingest_without_brand ON cordon.shooter_sms FOR INSERT WITH CHECK ((brand_id IS NULL));

ALTER TABLE cordon.player ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_balance_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_login ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_refresh_token ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.player_session ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.recovery_audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.security_audit_logs ENABLE ROW LEVEL SECURITY;

CREATE POLICY security_audit_service_only ON cordon.security_audit_logs USING ((auth.role() = 'service_role'::text));

ALTER TABLE cordon.shooter_sms ENABLE ROW LEVEL SECURITY;

ALTER TABLE cordon.system_event ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_reads_all_brands ON evidence.containment FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON evidence.log_checkpoint FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON evidence.log_cosignature FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON evidence.log_tile FOR SELECT TO cordon_audit USING (true);

CREATE POLICY brand_isolation ON evidence.containment USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON evidence.log_checkpoint USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON evidence.log_cosignature USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON evidence.log_tile USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

ALTER TABLE evidence.containment ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.log_checkpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.log_cosignature ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.log_tile ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_reads_all_brands ON security.cross_brand_detection FOR SELECT TO cordon_audit USING (true);

CREATE POLICY brand_isolation ON security.cross_brand_detection USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

ALTER TABLE security.cross_brand_detection ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_reads_all_brands ON wallet.payment_callback FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_account FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_balance FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_chain FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_check FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_check_finding FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_command FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_ledger FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_outbox FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_policy FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_tombstone FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_topology FOR SELECT TO cordon_audit USING (true);

CREATE POLICY audit_reads_all_brands ON wallet.wallet_transaction FOR SELECT TO cordon_audit USING (true);

CREATE POLICY brand_isolation ON wallet.payment_callback USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_account USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_balance USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_chain USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_check USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_check_finding USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_command USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_ledger USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_outbox USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_policy USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_tombstone USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_topology USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY brand_isolation ON wallet.wallet_transaction USING (((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)) AND (brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)))) WITH CHECK ((brand_id = ( SELECT cordon.current_brand_id() AS current_brand_id)));

CREATE POLICY detector_reads_keys ON wallet.wallet_command FOR SELECT TO cordon_detector USING (true);

CREATE POLICY detector_reads_keys ON wallet.wallet_transaction FOR SELECT TO cordon_detector USING (true);

ALTER TABLE wallet.payment_callback ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_account ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_balance ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_chain ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_check ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_check_finding ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_command ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_ledger ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_tombstone ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_topology ENABLE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_transaction ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA auth TO cordon_app;
GRANT USAGE ON SCHEMA auth TO cordon_audit;
GRANT USAGE ON SCHEMA auth TO cordon_backup;

GRANT USAGE ON SCHEMA cordon TO cordon_app;
GRANT USAGE ON SCHEMA cordon TO cordon_audit;
GRANT USAGE ON SCHEMA cordon TO cordon_backup;
GRANT USAGE ON SCHEMA cordon TO cordon_detector;

GRANT USAGE ON SCHEMA evidence TO cordon_app;
GRANT USAGE ON SCHEMA evidence TO cordon_audit;
GRANT USAGE ON SCHEMA evidence TO cordon_backup;

GRANT USAGE ON SCHEMA security TO cordon_app;
GRANT USAGE ON SCHEMA security TO cordon_audit;
GRANT USAGE ON SCHEMA security TO cordon_backup;
GRANT USAGE ON SCHEMA security TO cordon_detector;

GRANT USAGE ON SCHEMA wallet TO cordon_app;
GRANT USAGE ON SCHEMA wallet TO cordon_audit;
GRANT USAGE ON SCHEMA wallet TO cordon_backup;
GRANT USAGE ON SCHEMA wallet TO cordon_detector;

REVOKE ALL ON FUNCTION auth.role() FROM PUBLIC;
GRANT ALL ON FUNCTION auth.role() TO cordon_app;
GRANT ALL ON FUNCTION auth.role() TO cordon_audit;
GRANT ALL ON FUNCTION auth.role() TO cordon_backup;

REVOKE ALL ON FUNCTION cordon.admin_audit_append_only() FROM PUBLIC;

GRANT SELECT ON TABLE cordon.admin_audit TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.admin_audit TO cordon_app;
GRANT SELECT ON TABLE cordon.admin_audit TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.admin_audit_bytes(entry cordon.admin_audit) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.admin_audit_bytes(entry cordon.admin_audit) TO cordon_app;
GRANT ALL ON FUNCTION cordon.admin_audit_bytes(entry cordon.admin_audit) TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.admin_audit_chain() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.brand_id_if_set() FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.brand_id_if_set() TO cordon_app;
GRANT ALL ON FUNCTION cordon.brand_id_if_set() TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.config_key_claim() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.config_key_release() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.current_brand_id() FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.current_brand_id() TO cordon_app;
GRANT ALL ON FUNCTION cordon.current_brand_id() TO cordon_audit;
GRANT ALL ON FUNCTION cordon.current_brand_id() TO cordon_detector;

REVOKE ALL ON FUNCTION cordon.delegated_approval_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.delegated_approval_follows() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.game_callback_dead_letter_transition() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.isolate_by_brand(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.player_balance_log_append_only() FROM PUBLIC;

GRANT SELECT ON TABLE cordon.player_balance_log TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.player_balance_log TO cordon_app;
GRANT SELECT ON TABLE cordon.player_balance_log TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.player_balance_log_bytes(entry cordon.player_balance_log) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.player_balance_log_bytes(entry cordon.player_balance_log) TO cordon_app;
GRANT ALL ON FUNCTION cordon.player_balance_log_bytes(entry cordon.player_balance_log) TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.player_balance_log_chain() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.recovery_audit_append_only() FROM PUBLIC;

GRANT SELECT ON TABLE cordon.recovery_audit TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.recovery_audit TO cordon_app;
GRANT SELECT ON TABLE cordon.recovery_audit TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.recovery_audit_bytes(entry cordon.recovery_audit) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.recovery_audit_bytes(entry cordon.recovery_audit) TO cordon_app;
GRANT ALL ON FUNCTION cordon.recovery_audit_bytes(entry cordon.recovery_audit) TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.recovery_audit_chain() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.row_brand(kind text, key text) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.row_brand(kind text, key text) TO cordon_app;

REVOKE ALL ON FUNCTION cordon.row_brands(kind text, keys text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.row_brands(kind text, keys text[]) TO cordon_app;

REVOKE ALL ON FUNCTION cordon.security_audit_logs_append_only() FROM PUBLIC;

GRANT SELECT ON TABLE cordon.security_audit_logs TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.security_audit_logs TO cordon_app;
GRANT SELECT ON TABLE cordon.security_audit_logs TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) TO cordon_app;
GRANT ALL ON FUNCTION cordon.security_audit_logs_bytes(entry cordon.security_audit_logs, seq bigint, prev_hash bytea) TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.security_audit_logs_chain() FROM PUBLIC;

REVOKE ALL ON FUNCTION cordon.system_event_append_only() FROM PUBLIC;

GRANT SELECT ON TABLE cordon.system_event TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.system_event TO cordon_app;
GRANT SELECT ON TABLE cordon.system_event TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.system_event_bytes(entry cordon.system_event) FROM PUBLIC;
GRANT ALL ON FUNCTION cordon.system_event_bytes(entry cordon.system_event) TO cordon_app;
GRANT ALL ON FUNCTION cordon.system_event_bytes(entry cordon.system_event) TO cordon_audit;

REVOKE ALL ON FUNCTION cordon.system_event_chain() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.chain_ledger(target regclass, title text) FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.close_chain(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.containment_ends_once() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.guard_ledger(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.log_checkpoint_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.log_checkpoint_grows() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.log_cosignature_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.log_tile_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.platform_log_checkpoint_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.platform_log_checkpoint_grows() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.platform_log_cosignature_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.platform_log_tile_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.refuse_contained() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.security_audit_chain_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.security_audit_chain_next() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.security_audit_key_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.signing_key_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.signing_key_follows() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.signing_pause_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION evidence.stop_in_containment(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.document_transition() FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.ledger_entry_hash(brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text, currency text, amount bigint, balance_after bigint, created_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION wallet.ledger_entry_hash(brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text, currency text, amount bigint, balance_after bigint, created_at timestamp with time zone) TO cordon_app;
GRANT ALL ON FUNCTION wallet.ledger_entry_hash(brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text, currency text, amount bigint, balance_after bigint, created_at timestamp with time zone) TO cordon_audit;

REVOKE ALL ON FUNCTION wallet.length_prefixed(field bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION wallet.length_prefixed(field bytea) TO cordon_app;
GRANT ALL ON FUNCTION wallet.length_prefixed(field bytea) TO cordon_audit;

REVOKE ALL ON FUNCTION wallet.wallet_check_finding_kept() FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.wallet_command_entered() FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.wallet_ledger_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.wallet_ledger_entered() FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.wallet_transaction_entered() FROM PUBLIC;

REVOKE ALL ON FUNCTION wallet.wallet_transaction_transition() FROM PUBLIC;

GRANT SELECT ON SEQUENCE cordon.admin_audit_audit_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.agent TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.agent TO cordon_app;
GRANT SELECT ON TABLE cordon.agent TO cordon_audit;

GRANT UPDATE(name) ON TABLE cordon.agent TO cordon_app;

GRANT UPDATE(status) ON TABLE cordon.agent TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.agent TO cordon_app;

GRANT SELECT ON SEQUENCE cordon.agent_agent_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.agent_brand TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.agent_brand TO cordon_app;
GRANT SELECT ON TABLE cordon.agent_brand TO cordon_audit;

GRANT UPDATE(status) ON TABLE cordon.agent_brand TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.agent_brand TO cordon_app;

GRANT SELECT ON TABLE cordon.agent_domain TO cordon_backup;
GRANT SELECT,INSERT,DELETE ON TABLE cordon.agent_domain TO cordon_app;
GRANT SELECT ON TABLE cordon.agent_domain TO cordon_audit;

GRANT SELECT ON TABLE cordon.agent_setting TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.agent_setting TO cordon_app;
GRANT SELECT ON TABLE cordon.agent_setting TO cordon_audit;

GRANT UPDATE(settings) ON TABLE cordon.agent_setting TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.agent_setting TO cordon_app;

GRANT SELECT ON TABLE cordon.bank TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.bank TO cordon_app;
GRANT SELECT ON TABLE cordon.bank TO cordon_audit;

GRANT UPDATE(name) ON TABLE cordon.bank TO cordon_app;

GRANT UPDATE(status) ON TABLE cordon.bank TO cordon_app;

GRANT SELECT ON SEQUENCE cordon.bank_bank_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.bank_card TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.bank_card TO cordon_app;

GRANT SELECT(brand_id) ON TABLE cordon.bank_card TO cordon_audit;

GRANT SELECT(bank_card_id) ON TABLE cordon.bank_card TO cordon_audit;

GRANT SELECT(bank_id) ON TABLE cordon.bank_card TO cordon_audit;

GRANT UPDATE(bank_card_group_id) ON TABLE cordon.bank_card TO cordon_app;
GRANT SELECT(bank_card_group_id) ON TABLE cordon.bank_card TO cordon_audit;

GRANT UPDATE(holder) ON TABLE cordon.bank_card TO cordon_app;

GRANT SELECT(number_key_id) ON TABLE cordon.bank_card TO cordon_audit;

GRANT SELECT(number_last_digits) ON TABLE cordon.bank_card TO cordon_audit;

GRANT UPDATE(status) ON TABLE cordon.bank_card TO cordon_app;
GRANT SELECT(status) ON TABLE cordon.bank_card TO cordon_audit;

GRANT SELECT(created_at) ON TABLE cordon.bank_card TO cordon_audit;

GRANT SELECT ON SEQUENCE cordon.bank_card_bank_card_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.bank_card_group TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.bank_card_group TO cordon_app;
GRANT SELECT ON TABLE cordon.bank_card_group TO cordon_audit;

GRANT UPDATE(name) ON TABLE cordon.bank_card_group TO cordon_app;

GRANT SELECT ON SEQUENCE cordon.bank_card_group_bank_card_group_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.brand TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.brand TO cordon_app;
GRANT SELECT ON TABLE cordon.brand TO cordon_audit;

GRANT SELECT(brand_id) ON TABLE cordon.brand TO cordon_detector;

GRANT UPDATE(name) ON TABLE cordon.brand TO cordon_app;

GRANT UPDATE(status) ON TABLE cordon.brand TO cordon_app;

GRANT UPDATE(default_currency) ON TABLE cordon.brand TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.brand TO cordon_app;

GRANT SELECT ON SEQUENCE cordon.brand_brand_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.brand_config TO cordon_backup;
GRANT SELECT,INSERT,DELETE ON TABLE cordon.brand_config TO cordon_app;
GRANT SELECT ON TABLE cordon.brand_config TO cordon_audit;

GRANT UPDATE(value) ON TABLE cordon.brand_config TO cordon_app;

GRANT UPDATE(updated_by) ON TABLE cordon.brand_config TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.brand_config TO cordon_app;

GRANT SELECT ON TABLE cordon.brand_config_default TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.brand_config_default TO cordon_app;
GRANT SELECT ON TABLE cordon.brand_config_default TO cordon_audit;

GRANT SELECT ON TABLE cordon.config_key TO cordon_backup;
GRANT SELECT,INSERT,DELETE ON TABLE cordon.config_key TO cordon_app;
GRANT SELECT ON TABLE cordon.config_key TO cordon_audit;

GRANT SELECT ON TABLE cordon.delegated_approval TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.delegated_approval TO cordon_app;
GRANT SELECT ON TABLE cordon.delegated_approval TO cordon_audit;

GRANT SELECT ON TABLE cordon.domain_binding TO cordon_backup;
GRANT SELECT,INSERT,DELETE ON TABLE cordon.domain_binding TO cordon_app;
GRANT SELECT ON TABLE cordon.domain_binding TO cordon_audit;

GRANT UPDATE(kind) ON TABLE cordon.domain_binding TO cordon_app;

GRANT UPDATE(brand_id) ON TABLE cordon.domain_binding TO cordon_app;

GRANT UPDATE(agent_id) ON TABLE cordon.domain_binding TO cordon_app;

GRANT UPDATE(level_id) ON TABLE cordon.domain_binding TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.domain_binding TO cordon_app;

GRANT SELECT ON TABLE cordon.game_account_alias TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.game_account_alias TO cordon_app;
GRANT SELECT ON TABLE cordon.game_account_alias TO cordon_audit;

GRANT SELECT ON TABLE cordon.game_callback TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.game_callback TO cordon_app;
GRANT SELECT ON TABLE cordon.game_callback TO cordon_audit;

GRANT UPDATE(balance) ON TABLE cordon.game_callback TO cordon_app;

GRANT SELECT ON TABLE cordon.game_callback_dead_letter TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.game_callback_dead_letter TO cordon_app;
GRANT SELECT ON TABLE cordon.game_callback_dead_letter TO cordon_audit;

GRANT UPDATE(replay_status) ON TABLE cordon.game_callback_dead_letter TO cordon_app;

GRANT UPDATE(replayed_at) ON TABLE cordon.game_callback_dead_letter TO cordon_app;

GRANT UPDATE(replay_request_id) ON TABLE cordon.game_callback_dead_letter TO cordon_app;

GRANT UPDATE(notes) ON TABLE cordon.game_callback_dead_letter TO cordon_app;

GRANT UPDATE(abandoned_at) ON TABLE cordon.game_callback_dead_letter TO cordon_app;

GRANT SELECT ON SEQUENCE cordon.game_callback_dead_letter_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.game_provider_switch TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.game_provider_switch TO cordon_app;
GRANT SELECT ON TABLE cordon.game_provider_switch TO cordon_audit;

GRANT UPDATE(enabled) ON TABLE cordon.game_provider_switch TO cordon_app;

GRANT UPDATE(maintenance) ON TABLE cordon.game_provider_switch TO cordon_app;

GRANT UPDATE(reason) ON TABLE cordon.game_provider_switch TO cordon_app;

GRANT UPDATE(updated_by) ON TABLE cordon.game_provider_switch TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.game_provider_switch TO cordon_app;

GRANT SELECT ON TABLE cordon.game_round TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.game_round TO cordon_app;
GRANT SELECT ON TABLE cordon.game_round TO cordon_audit;

GRANT UPDATE(state) ON TABLE cordon.game_round TO cordon_app;

GRANT UPDATE(bet_transaction_id) ON TABLE cordon.game_round TO cordon_app;

GRANT UPDATE(win_transaction_id) ON TABLE cordon.game_round TO cordon_app;

GRANT UPDATE(closed_at) ON TABLE cordon.game_round TO cordon_app;

GRANT SELECT ON TABLE cordon.game_session TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.game_session TO cordon_app;

GRANT SELECT(brand_id) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT(provider) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT(player_id) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT(kind) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT(game) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT(expires_at) ON TABLE cordon.game_session TO cordon_audit;

GRANT UPDATE(ended_at) ON TABLE cordon.game_session TO cordon_app;
GRANT SELECT(ended_at) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT(created_at) ON TABLE cordon.game_session TO cordon_audit;

GRANT SELECT ON TABLE cordon.global_var TO cordon_backup;
GRANT SELECT,INSERT,DELETE ON TABLE cordon.global_var TO cordon_app;
GRANT SELECT ON TABLE cordon.global_var TO cordon_audit;

GRANT UPDATE(value) ON TABLE cordon.global_var TO cordon_app;

GRANT UPDATE(updated_by) ON TABLE cordon.global_var TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE cordon.global_var TO cordon_app;

GRANT SELECT ON TABLE cordon.player TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.player TO cordon_app;

GRANT SELECT(brand_id) ON TABLE cordon.player TO cordon_audit;
GRANT SELECT(brand_id) ON TABLE cordon.player TO cordon_detector;

GRANT SELECT(player_id) ON TABLE cordon.player TO cordon_audit;
GRANT SELECT(player_id) ON TABLE cordon.player TO cordon_detector;

GRANT SELECT(guid) ON TABLE cordon.player TO cordon_audit;

GRANT SELECT(account) ON TABLE cordon.player TO cordon_audit;

GRANT SELECT(account_key) ON TABLE cordon.player TO cordon_audit;

GRANT UPDATE(password_hash) ON TABLE cordon.player TO cordon_app;

GRANT UPDATE(status) ON TABLE cordon.player TO cordon_app;
GRANT SELECT(status) ON TABLE cordon.player TO cordon_audit;

GRANT UPDATE(contact_ciphertext) ON TABLE cordon.player TO cordon_app;

GRANT UPDATE(contact_key_id) ON TABLE cordon.player TO cordon_app;
GRANT SELECT(contact_key_id) ON TABLE cordon.player TO cordon_audit;

GRANT SELECT(created_at) ON TABLE cordon.player TO cordon_audit;

GRANT UPDATE(updated_at) ON TABLE cordon.player TO cordon_app;
GRANT SELECT(updated_at) ON TABLE cordon.player TO cordon_audit;

GRANT SELECT ON SEQUENCE cordon.player_balance_log_log_id_seq TO cordon_backup;

GRANT SELECT ON TABLE wallet.wallet_transaction TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_transaction TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_transaction TO cordon_audit;

GRANT SELECT(brand_id) ON TABLE wallet.wallet_transaction TO cordon_detector;

GRANT SELECT(transaction_id) ON TABLE wallet.wallet_transaction TO cordon_detector;

GRANT UPDATE(state) ON TABLE wallet.wallet_transaction TO cordon_app;

GRANT UPDATE(settled_amount) ON TABLE wallet.wallet_transaction TO cordon_app;

GRANT UPDATE(reason) ON TABLE wallet.wallet_transaction TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE wallet.wallet_transaction TO cordon_app;

GRANT SELECT ON TABLE cordon.player_deposit TO cordon_backup;
GRANT SELECT ON TABLE cordon.player_deposit TO cordon_app;
GRANT SELECT ON TABLE cordon.player_deposit TO cordon_audit;

GRANT SELECT ON TABLE cordon.player_login TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.player_login TO cordon_app;
GRANT SELECT ON TABLE cordon.player_login TO cordon_audit;

GRANT SELECT ON SEQUENCE cordon.player_login_login_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.player_outbox TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.player_outbox TO cordon_app;
GRANT SELECT ON TABLE cordon.player_outbox TO cordon_audit;

GRANT UPDATE(payload) ON TABLE cordon.player_outbox TO cordon_app;

GRANT UPDATE(published_at) ON TABLE cordon.player_outbox TO cordon_app;

GRANT UPDATE(attempts) ON TABLE cordon.player_outbox TO cordon_app;

GRANT UPDATE(last_error) ON TABLE cordon.player_outbox TO cordon_app;

GRANT UPDATE(dead_lettered_at) ON TABLE cordon.player_outbox TO cordon_app;

GRANT SELECT ON SEQUENCE cordon.player_outbox_sequence_seq TO cordon_backup;

GRANT SELECT ON SEQUENCE cordon.player_player_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.player_refresh_token TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.player_refresh_token TO cordon_app;

GRANT SELECT(brand_id) ON TABLE cordon.player_refresh_token TO cordon_audit;

GRANT SELECT(session_id) ON TABLE cordon.player_refresh_token TO cordon_audit;

GRANT SELECT(generation) ON TABLE cordon.player_refresh_token TO cordon_audit;

GRANT SELECT(issued_at) ON TABLE cordon.player_refresh_token TO cordon_audit;

GRANT SELECT(expires_at) ON TABLE cordon.player_refresh_token TO cordon_audit;

GRANT UPDATE(used_at) ON TABLE cordon.player_refresh_token TO cordon_app;
GRANT SELECT(used_at) ON TABLE cordon.player_refresh_token TO cordon_audit;

GRANT SELECT ON TABLE cordon.player_session TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.player_session TO cordon_app;
GRANT SELECT ON TABLE cordon.player_session TO cordon_audit;

GRANT UPDATE(expires_at) ON TABLE cordon.player_session TO cordon_app;

GRANT UPDATE(revoked_at) ON TABLE cordon.player_session TO cordon_app;

GRANT UPDATE(revoked_reason) ON TABLE cordon.player_session TO cordon_app;

GRANT SELECT ON TABLE cordon.player_withdraw TO cordon_backup;
GRANT SELECT ON TABLE cordon.player_withdraw TO cordon_app;
GRANT SELECT ON TABLE cordon.player_withdraw TO cordon_audit;

GRANT SELECT ON SEQUENCE cordon.recovery_audit_recovery_audit_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.schema_migrations TO cordon_app;
GRANT SELECT ON TABLE cordon.schema_migrations TO cordon_audit;
GRANT SELECT ON TABLE cordon.schema_migrations TO cordon_backup;

GRANT SELECT ON SEQUENCE cordon.security_audit_logs_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.shooter_sms TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.shooter_sms TO cordon_app;
GRANT SELECT ON TABLE cordon.shooter_sms TO cordon_audit;

GRANT UPDATE(brand_id) ON TABLE cordon.shooter_sms TO cordon_app;

GRANT UPDATE(deposit_id) ON TABLE cordon.shooter_sms TO cordon_app;

GRANT UPDATE(matched_at) ON TABLE cordon.shooter_sms TO cordon_app;

GRANT SELECT ON TABLE cordon.staff TO cordon_backup;
GRANT SELECT,INSERT ON TABLE cordon.staff TO cordon_app;

GRANT SELECT(admin_id) ON TABLE cordon.staff TO cordon_audit;

GRANT UPDATE(password_hash) ON TABLE cordon.staff TO cordon_app;

GRANT UPDATE(roles) ON TABLE cordon.staff TO cordon_app;
GRANT SELECT(roles) ON TABLE cordon.staff TO cordon_audit;

GRANT UPDATE(status) ON TABLE cordon.staff TO cordon_app;
GRANT SELECT(status) ON TABLE cordon.staff TO cordon_audit;

GRANT SELECT(created_at) ON TABLE cordon.staff TO cordon_audit;

GRANT UPDATE(updated_at) ON TABLE cordon.staff TO cordon_app;
GRANT SELECT(updated_at) ON TABLE cordon.staff TO cordon_audit;

GRANT SELECT ON TABLE cordon.staff_brand TO cordon_backup;
GRANT SELECT,INSERT,DELETE ON TABLE cordon.staff_brand TO cordon_app;
GRANT SELECT ON TABLE cordon.staff_brand TO cordon_audit;

GRANT SELECT ON SEQUENCE cordon.system_event_event_id_seq TO cordon_backup;

GRANT SELECT ON TABLE cordon.v_brand_config_default TO cordon_backup;
GRANT SELECT ON TABLE cordon.v_brand_config_default TO cordon_app;
GRANT SELECT ON TABLE cordon.v_brand_config_default TO cordon_audit;

GRANT SELECT ON TABLE cordon.v_platform_table TO cordon_backup;
GRANT SELECT ON TABLE cordon.v_platform_table TO cordon_app;
GRANT SELECT ON TABLE cordon.v_platform_table TO cordon_audit;

GRANT SELECT ON TABLE cordon.v_brand_scoped_table TO cordon_backup;
GRANT SELECT ON TABLE cordon.v_brand_scoped_table TO cordon_app;
GRANT SELECT ON TABLE cordon.v_brand_scoped_table TO cordon_audit;

GRANT SELECT ON TABLE cordon.v_delegated_approval TO cordon_backup;
GRANT SELECT ON TABLE cordon.v_delegated_approval TO cordon_app;
GRANT SELECT ON TABLE cordon.v_delegated_approval TO cordon_audit;

GRANT SELECT ON TABLE wallet.wallet_ledger TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_ledger TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_ledger TO cordon_audit;

GRANT SELECT ON TABLE cordon.v_player_balance_change TO cordon_backup;
GRANT SELECT ON TABLE cordon.v_player_balance_change TO cordon_app;
GRANT SELECT ON TABLE cordon.v_player_balance_change TO cordon_audit;

GRANT SELECT ON TABLE cordon.v_security_audit_log TO cordon_backup;
GRANT SELECT ON TABLE cordon.v_security_audit_log TO cordon_app;
GRANT SELECT ON TABLE cordon.v_security_audit_log TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.admin_audit_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.admin_audit_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.admin_audit_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.containment TO cordon_backup;
GRANT SELECT ON TABLE evidence.containment TO cordon_app;
GRANT SELECT ON TABLE evidence.containment TO cordon_audit;

GRANT INSERT(brand_id) ON TABLE evidence.containment TO cordon_app;

GRANT INSERT(begun_by) ON TABLE evidence.containment TO cordon_app;

GRANT INSERT(reason) ON TABLE evidence.containment TO cordon_app;

GRANT UPDATE(ended_by) ON TABLE evidence.containment TO cordon_app;

GRANT UPDATE(end_reason) ON TABLE evidence.containment TO cordon_app;

GRANT UPDATE(ended_at) ON TABLE evidence.containment TO cordon_app;

GRANT SELECT ON SEQUENCE evidence.containment_containment_id_seq TO cordon_backup;

GRANT SELECT ON SEQUENCE evidence.delegated_approval_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.delegated_approval_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.delegated_approval_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.log_checkpoint TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.log_checkpoint TO cordon_app;
GRANT SELECT ON TABLE evidence.log_checkpoint TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.log_checkpoint_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.log_checkpoint_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.log_checkpoint_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.log_cosignature TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.log_cosignature TO cordon_app;
GRANT SELECT ON TABLE evidence.log_cosignature TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.log_cosignature_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.log_cosignature_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.log_cosignature_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.log_tile TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.log_tile TO cordon_app;
GRANT SELECT ON TABLE evidence.log_tile TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.log_tile_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.log_tile_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.log_tile_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.platform_log_checkpoint TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.platform_log_checkpoint TO cordon_app;
GRANT SELECT ON TABLE evidence.platform_log_checkpoint TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.platform_log_checkpoint_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.platform_log_checkpoint_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.platform_log_checkpoint_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.platform_log_cosignature TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.platform_log_cosignature TO cordon_app;
GRANT SELECT ON TABLE evidence.platform_log_cosignature TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.platform_log_cosignature_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.platform_log_cosignature_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.platform_log_cosignature_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.platform_log_tile TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.platform_log_tile TO cordon_app;
GRANT SELECT ON TABLE evidence.platform_log_tile TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.platform_log_tile_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.platform_log_tile_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.platform_log_tile_refusals TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.player_balance_log_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.player_balance_log_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.player_balance_log_refusals TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.recovery_audit_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.recovery_audit_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.recovery_audit_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.security_audit_chain TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.security_audit_chain TO cordon_app;
GRANT SELECT ON TABLE evidence.security_audit_chain TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.security_audit_chain_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.security_audit_chain_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.security_audit_chain_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.security_audit_key TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.security_audit_key TO cordon_app;
GRANT SELECT ON TABLE evidence.security_audit_key TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.security_audit_key_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.security_audit_key_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.security_audit_key_refusals TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.security_audit_logs_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.security_audit_logs_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.security_audit_logs_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.signing_key TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.signing_key TO cordon_app;
GRANT SELECT ON TABLE evidence.signing_key TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.signing_key_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.signing_key_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.signing_key_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.signing_pause TO cordon_backup;
GRANT SELECT,INSERT ON TABLE evidence.signing_pause TO cordon_app;
GRANT SELECT ON TABLE evidence.signing_pause TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.signing_pause_pause_id_seq TO cordon_backup;

GRANT SELECT ON SEQUENCE evidence.signing_pause_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.signing_pause_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.signing_pause_refusals TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.system_event_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.system_event_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.system_event_refusals TO cordon_audit;

GRANT SELECT ON SEQUENCE evidence.wallet_ledger_refusals TO cordon_backup;
GRANT SELECT ON SEQUENCE evidence.wallet_ledger_refusals TO cordon_app;
GRANT SELECT ON SEQUENCE evidence.wallet_ledger_refusals TO cordon_audit;

GRANT SELECT ON TABLE evidence.v_refused_change TO cordon_backup;
GRANT SELECT ON TABLE evidence.v_refused_change TO cordon_app;
GRANT SELECT ON TABLE evidence.v_refused_change TO cordon_audit;

GRANT SELECT ON TABLE evidence.v_written_in_containment TO cordon_backup;
GRANT SELECT ON TABLE evidence.v_written_in_containment TO cordon_app;
GRANT SELECT ON TABLE evidence.v_written_in_containment TO cordon_audit;

GRANT SELECT ON TABLE security.cross_brand_detection TO cordon_backup;
GRANT INSERT ON TABLE security.cross_brand_detection TO cordon_detector;
GRANT SELECT ON TABLE security.cross_brand_detection TO cordon_app;
GRANT SELECT ON TABLE security.cross_brand_detection TO cordon_audit;

GRANT SELECT ON SEQUENCE security.cross_brand_detection_detection_id_seq TO cordon_backup;

GRANT SELECT ON TABLE wallet.payment_callback TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.payment_callback TO cordon_app;
GRANT SELECT ON TABLE wallet.payment_callback TO cordon_audit;

GRANT SELECT ON TABLE wallet.wallet_balance TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_balance TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_balance TO cordon_audit;

GRANT UPDATE(balance) ON TABLE wallet.wallet_balance TO cordon_app;

GRANT UPDATE(version) ON TABLE wallet.wallet_balance TO cordon_app;

GRANT UPDATE(updated_at) ON TABLE wallet.wallet_balance TO cordon_app;

GRANT SELECT ON TABLE wallet.v_bucket_difference TO cordon_backup;
GRANT SELECT ON TABLE wallet.v_bucket_difference TO cordon_app;
GRANT SELECT ON TABLE wallet.v_bucket_difference TO cordon_audit;

GRANT SELECT ON TABLE wallet.v_trial_balance TO cordon_backup;
GRANT SELECT ON TABLE wallet.v_trial_balance TO cordon_app;
GRANT SELECT ON TABLE wallet.v_trial_balance TO cordon_audit;

GRANT SELECT ON TABLE wallet.wallet_account TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_account TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_account TO cordon_audit;

GRANT SELECT ON TABLE wallet.wallet_chain TO cordon_backup;
GRANT SELECT ON TABLE wallet.wallet_chain TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_chain TO cordon_audit;

GRANT INSERT(brand_id) ON TABLE wallet.wallet_chain TO cordon_app;

GRANT UPDATE(seq) ON TABLE wallet.wallet_chain TO cordon_app;

GRANT UPDATE(row_hash) ON TABLE wallet.wallet_chain TO cordon_app;

GRANT UPDATE(touched_at) ON TABLE wallet.wallet_chain TO cordon_app;

GRANT SELECT ON TABLE wallet.wallet_check TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_check TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_check TO cordon_audit;

GRANT UPDATE(checked_seq) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(checked_hash) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(caught_up_at) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(swept_seq) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(swept_hash) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(entries_swept_at) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(swept_player_id) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(players_swept_at) ON TABLE wallet.wallet_check TO cordon_app;

GRANT UPDATE(checked_at) ON TABLE wallet.wallet_check TO cordon_app;

GRANT SELECT ON TABLE wallet.wallet_check_finding TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_check_finding TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_check_finding TO cordon_audit;

GRANT UPDATE(resolved_at) ON TABLE wallet.wallet_check_finding TO cordon_app;

GRANT SELECT ON SEQUENCE wallet.wallet_check_finding_finding_id_seq TO cordon_backup;

GRANT SELECT ON TABLE wallet.wallet_command TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_command TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_command TO cordon_audit;

GRANT SELECT(brand_id) ON TABLE wallet.wallet_command TO cordon_detector;

GRANT SELECT(request_id) ON TABLE wallet.wallet_command TO cordon_detector;

GRANT SELECT ON TABLE wallet.wallet_outbox TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_outbox TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_outbox TO cordon_audit;

GRANT UPDATE(payload) ON TABLE wallet.wallet_outbox TO cordon_app;

GRANT UPDATE(published_at) ON TABLE wallet.wallet_outbox TO cordon_app;

GRANT UPDATE(attempts) ON TABLE wallet.wallet_outbox TO cordon_app;

GRANT UPDATE(last_error) ON TABLE wallet.wallet_outbox TO cordon_app;

GRANT UPDATE(dead_lettered_at) ON TABLE wallet.wallet_outbox TO cordon_app;

GRANT SELECT ON SEQUENCE wallet.wallet_outbox_sequence_seq TO cordon_backup;

GRANT SELECT ON TABLE wallet.wallet_policy TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_policy TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_policy TO cordon_audit;

GRANT UPDATE(status) ON TABLE wallet.wallet_policy TO cordon_app;

GRANT UPDATE(activated_by) ON TABLE wallet.wallet_policy TO cordon_app;

GRANT UPDATE(activated_at) ON TABLE wallet.wallet_policy TO cordon_app;

GRANT UPDATE(retired_at) ON TABLE wallet.wallet_policy TO cordon_app;

GRANT SELECT ON TABLE wallet.wallet_tombstone TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_tombstone TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_tombstone TO cordon_audit;

GRANT SELECT ON TABLE wallet.wallet_topology TO cordon_backup;
GRANT SELECT,INSERT ON TABLE wallet.wallet_topology TO cordon_app;
GRANT SELECT ON TABLE wallet.wallet_topology TO cordon_audit;

GRANT UPDATE(status) ON TABLE wallet.wallet_topology TO cordon_app;

GRANT UPDATE(activated_by) ON TABLE wallet.wallet_topology TO cordon_app;

GRANT UPDATE(activated_at) ON TABLE wallet.wallet_topology TO cordon_app;

GRANT UPDATE(retired_at) ON TABLE wallet.wallet_topology TO cordon_app;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA cordon GRANT SELECT ON SEQUENCES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA cordon GRANT SELECT ON TABLES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA evidence GRANT SELECT ON SEQUENCES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA evidence GRANT SELECT ON TABLES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA security GRANT SELECT ON SEQUENCES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA security GRANT SELECT ON TABLES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA wallet GRANT SELECT ON SEQUENCES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner IN SCHEMA wallet GRANT SELECT ON TABLES  TO cordon_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE cordon_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

