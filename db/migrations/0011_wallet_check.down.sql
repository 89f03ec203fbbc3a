-- Refused while there are findings: they are evidence.

SET LOCAL ROLE cordon_owner;

ALTER TABLE wallet.wallet_check_finding NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM wallet.wallet_check_finding) THEN
    RAISE EXCEPTION 'refusing to drop wallet_check_finding: it holds findings';
  END IF;
END
$$;

DROP TABLE wallet.wallet_check_finding;
DROP FUNCTION wallet.wallet_check_finding_kept();
DROP TABLE wallet.wallet_check;

RESET ROLE;
