-- What needs two people (docs/operating/signing-keys.md), the public history of the keys that sign the ledgers' logs, and pauses of signing. All of the
-- platform's, append-only.

SET LOCAL ROLE cordon_owner;

CREATE TABLE cordon.delegated_approval (
  approval_id uuid NOT NULL,
  step smallint NOT NULL CHECK (step BETWEEN 1 AND 3),
  event text NOT NULL CHECK (event IN ('requested', 'approved', 'rejected', 'expired', 'used')),
  action text NOT NULL CHECK (octet_length(action) BETWEEN 1 AND 64),
  subject text NOT NULL CHECK (octet_length(subject) BETWEEN 1 AND 512),
  operator_id text NOT NULL CHECK (btrim(operator_id) <> '' AND octet_length(operator_id) <= 128),
  reason text NOT NULL CHECK (btrim(reason) <> '' AND octet_length(reason) <= 1024),
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (approval_id, step)
);
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

CREATE FUNCTION cordon.delegated_approval_follows() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
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
COMMENT ON FUNCTION cordon.delegated_approval_follows() IS
  'Trigger: each step follows the one before it, for the same thing, in time, and by another person where it must be (CB008).';
CREATE TRIGGER trg_delegated_approval_follows BEFORE INSERT ON cordon.delegated_approval
  FOR EACH ROW EXECUTE FUNCTION cordon.delegated_approval_follows();
ALTER TABLE cordon.delegated_approval ENABLE ALWAYS TRIGGER trg_delegated_approval_follows;

CREATE VIEW cordon.v_delegated_approval WITH (security_invoker = true) AS
SELECT r.approval_id, r.action, r.subject,
  CASE WHEN l.event IN ('requested', 'approved') AND clock_timestamp() >= r.expires_at THEN 'expired' ELSE l.event END AS state,
  r.operator_id AS requested_by, r.reason, r.created_at AS requested_at, r.expires_at,
  d.operator_id AS decided_by, d.created_at AS decided_at, u.operator_id AS used_by, u.created_at AS used_at
FROM cordon.delegated_approval AS r
CROSS JOIN LATERAL (SELECT a.event FROM cordon.delegated_approval AS a WHERE a.approval_id = r.approval_id ORDER BY a.step DESC LIMIT 1) AS l
LEFT JOIN cordon.delegated_approval AS d ON d.approval_id = r.approval_id AND d.event IN ('approved', 'rejected')
LEFT JOIN cordon.delegated_approval AS u ON u.approval_id = r.approval_id AND u.event = 'used'
WHERE r.step = 1;
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

CREATE TABLE evidence.signing_key (
  operator_name text NOT NULL CHECK (octet_length(operator_name) BETWEEN 1 AND 255),
  number bigint NOT NULL CHECK (number > 0),
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  record bytea NOT NULL CHECK (octet_length(record) BETWEEN 1 AND 8192),
  valid_from timestamptz NOT NULL,
  approval text,
  registered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (operator_name, number),
  UNIQUE (operator_name, public_key)
);
COMMENT ON TABLE evidence.signing_key IS 'Every key that ever signs for an operator: its public half, and the record by which the key before it named it.';
COMMENT ON COLUMN evidence.signing_key.operator_name IS 'The name that checkpoints bear.';
COMMENT ON COLUMN evidence.signing_key.number IS 'From 1, without a gap.';
COMMENT ON COLUMN evidence.signing_key.public_key IS 'The Ed25519 key.';
COMMENT ON COLUMN evidence.signing_key.record IS 'Its record in the key history (docs/formats/key-history.md).';
COMMENT ON COLUMN evidence.signing_key.valid_from IS 'It signs from then on, until the next key does.';
COMMENT ON COLUMN evidence.signing_key.approval IS 'The approval that the rotation had.';
COMMENT ON COLUMN evidence.signing_key.registered_at IS 'When the database heard of it.';

CREATE FUNCTION evidence.signing_key_follows() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
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
COMMENT ON FUNCTION evidence.signing_key_follows() IS 'Trigger: keys are numbered without a gap, each valid from later than the one before it (CB005).';
CREATE TRIGGER trg_signing_key_follows BEFORE INSERT ON evidence.signing_key
  FOR EACH ROW EXECUTE FUNCTION evidence.signing_key_follows();
