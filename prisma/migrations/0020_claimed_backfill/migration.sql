-- A chain's past is fetched by any number of workers: ranges of blocks ahead of the cursor, each claimed by one, and the
-- facts of those that are verified, until the chain's leader writes them. None of it is the ledger: nobody but workers may
-- look, the leader verifies every row again, and whatever is lost is fetched again. Hence UNLOGGED, claims and rows alike,
-- so that a crash leaves neither without the other. Epochs alone outlive it: one is never given twice.
CREATE SCHEMA staged;
REVOKE ALL ON SCHEMA staged FROM PUBLIC;
GRANT USAGE ON SCHEMA staged TO plimsoll_worker;

CREATE SEQUENCE staged.claim_epoch;
GRANT USAGE ON SEQUENCE staged.claim_epoch TO plimsoll_worker;

-- Blocks from one to another, both included. They are staged in order: `staged_to` is the last that is there.
CREATE UNLOGGED TABLE staged.backfill_range (
    "chain_id" INTEGER NOT NULL,
    "from_block" BIGINT NOT NULL,
    "to_block" BIGINT NOT NULL,
    "staged_to" BIGINT NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "worker" TEXT,
    "beat_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfill_range_pkey" PRIMARY KEY ("chain_id","from_block"),
    CONSTRAINT backfill_range_bounds CHECK (from_block > 0 AND staged_to BETWEEN from_block - 1 AND to_block
      AND to_block >= from_block AND (epoch = 0) = (beat_at IS NULL) AND length(worker) <= 200)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON staged.backfill_range TO plimsoll_worker;

-- Columns are those of the ledger's own tables, in their order; a migration that adds one there adds it here.
CREATE UNLOGGED TABLE staged."block" (LIKE public."block", PRIMARY KEY ("chain_id", "number"));
CREATE UNLOGGED TABLE staged."transaction" (LIKE public."transaction", PRIMARY KEY ("chain_id", "block_number", "index"));
CREATE UNLOGGED TABLE staged."receipt" (LIKE public."receipt", PRIMARY KEY ("chain_id", "block_number", "index"));
CREATE UNLOGGED TABLE staged."log" (LIKE public."log", PRIMARY KEY ("chain_id", "block_number", "log_index"));

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['block', 'transaction', 'receipt', 'log'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON staged.%I TO plimsoll_worker', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['backfill_range', 'block', 'transaction', 'receipt', 'log'] LOOP
    EXECUTE format('ALTER TABLE staged.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY worker ON staged.%I TO plimsoll_worker USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
