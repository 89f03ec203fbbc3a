-- What must hold after a run, exactly. One line each: what, the number found, the number that must be found.
-- :run is the prefix of the run's keys; :accepted what the generator got a 2xx answer for.
\set prefix default: :run
SELECT 'commands in the database, of those that were answered 2xx', count(*), :accepted::bigint
FROM wallet.wallet_command WHERE starts_with(request_id, :'prefix') AND response_status < 300;

SELECT 'commands that were refused or failed', count(*), 0
FROM wallet.wallet_command WHERE starts_with(request_id, :'prefix') AND response_status >= 300;

SELECT 'commands in the ledger, of those that move money', count(DISTINCT e.request_id), (
  -- A lost bet moves nothing.
  SELECT count(*) FROM wallet.wallet_command AS c
  WHERE starts_with(c.request_id, :'prefix') AND c.response_status < 300
    AND NOT (c.command = 'settle' AND EXISTS (
      SELECT FROM wallet.wallet_outbox AS o
      WHERE o.brand_id = c.brand_id AND o.payload ->> 'request_id' = c.request_id AND o.payload -> 'postings' = '[]'::jsonb)))
FROM wallet.wallet_ledger AS e WHERE starts_with(e.request_id, :'prefix');

SELECT 'commands that are in the ledger more than once', count(*), 0
FROM (
  SELECT FROM wallet.wallet_ledger WHERE starts_with(request_id, :'prefix') GROUP BY brand_id, request_id, account HAVING count(*) > 1
) AS doubled;

SELECT 'commands whose entries do not sum to zero', count(*), 0
FROM (SELECT FROM wallet.wallet_ledger GROUP BY brand_id, request_id, currency HAVING sum(amount) <> 0) AS unbalanced;

SELECT 'events in the outbox', count(*), :accepted::bigint
FROM wallet.wallet_outbox WHERE starts_with(payload ->> 'request_id', :'prefix');

SELECT 'buckets that differ from the sum of their ledger entries', count(*), 0
FROM (
  SELECT brand_id, player_id, account AS bucket, currency, sum(amount) AS total FROM wallet.wallet_ledger
  WHERE player_id IS NOT NULL GROUP BY brand_id, player_id, account, currency
) AS entered
FULL JOIN wallet.wallet_balance AS kept USING (brand_id, player_id, bucket, currency)
WHERE coalesce(entered.total, 0) <> coalesce(kept.balance, 0);
