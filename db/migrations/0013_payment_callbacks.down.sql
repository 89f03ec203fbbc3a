-- Refused while there are callbacks: each is the memory of a payment, without which it could be handled again.

SET LOCAL ROLE cordon_owner;

ALTER TABLE wallet.payment_callback NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM wallet.payment_callback) THEN
    RAISE EXCEPTION 'refusing to drop payment_callback: it holds callbacks';
  END IF;
END
$$;

DROP TABLE wallet.payment_callback;

RESET ROLE;
