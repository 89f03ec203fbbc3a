-- 10,000 accounts that give and 10,000 that take, in pgledger's own tables, found by number. pgledger itself is fetched by whoever repeats
-- that row, never part of this repository.
CREATE TABLE bench_account (number bigint PRIMARY KEY, id text NOT NULL);
INSERT INTO bench_account (number, id)
SELECT number, (SELECT id FROM pgledger_create_account('bench.' || number, 'EUR')) FROM generate_series(1, 20000) AS number;
ANALYZE;
