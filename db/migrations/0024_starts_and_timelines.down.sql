-- Refused while a start is in the ledger: its rows are never dropped, and the old constraint doesn't know them.

SET LOCAL ROLE cordon_owner;

DO $$
BEGIN
  IF EXISTS (SELECT FROM cordon.system_event WHERE kind = 'start') THEN
    RAISE EXCEPTION 'system_event has starts of roles: history is not dropped' USING ERRCODE = 'CB002';
  END IF;
END
$$;

DROP INDEX cordon.admin_audit_request_id_idx;
DROP INDEX cordon.admin_audit_created_at_idx;
DROP INDEX cordon.system_event_occurred_at_idx;

COMMENT ON TABLE cordon.system_event IS 'What was refused, what failed, what was exported. Append-only. A transaction with a brand sees and writes that brand''s rows only; a platform transaction sees all.';
COMMENT ON COLUMN cordon.system_event.kind IS 'denial and failure are refused requests; overflow counts those that could not be kept; export is a bundle that was written; append_only_violation is a change that a ledger refused.';
ALTER TABLE cordon.system_event DROP CONSTRAINT system_event_kind_check;
ALTER TABLE cordon.system_event ADD CONSTRAINT system_event_kind_check
  CHECK (kind IN ('denial', 'failure', 'overflow', 'export', 'append_only_violation'));

RESET ROLE;
