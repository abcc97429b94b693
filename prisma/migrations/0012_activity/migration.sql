-- What moved in an hour and in a day of block time, by instrument and firm: the ledger summed up, so that no screen has
-- to add up transfers. Kept in the transaction that writes them, and summed anew where blocks are taken back.
CREATE TABLE "activity" (
    "chain_id" INTEGER NOT NULL,
    "hours" SMALLINT NOT NULL,
    "period" BIGINT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "instrument" TEXT NOT NULL,
    "settled" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "amount" DECIMAL(120,0) NOT NULL,
    "sent" DECIMAL(120,0) NOT NULL,
    "received" DECIMAL(120,0) NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("chain_id","hours","period","firm_id","instrument")
);

-- CreateIndex
CREATE INDEX "activity_chain_id_firm_id_hours_period_idx" ON "activity"("chain_id", "firm_id", "hours", "period");

ALTER TABLE "activity" ADD CONSTRAINT activity_bounds CHECK (hours IN (1, 24) AND period >= 0 AND firm_id >= 0
  AND settled >= 0 AND refused >= 0 AND sent BETWEEN 0 AND amount AND received BETWEEN 0 AND amount);
ALTER TABLE "activity" ADD CONSTRAINT activity_instrument_is_address CHECK (instrument ~ '^0x[0-9a-f]{40}$');

-- ---------- what is there already ----------

ALTER TABLE "transfer" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "refused_transfer" NO FORCE ROW LEVEL SECURITY;
WITH moved AS (
  SELECT chain_id, time, instrument, from_firm, to_firm, amount, 1 AS settled, 0 AS refused FROM transfer
  UNION ALL
  SELECT chain_id, time, instrument, from_firm, NULL, 0, 0, 1 FROM refused_transfer
), sided AS (
  SELECT chain_id, time, instrument, 0 AS firm_id, settled, refused, amount, amount AS sent, amount AS received FROM moved
  UNION ALL
  SELECT chain_id, time, instrument, from_firm, settled, refused, amount, amount,
    CASE WHEN to_firm = from_firm THEN amount ELSE 0 END
  FROM moved WHERE from_firm IS NOT NULL
  UNION ALL
  SELECT chain_id, time, instrument, to_firm, settled, refused, amount, 0, amount
  FROM moved WHERE to_firm IS NOT NULL AND to_firm IS DISTINCT FROM from_firm
)
INSERT INTO activity (chain_id, hours, period, firm_id, instrument, settled, refused, amount, sent, received)
SELECT chain_id, hours, floor(extract(epoch FROM time) / (3600 * hours)), firm_id, instrument,
  sum(settled), sum(refused), sum(amount), sum(sent), sum(received)
FROM sided CROSS JOIN (VALUES (1), (24)) AS length(hours)
GROUP BY chain_id, hours, 3, firm_id, instrument;
ALTER TABLE "transfer" FORCE ROW LEVEL SECURITY;
ALTER TABLE "refused_transfer" FORCE ROW LEVEL SECURITY;

-- ---------- access ----------

ALTER TABLE "activity" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
REVOKE ALL ON "activity" FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON "activity" TO plimsoll_worker;
CREATE POLICY worker ON "activity" TO plimsoll_worker USING (true) WITH CHECK (true);
GRANT SELECT ON "activity" TO plimsoll_authority, plimsoll_firm;
CREATE POLICY authority_reads ON "activity" FOR SELECT TO plimsoll_authority USING (actor_person() IS NOT NULL);
CREATE POLICY firm_reads ON "activity" FOR SELECT TO plimsoll_firm USING (firm_id = actor_firm());
