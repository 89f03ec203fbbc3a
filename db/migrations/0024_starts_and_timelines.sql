-- Starts of roles are system events, so that what was deployed when stands beside what failed (S4-INC-13); and the ledgers can be asked for a
-- stretch of time.

SET LOCAL ROLE cordon_owner;

CREATE INDEX system_event_occurred_at_idx ON cordon.system_event (occurred_at);
CREATE INDEX admin_audit_created_at_idx ON cordon.admin_audit (created_at);
CREATE INDEX admin_audit_request_id_idx ON cordon.admin_audit (request_id) WHERE request_id IS NOT NULL;

-- Last, since it keeps everybody out of the table.
ALTER TABLE cordon.system_event DROP CONSTRAINT system_event_kind_check;
ALTER TABLE cordon.system_event ADD CONSTRAINT system_event_kind_check
  CHECK (kind IN ('denial', 'failure', 'overflow', 'export', 'append_only_violation', 'start'));
COMMENT ON TABLE cordon.system_event IS 'What was refused, what failed, what was exported, which program ran. Append-only. A transaction with a brand sees and writes that brand''s rows only; a platform transaction sees all.';
COMMENT ON COLUMN cordon.system_event.kind IS 'denial and failure are refused requests; overflow counts those that could not be kept; export is a bundle that was written; append_only_violation is a change that a ledger refused; start is a role that is about to serve.';

RESET ROLE;
