-- Games: under which names providers know players, their sessions, what providers' callbacks were decided, rounds, and switches.

SET LOCAL ROLE cordon_owner;

CREATE DOMAIN cordon.game_provider_name AS text CHECK (VALUE ~ '^[a-z][a-z0-9]{0,31}$');
COMMENT ON DOMAIN cordon.game_provider_name IS 'Short name of a game provider: mg, bti, wc.';

CREATE TABLE cordon.game_account_alias (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  provider cordon.game_provider_name NOT NULL,
  player_id bigint NOT NULL,
  alias text NOT NULL CHECK (alias ~ '^0[0-9a-z]{1,13}_[a-z0-9]{10}$'),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, provider, player_id),
  UNIQUE (brand_id, alias),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id)
);
SELECT cordon.isolate_by_brand('cordon.game_account_alias');
COMMENT ON TABLE cordon.game_account_alias IS
  'Short names of players whose {brand_code}_{account} a provider can''t take, for its length or letters. A name is given once and stays.';
COMMENT ON COLUMN cordon.game_account_alias.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.game_account_alias.provider IS 'The provider that knows the player under this name.';
COMMENT ON COLUMN cordon.game_account_alias.player_id IS 'The player.';
COMMENT ON COLUMN cordon.game_account_alias.alias IS 'The name: 0, the brand''s number in base 36, an underscore, ten random letters and digits.';
COMMENT ON COLUMN cordon.game_account_alias.created_at IS 'When it was given.';

CREATE TABLE cordon.game_session (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  token_digest cordon.sha256_digest NOT NULL,
  provider cordon.game_provider_name NOT NULL,
  player_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('launch', 'provider')),
  game text NOT NULL CHECK (octet_length(game) BETWEEN 1 AND 64),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, token_digest),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id)
);
CREATE INDEX game_session_player_idx ON cordon.game_session (brand_id, player_id, created_at);
SELECT cordon.isolate_by_brand('cordon.game_session');
COMMENT ON TABLE cordon.game_session IS
  'Sessions of players at game providers. Only bets and authentication need a live one; a win, a rollback and the end of a round never do.';
COMMENT ON COLUMN cordon.game_session.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.game_session.token_digest IS 'SHA-256 of the token that the provider shows. The token itself is kept nowhere.';
COMMENT ON COLUMN cordon.game_session.provider IS 'The provider that it is for.';
COMMENT ON COLUMN cordon.game_session.player_id IS 'The player.';
COMMENT ON COLUMN cordon.game_session.kind IS 'launch: given to the player who opens a game. provider: the short-lived one that a provider exchanged it for.';
COMMENT ON COLUMN cordon.game_session.game IS 'The provider''s id of the game that was opened.';
COMMENT ON COLUMN cordon.game_session.expires_at IS 'When it ends by itself.';
COMMENT ON COLUMN cordon.game_session.ended_at IS 'When it was ended before that; NULL if nobody did.';
COMMENT ON COLUMN cordon.game_session.created_at IS 'When it began.';

CREATE TABLE cordon.game_callback (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  provider cordon.game_provider_name NOT NULL,
  transaction_id text NOT NULL CHECK (transaction_id ~ '^[A-Za-z0-9._:-]{1,128}$'),
  operation text NOT NULL CHECK (operation IN ('bet', 'win', 'rollback', 'promo_win', 'end_round')),
  fingerprint cordon.sha256_digest NOT NULL,
  player_id bigint NOT NULL,
  decision text NOT NULL CHECK (decision IN ('forwarded', 'acknowledged', 'refused')),
  word text CHECK (word ~ '^[a-z][a-z_]{0,31}$'),
  reference text CHECK (octet_length(reference) BETWEEN 1 AND 128),
  round_id text CHECK (octet_length(round_id) BETWEEN 1 AND 128),
  amount bigint CHECK (amount >= 0),
  currency cordon.currency_code,
  balance bigint,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, provider, transaction_id),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id),
  CONSTRAINT game_callback_refused_check CHECK ((decision = 'refused') = (word IS NOT NULL))
);
CREATE INDEX game_callback_player_idx ON cordon.game_callback (brand_id, player_id, created_at);
CREATE INDEX game_callback_round_idx ON cordon.game_callback (brand_id, provider, round_id) WHERE round_id IS NOT NULL;
SELECT cordon.isolate_by_brand('cordon.game_callback');
COMMENT ON TABLE cordon.game_callback IS
  'What game_service decided about each money callback, before it asked the wallet: whatever comes again under the same transaction id follows it. The money is in the ledger, under the request id game:<brand code>:<provider>:<transaction id>.';
COMMENT ON COLUMN cordon.game_callback.brand_id IS 'Brand that the account names.';
COMMENT ON COLUMN cordon.game_callback.provider IS 'The provider.';
COMMENT ON COLUMN cordon.game_callback.transaction_id IS 'The provider''s own id of what it sent.';
COMMENT ON COLUMN cordon.game_callback.operation IS 'What it asks for.';
COMMENT ON COLUMN cordon.game_callback.fingerprint IS 'SHA-256 of what makes two callbacks the same (docs/formats/game-providers.md).';
COMMENT ON COLUMN cordon.game_callback.player_id IS 'The player whom the account names.';
COMMENT ON COLUMN cordon.game_callback.decision IS
  'forwarded: the wallet decides. acknowledged: nothing is to be done. refused: game_service refuses it.';
