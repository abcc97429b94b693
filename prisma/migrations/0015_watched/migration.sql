-- Instruments that we did not deploy: which are watched, what they said, and what of it nobody can read.
ALTER TABLE "instrument" DROP CONSTRAINT instrument_bounds, ADD CONSTRAINT instrument_bounds CHECK (
  standard IN ('plimsoll', 'erc3643', 'erc1404', 'erc7943', 'fiat-token', 'erc20') AND decimals BETWEEN 0 AND 255);

-- CreateTable
CREATE TABLE "instrument_event" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "arguments" JSONB NOT NULL,

    CONSTRAINT "instrument_event_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "unknown_event" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "topics" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "unknown_event_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "watched_instrument" (
    "chain_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "decimals" SMALLINT NOT NULL,
    "standard" TEXT NOT NULL,
    "capabilities" TEXT[],
    "start_block" BIGINT NOT NULL,
    "history" TEXT NOT NULL DEFAULT 'full',
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'filling',
    "filled_to" BIGINT NOT NULL,
    "events" BIGINT NOT NULL DEFAULT 0,
    "begun_at" TIMESTAMPTZ(3),
    "begun_block" BIGINT,
    "progressed_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "note" TEXT,

    CONSTRAINT "watched_instrument_pkey" PRIMARY KEY ("chain_id","address")
);

-- CreateIndex
CREATE INDEX "instrument_event_chain_id_instrument_block_number_log_index_idx" ON "instrument_event"("chain_id", "instrument", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "unknown_event_chain_id_instrument_block_number_log_index_idx" ON "unknown_event"("chain_id", "instrument", "block_number" DESC, "log_index" DESC);

-- ---------- bounds ----------

DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY['instrument_event.instrument', 'unknown_event.instrument', 'watched_instrument.address'] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %1$s_%2$s_is_address '
      'CHECK (octet_length(%2$I) = 42 AND %2$I ~ ''^0x[0-9a-f]*$'')', split_part(place, '.', 1), split_part(place, '.', 2));
  END LOOP;
END $$;
ALTER TABLE "unknown_event" ADD CONSTRAINT unknown_event_bounds CHECK (reason IN ('unknown', 'unreadable', 'impossible')
  AND octet_length(tx_hash) = 66 AND tx_hash ~ '^0x[0-9a-f]*$' AND topics ~ '^[0-9a-fx ]*$' AND data ~ '^0x[0-9a-f]*$');
ALTER TABLE "watched_instrument" ADD CONSTRAINT watched_instrument_bounds CHECK (
  standard IN ('erc3643', 'erc1404', 'erc7943', 'fiat-token', 'erc20') AND decimals BETWEEN 0 AND 77
  AND history IN ('full', 'partial') AND state IN ('filling', 'live') AND start_block >= 0 AND filled_to >= start_block - 1
  AND events >= 0 AND length(name) BETWEEN 1 AND 80 AND length(symbol) BETWEEN 1 AND 80);

-- ---------- access ----------

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['instrument_event', 'unknown_event', 'watched_instrument'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('CREATE POLICY worker ON %I TO plimsoll_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_authority', name);
    EXECUTE format('CREATE POLICY authority_reads ON %I FOR SELECT TO plimsoll_authority '
      'USING (actor_person() IS NOT NULL)', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON instrument_event, unknown_event TO plimsoll_worker;
-- What is watched is the authority's to say; the worker says how far it is.
GRANT SELECT, UPDATE (state, history, filled_to, events, begun_at, begun_block, progressed_at, failure, note)
  ON watched_instrument TO plimsoll_worker;
GRANT INSERT (chain_id, address, name, symbol, decimals, standard, capabilities, start_block, history, added_by,
  filled_to, note) ON watched_instrument TO plimsoll_authority;
CREATE POLICY authority_adds ON watched_instrument FOR INSERT TO plimsoll_authority
  WITH CHECK (actor_role() IN ('administrator', 'supervisor') AND added_by = actor_person());
-- A firm sees what kind of instrument it deals in, not who had it watched.
GRANT SELECT (chain_id, address, name, symbol, decimals, standard, capabilities, start_block, history, state, filled_to)
  ON watched_instrument TO plimsoll_firm;
CREATE POLICY firm_reads ON watched_instrument FOR SELECT TO plimsoll_firm USING (actor_firm() IS NOT NULL);