ALTER TABLE evidence.signing_key ENABLE ALWAYS TRIGGER trg_signing_key_follows;

CREATE TABLE evidence.signing_pause (
  pause_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event text NOT NULL CHECK (event IN ('paused', 'resumed')),
  until timestamptz,
  operator_id text NOT NULL CHECK (btrim(operator_id) <> ''),
  reason text NOT NULL CHECK (btrim(reason) <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT signing_pause_until_check CHECK ((event = 'paused') = (until IS NOT NULL) AND until <= created_at + interval '24 hours')
);
COMMENT ON TABLE evidence.signing_pause IS 'When the signing of logs was paused and resumed; the last row says how it stands.';
COMMENT ON COLUMN evidence.signing_pause.pause_id IS 'The order.';
COMMENT ON COLUMN evidence.signing_pause.event IS 'paused or resumed.';
COMMENT ON COLUMN evidence.signing_pause.until IS 'A pause ends then by itself.';
COMMENT ON COLUMN evidence.signing_pause.operator_id IS 'By whom.';
COMMENT ON COLUMN evidence.signing_pause.reason IS 'Why.';
COMMENT ON COLUMN evidence.signing_pause.created_at IS 'When.';

CREATE FUNCTION cordon.delegated_approval_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'delegated_approval is append-only; % not permitted on cordon.delegated_approval', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION cordon.delegated_approval_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on delegated_approval (CB002).';
CREATE FUNCTION evidence.signing_key_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'signing_key is append-only; % not permitted on evidence.signing_key', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.signing_key_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on signing_key (CB002).';
CREATE FUNCTION evidence.signing_pause_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'signing_pause is append-only; % not permitted on evidence.signing_pause', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.signing_pause_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on signing_pause (CB002).';

CREATE TRIGGER trg_delegated_approval_no_update_delete BEFORE UPDATE OR DELETE ON cordon.delegated_approval
  FOR EACH ROW EXECUTE FUNCTION cordon.delegated_approval_append_only();
CREATE TRIGGER trg_delegated_approval_no_truncate BEFORE TRUNCATE ON cordon.delegated_approval
  FOR EACH STATEMENT EXECUTE FUNCTION cordon.delegated_approval_append_only();
CREATE TRIGGER trg_signing_key_no_update_delete BEFORE UPDATE OR DELETE ON evidence.signing_key
  FOR EACH ROW EXECUTE FUNCTION evidence.signing_key_append_only();
CREATE TRIGGER trg_signing_key_no_truncate BEFORE TRUNCATE ON evidence.signing_key
  FOR EACH STATEMENT EXECUTE FUNCTION evidence.signing_key_append_only();
CREATE TRIGGER trg_signing_pause_no_update_delete BEFORE UPDATE OR DELETE ON evidence.signing_pause
  FOR EACH ROW EXECUTE FUNCTION evidence.signing_pause_append_only();
CREATE TRIGGER trg_signing_pause_no_truncate BEFORE TRUNCATE ON evidence.signing_pause
  FOR EACH STATEMENT EXECUTE FUNCTION evidence.signing_pause_append_only();
ALTER TABLE cordon.delegated_approval ENABLE ALWAYS TRIGGER trg_delegated_approval_no_update_delete;
ALTER TABLE cordon.delegated_approval ENABLE ALWAYS TRIGGER trg_delegated_approval_no_truncate;
ALTER TABLE evidence.signing_key ENABLE ALWAYS TRIGGER trg_signing_key_no_update_delete;
ALTER TABLE evidence.signing_key ENABLE ALWAYS TRIGGER trg_signing_key_no_truncate;
ALTER TABLE evidence.signing_pause ENABLE ALWAYS TRIGGER trg_signing_pause_no_update_delete;
ALTER TABLE evidence.signing_pause ENABLE ALWAYS TRIGGER trg_signing_pause_no_truncate;

GRANT SELECT ON cordon.delegated_approval, cordon.v_delegated_approval, evidence.signing_key, evidence.signing_pause TO cordon_app, cordon_audit;
GRANT INSERT ON cordon.delegated_approval, evidence.signing_key, evidence.signing_pause TO cordon_app;

RESET ROLE;
