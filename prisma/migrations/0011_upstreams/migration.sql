-- Finality may be what the nodes say is final instead of a depth: then it has no depth, and the cursor keeps the
-- highest block of ours that they agreed on. It never goes down.
ALTER TABLE "chain" ALTER COLUMN "finality" DROP NOT NULL;
ALTER TABLE "cursor" ADD COLUMN "finalized" BIGINT;
ALTER TABLE "cursor" ADD CONSTRAINT cursor_finalized CHECK (finalized >= 0);

-- How each node is doing, as the process that leads the chain finds it.
ALTER TABLE "node" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'live';
ALTER TABLE "node" ADD COLUMN "latency_ms" INTEGER;
ALTER TABLE "node" ADD COLUMN "fault" TEXT;
ALTER TABLE "node" ADD COLUMN "fault_at" TIMESTAMPTZ(3);
ALTER TABLE "node" ADD CONSTRAINT node_state
  CHECK (state IN ('new', 'live', 'stale', 'limited', 'resting', 'bad', 'dissents'));
