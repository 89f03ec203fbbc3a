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

-- The chain by the database's own hash, entry after entry (docs/formats/ledger-entry.md).
SELECT 'ledger entries whose hash is not that of their columns', count(*), 0
FROM wallet.wallet_ledger AS l
WHERE l.row_hash <> wallet.ledger_entry_hash(l.brand_id, l.seq, l.prev_hash, l.request_id, l.command, l.transaction_id, l.player_id,
  l.account, l.currency, l.amount, l.balance_after, l.created_at);

SELECT 'ledger entries that do not follow the one before them', count(*), 0
FROM (
  SELECT seq, prev_hash, lag(seq, 1, 0::bigint) OVER line AS seq_before, lag(row_hash::bytea, 1, decode(repeat('00', 32), 'hex')) OVER line AS hash_before
  FROM wallet.wallet_ledger WINDOW line AS (PARTITION BY brand_id ORDER BY seq)
) AS l
WHERE l.seq <> l.seq_before + 1 OR l.prev_hash <> l.hash_before;

SELECT 'brands whose chain does not end at its last entry', count(*), 0
FROM wallet.wallet_chain AS c
LEFT JOIN LATERAL (SELECT seq, row_hash FROM wallet.wallet_ledger AS l WHERE l.brand_id = c.brand_id ORDER BY seq DESC LIMIT 1) AS l ON true
WHERE c.seq <> coalesce(l.seq, 0) OR (l.seq IS NOT NULL AND c.row_hash <> l.row_hash);
