-- How much of each limit is used at the cursor, and who holds how much: sums that every screen of limits, firms and
-- instruments would otherwise add up from hours and balances. Kept in the transaction that writes those.
CREATE TABLE "limit_use" (
    "chain_id" INTEGER NOT NULL,
    "scope" SMALLINT NOT NULL,
    "subject" TEXT NOT NULL,
    "window" SMALLINT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "used" DECIMAL(120,0) NOT NULL,
    "oldest" BIGINT,
    "tier" SMALLINT,
    "amount" DECIMAL(78,0),
    "share" INTEGER,

    CONSTRAINT "limit_use_pkey" PRIMARY KEY ("chain_id","scope","subject","window")
);

-- CreateIndex
CREATE INDEX "limit_use_chain_id_share_scope_subject_window_idx" ON "limit_use"("chain_id", "share", "scope", "subject", "window");

-- CreateIndex
CREATE INDEX "limit_use_chain_id_firm_id_share_scope_subject_window_idx" ON "limit_use"("chain_id", "firm_id", "share", "scope", "subject", "window");

-- CreateIndex
CREATE INDEX "limit_use_chain_id_window_oldest_idx" ON "limit_use"("chain_id", "window", "oldest");

-- Firms are few among all lines, and the overview asks for them alone.
CREATE INDEX "limit_use_firms" ON "limit_use"("chain_id", "share", "subject", "window") WHERE scope = 2;

CREATE TABLE "holding" (
    "chain_id" INTEGER NOT NULL,
    "instrument" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "holders" INTEGER NOT NULL,
    "amount" DECIMAL(120,0) NOT NULL,

    CONSTRAINT "holding_pkey" PRIMARY KEY ("chain_id","firm_id","instrument")
);

ALTER TABLE "limit_use" ADD CONSTRAINT limit_use_bounds CHECK ("window" IN (1, 2) AND used >= 0
  AND (oldest IS NULL) = (used = 0) AND (share IS NULL) = (amount IS NULL) AND amount >= 0
  AND share BETWEEN 0 AND 100000);
ALTER TABLE "limit_use" ADD CONSTRAINT limit_use_scope CHECK (CASE scope
  WHEN 0 THEN used > 0 AND octet_length(subject) = 42 AND subject ~ '^0x[0-9a-f]*$'
  WHEN 2 THEN subject = firm_id::text AND tier IS NULL ELSE false END);
ALTER TABLE "holding" ADD CONSTRAINT holding_bounds CHECK (firm_id >= 0 AND holders > 0 AND amount >= holders);
ALTER TABLE "holding" ADD CONSTRAINT holding_instrument_is_address
  CHECK (octet_length(instrument) = 42 AND instrument ~ '^0x[0-9a-f]*$');

-- ---------- what is there already ----------

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cursor', 'flow', 'policy_limit', 'identity', 'balance'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;
WITH moment AS (
  SELECT chain_id, floor(extract(epoch FROM time) / 3600)::bigint AS last,
    floor(extract(epoch FROM time) / 3600)::bigint - 24 AS first_of_day,
    (floor(extract(epoch FROM time) / 86400)::bigint - 30) * 24 AS first_of_month
  FROM cursor
), counted AS (
  SELECT chain_id, scope, subject, firm_id, coalesce(sum(value) FILTER (WHERE hour >= first_of_day), 0) AS day,
    sum(value) AS month, min(hour) FILTER (WHERE hour >= first_of_day) AS oldest_of_day, min(hour) AS oldest_of_month
  FROM flow JOIN moment USING (chain_id) WHERE hour BETWEEN first_of_month AND last AND value > 0
  GROUP BY chain_id, scope, subject, firm_id
), used AS (
  SELECT chain_id, scope, subject, firm_id, w."window", w.used, w.oldest FROM counted
  CROSS JOIN LATERAL (VALUES (1, day, oldest_of_day), (2, month, oldest_of_month)) w ("window", used, oldest)
  WHERE w.used > 0
  UNION ALL
  SELECT chain_id, scope, subject, firm_id, "window", 0, NULL FROM policy_limit l
  WHERE scope = 2 AND "window" IN (1, 2) AND NOT EXISTS (SELECT FROM counted c WHERE c.chain_id = l.chain_id
    AND c.scope = 2 AND c.subject = l.subject AND CASE l."window" WHEN 1 THEN c.day ELSE c.month END > 0)
), line AS (
  SELECT u.*, CASE WHEN own.amount IS NULL THEN i.tier END AS tier,
    nullif(coalesce(own.amount, CASE u.scope WHEN 0 THEN coalesce(of_tier.amount, 0) END),
      115792089237316195423570985008687907853269984665640564039457584007913129639935) AS amount
  FROM used u
  LEFT JOIN policy_limit own ON own.chain_id = u.chain_id AND own.scope = u.scope AND own.subject = u.subject
    AND own."window" = u."window"
  LEFT JOIN identity i ON u.scope = 0 AND i.chain_id = u.chain_id AND i.address = u.subject
  LEFT JOIN policy_limit of_tier ON of_tier.chain_id = u.chain_id AND of_tier.scope = 1
    AND of_tier.subject = i.tier::text AND of_tier."window" = u."window"
)
INSERT INTO limit_use (chain_id, scope, subject, "window", firm_id, used, oldest, tier, amount, share)
SELECT chain_id, scope, subject, "window", firm_id, used, oldest, tier, amount,
  CASE WHEN amount IS NULL THEN NULL WHEN amount = 0 THEN CASE WHEN used = 0 THEN 10000 ELSE 100000 END
    ELSE least(div(used * 10000, amount), 100000) END
FROM line;
INSERT INTO holding (chain_id, instrument, firm_id, holders, amount)
SELECT chain_id, instrument, side.firm, count(*), sum(amount) FROM balance
CROSS JOIN LATERAL (SELECT 0 AS firm UNION ALL SELECT firm_id WHERE firm_id IS NOT NULL) side
WHERE amount > 0 GROUP BY chain_id, instrument, side.firm;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cursor', 'flow', 'policy_limit', 'identity', 'balance'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  -- ---------- access ----------
  FOREACH name IN ARRAY ARRAY['limit_use', 'holding'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO plimsoll_worker', name);
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_authority, plimsoll_firm', name);
    EXECUTE format('CREATE POLICY worker ON %I TO plimsoll_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY authority_reads ON %I FOR SELECT TO plimsoll_authority
      USING (actor_person() IS NOT NULL)', name);
    EXECUTE format('CREATE POLICY firm_reads ON %I FOR SELECT TO plimsoll_firm USING (firm_id = actor_firm())', name);
  END LOOP;
END $$;
