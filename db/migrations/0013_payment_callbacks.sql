-- What payment providers told us, once for each payment and status, and what became of it.

SET LOCAL ROLE cordon_owner;

CREATE TABLE wallet.payment_callback (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  provider text NOT NULL CHECK (provider ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  payment_id text NOT NULL CHECK (octet_length(payment_id) BETWEEN 1 AND 128),
  status text NOT NULL CHECK (status ~ '^[a-z][a-z_]{0,31}$'),
  outcome text NOT NULL CHECK (outcome IN ('approved', 'review', 'unknown_deposit', 'noted')),
  reason text CHECK (reason ~ '^[a-z][a-z_]{0,63}$'),
  order_number text NOT NULL CHECK (octet_length(order_number) BETWEEN 1 AND 255),
  transaction_id uuid,
  amount bigint,
  currency text CHECK (octet_length(currency) BETWEEN 1 AND 16),
  bonus_amount bigint NOT NULL DEFAULT 0 CHECK (bonus_amount >= 0),
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, provider, payment_id, status),
  FOREIGN KEY (brand_id, transaction_id) REFERENCES wallet.wallet_transaction (brand_id, transaction_id),
  CONSTRAINT payment_callback_review_reason_check CHECK (outcome <> 'review' OR reason IS NOT NULL),
  CONSTRAINT payment_callback_bonus_check CHECK (bonus_amount = 0 OR outcome = 'approved')
);
CREATE INDEX payment_callback_open_idx ON wallet.payment_callback (brand_id, created_at) WHERE outcome IN ('review', 'unknown_deposit');
SELECT cordon.isolate_by_brand('wallet.payment_callback');
COMMENT ON TABLE wallet.payment_callback IS
  'Callbacks of payment providers, one row for each payment and status: the durable memory of what was handled. The money is in the ledger, under the request id <brand code>:plisio:<payment_id>.';
COMMENT ON COLUMN wallet.payment_callback.brand_id IS 'Brand of the host that was called.';
COMMENT ON COLUMN wallet.payment_callback.provider IS 'Payment provider: plisio.';
COMMENT ON COLUMN wallet.payment_callback.payment_id IS 'The provider''s id of the payment (txn_id).';
COMMENT ON COLUMN wallet.payment_callback.status IS 'What the provider says of it: new, pending, completed, mismatch, expired, error, cancelled.';
COMMENT ON COLUMN wallet.payment_callback.outcome IS
  'approved: the deposit is credited. review: a person must decide. unknown_deposit: the brand has no such deposit. noted: nothing was to be done.';
COMMENT ON COLUMN wallet.payment_callback.reason IS 'Why it is for review.';
COMMENT ON COLUMN wallet.payment_callback.order_number IS 'The deposit that the callback names, as it came.';
COMMENT ON COLUMN wallet.payment_callback.transaction_id IS 'That deposit; NULL when the brand has none.';
COMMENT ON COLUMN wallet.payment_callback.amount IS 'Minor units that the provider says were invoiced; NULL when it is no exact amount of the brand''s currency.';
COMMENT ON COLUMN wallet.payment_callback.currency IS 'Currency that the provider names for it.';
COMMENT ON COLUMN wallet.payment_callback.bonus_amount IS 'Minor units of bonus that the brand''s manual bonus terms promise for an approved deposit; zero without terms.';
COMMENT ON COLUMN wallet.payment_callback.request_id IS 'Request that brought it.';
COMMENT ON COLUMN wallet.payment_callback.created_at IS 'When it was handled.';

GRANT SELECT, INSERT ON wallet.payment_callback TO cordon_app;
GRANT SELECT ON wallet.payment_callback TO cordon_audit;

RESET ROLE;
