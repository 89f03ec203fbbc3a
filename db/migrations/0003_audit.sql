-- What operators did, and how account recoveries ended. Both are append-only: a correction is another row.

SET LOCAL ROLE cordon_owner;

CREATE FUNCTION cordon.brand_id_if_set() RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
BEGIN
  IF coalesce(current_setting('app.brand_id', true), '') = '' THEN
    RETURN NULL;
  END IF;
  RETURN cordon.current_brand_id();
END
$$;
COMMENT ON FUNCTION cordon.brand_id_if_set() IS
  'The brand of this transaction, or NULL in a platform transaction, which sets none. Only admin_audit may ask this; a malformed setting still raises CB001.';
GRANT EXECUTE ON FUNCTION cordon.brand_id_if_set() TO cordon_app, cordon_audit;

CREATE TABLE cordon.admin_audit (
  audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint REFERENCES cordon.brand (brand_id),
  operator_id text NOT NULL CHECK (btrim(operator_id) <> '' AND char_length(operator_id) <= 128),
  action text NOT NULL CHECK (action <> ''),
  resource text NOT NULL CHECK (resource <> ''),
  resource_key text NOT NULL CHECK (resource_key <> ''),
  old_value jsonb,
  new_value jsonb,
  reason text,
  request_id text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX admin_audit_resource_idx ON cordon.admin_audit (resource, resource_key, audit_id);
CREATE INDEX admin_audit_brand_id_idx ON cordon.admin_audit (brand_id, audit_id);

CREATE FUNCTION cordon.admin_audit_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'admin_audit is append-only; % not permitted on cordon.admin_audit', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE TRIGGER trg_admin_audit_no_update_delete BEFORE UPDATE OR DELETE ON cordon.admin_audit
  FOR EACH ROW EXECUTE FUNCTION cordon.admin_audit_append_only();
CREATE TRIGGER trg_admin_audit_no_truncate BEFORE TRUNCATE ON cordon.admin_audit
  FOR EACH STATEMENT EXECUTE FUNCTION cordon.admin_audit_append_only();
-- ALWAYS: a session that plays a replica (session_replication_role) does not get past them either.
ALTER TABLE cordon.admin_audit ENABLE ALWAYS TRIGGER trg_admin_audit_no_update_delete;
ALTER TABLE cordon.admin_audit ENABLE ALWAYS TRIGGER trg_admin_audit_no_truncate;

ALTER TABLE cordon.admin_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE cordon.admin_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_or_platform ON cordon.admin_audit
  USING ((SELECT cordon.brand_id_if_set()) IS NULL OR brand_id = (SELECT cordon.brand_id_if_set()))
  WITH CHECK ((SELECT cordon.brand_id_if_set()) IS NULL OR brand_id = (SELECT cordon.brand_id_if_set()));
CREATE POLICY audit_reads_all_brands ON cordon.admin_audit FOR SELECT TO cordon_audit USING (true);

COMMENT ON TABLE cordon.admin_audit IS
  'Every administrative act. Append-only. A transaction with a brand sees and writes that brand''s rows only; a platform transaction sees all.';
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
COMMENT ON FUNCTION cordon.admin_audit_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on admin_audit (CB002). The text is an alarm for platform on-call.';

CREATE TABLE cordon.recovery_audit (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  recovery_audit_id bigint GENERATED ALWAYS AS IDENTITY,
  surface text NOT NULL CHECK (surface IN ('player', 'agent')),
  subject_id bigint,
  action text NOT NULL CHECK (action IN ('REQUEST', 'VERIFY', 'RESET', 'RATE_LIMITED', 'TOKEN_INVALID', 'BRAND_MISMATCH')),
  outcome text NOT NULL CHECK (outcome IN ('success', 'rejected')),
  contact_hash cordon.sha256_digest,
  source_ip_hash cordon.sha256_digest,
  metadata jsonb NOT NULL DEFAULT '{}',
  request_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, recovery_audit_id),
  CHECK (outcome = 'rejected' OR action IN ('REQUEST', 'VERIFY', 'RESET'))
);

CREATE FUNCTION cordon.recovery_audit_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'recovery_audit is append-only; % not permitted on cordon.recovery_audit', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE TRIGGER trg_recovery_audit_no_update_delete BEFORE UPDATE OR DELETE ON cordon.recovery_audit
  FOR EACH ROW EXECUTE FUNCTION cordon.recovery_audit_append_only();
CREATE TRIGGER trg_recovery_audit_no_truncate BEFORE TRUNCATE ON cordon.recovery_audit
  FOR EACH STATEMENT EXECUTE FUNCTION cordon.recovery_audit_append_only();
ALTER TABLE cordon.recovery_audit ENABLE ALWAYS TRIGGER trg_recovery_audit_no_update_delete;
ALTER TABLE cordon.recovery_audit ENABLE ALWAYS TRIGGER trg_recovery_audit_no_truncate;
SELECT cordon.isolate_by_brand('cordon.recovery_audit');

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
COMMENT ON FUNCTION cordon.recovery_audit_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on recovery_audit (CB002).';

GRANT SELECT ON cordon.admin_audit, cordon.recovery_audit TO cordon_app, cordon_audit;
GRANT INSERT ON cordon.admin_audit, cordon.recovery_audit TO cordon_app;

RESET ROLE;