COMMENT ON COLUMN cordon.game_callback.word IS 'Why it is refused; NULL where it isn''t.';
COMMENT ON COLUMN cordon.game_callback.reference IS 'The bet that a win, a rollback or the end of a round is about; NULL for bets and where there is none.';
COMMENT ON COLUMN cordon.game_callback.round_id IS 'The provider''s id of the round; NULL where none was sent.';
COMMENT ON COLUMN cordon.game_callback.amount IS 'Minor units; NULL where none was sent.';
COMMENT ON COLUMN cordon.game_callback.currency IS 'Currency of the amount.';
COMMENT ON COLUMN cordon.game_callback.balance IS
  'Balance that the first answer showed, in minor units, where the wallet''s own answer has none; NULL before that.';
COMMENT ON COLUMN cordon.game_callback.request_id IS 'Request that first brought it.';
COMMENT ON COLUMN cordon.game_callback.created_at IS 'When it was decided.';

CREATE TABLE cordon.game_round (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  provider cordon.game_provider_name NOT NULL,
  round_id text NOT NULL CHECK (octet_length(round_id) BETWEEN 1 AND 128),
  player_id bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'closed')),
  bet_transaction_id text,
  win_transaction_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz,
  PRIMARY KEY (brand_id, provider, round_id),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id),
  CONSTRAINT game_round_closed_check CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
SELECT cordon.isolate_by_brand('cordon.game_round');
COMMENT ON TABLE cordon.game_round IS 'Rounds of the providers that have rules about them: one bet and one win each, and nothing after the end.';
COMMENT ON COLUMN cordon.game_round.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.game_round.provider IS 'The provider.';
COMMENT ON COLUMN cordon.game_round.round_id IS 'The provider''s id of the round.';
COMMENT ON COLUMN cordon.game_round.player_id IS 'The player whose round it is.';
COMMENT ON COLUMN cordon.game_round.state IS 'open: bets and wins may come. closed: it has ended, perhaps before anything of it came.';
COMMENT ON COLUMN cordon.game_round.bet_transaction_id IS 'The first bet that was let through to the wallet, whatever that said; NULL before.';
COMMENT ON COLUMN cordon.game_round.win_transaction_id IS 'The first win, likewise.';
COMMENT ON COLUMN cordon.game_round.created_at IS 'When it was first heard of.';
COMMENT ON COLUMN cordon.game_round.closed_at IS 'When it ended; NULL while it is open.';

CREATE TABLE cordon.game_provider_switch (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  provider cordon.game_provider_name NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  maintenance boolean NOT NULL DEFAULT false,
  reason text NOT NULL CHECK (reason <> ''),
  updated_by text NOT NULL CHECK (updated_by <> ''),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, provider)
);
SELECT cordon.isolate_by_brand('cordon.game_provider_switch');
COMMENT ON TABLE cordon.game_provider_switch IS
  'Whether a brand''s players may play at a provider. No row means yes. Wins, rollbacks and ends of rounds are taken whatever stands here.';
COMMENT ON COLUMN cordon.game_provider_switch.brand_id IS 'The brand.';
COMMENT ON COLUMN cordon.game_provider_switch.provider IS 'The provider.';
COMMENT ON COLUMN cordon.game_provider_switch.enabled IS 'False: no game opens, and bets are refused.';
COMMENT ON COLUMN cordon.game_provider_switch.maintenance IS 'True: no game opens, and bets are put off: the provider may send them again.';
COMMENT ON COLUMN cordon.game_provider_switch.reason IS 'Why it was last changed.';
COMMENT ON COLUMN cordon.game_provider_switch.updated_by IS 'Operator who did.';
COMMENT ON COLUMN cordon.game_provider_switch.updated_at IS 'When.';

GRANT SELECT, INSERT ON cordon.game_account_alias, cordon.game_session, cordon.game_callback, cordon.game_round,
  cordon.game_provider_switch TO cordon_app;
GRANT UPDATE (ended_at) ON cordon.game_session TO cordon_app;
GRANT UPDATE (balance) ON cordon.game_callback TO cordon_app;
GRANT UPDATE (state, bet_transaction_id, win_transaction_id, closed_at) ON cordon.game_round TO cordon_app;
GRANT UPDATE (enabled, maintenance, reason, updated_by, updated_at) ON cordon.game_provider_switch TO cordon_app;
GRANT SELECT ON cordon.game_account_alias, cordon.game_callback, cordon.game_round, cordon.game_provider_switch TO cordon_audit;
GRANT SELECT (brand_id, provider, player_id, kind, game, expires_at, ended_at, created_at) ON cordon.game_session TO cordon_audit;

RESET ROLE;
