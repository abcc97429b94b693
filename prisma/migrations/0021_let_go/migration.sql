-- An instrument of others can be let go: who asked for that, and after which block nothing of it is read any more. What
-- of its controls can be compared with the chain is found out once it is followed. And how far a rebuild is.

-- AlterTable
ALTER TABLE "watched_instrument" ADD COLUMN "let_go_by" UUID,
ADD COLUMN "let_go_at" TIMESTAMPTZ(3),
ADD COLUMN "end_block" BIGINT,
ADD COLUMN "controls" TEXT[];

-- AlterTable
ALTER TABLE "cursor" ADD COLUMN "rebuild_version" INTEGER,
ADD COLUMN "rebuild_block" BIGINT,
ADD COLUMN "rebuild_head" BIGINT,
ADD COLUMN "rebuild_begun_at" TIMESTAMPTZ(3),
ADD COLUMN "rebuild_progressed_at" TIMESTAMPTZ(3);

-- ---------- bounds ----------

ALTER TABLE "watched_instrument" DROP CONSTRAINT watched_instrument_bounds, ADD CONSTRAINT watched_instrument_bounds CHECK (
  standard IN ('erc3643', 'erc1404', 'erc7943', 'fiat-token', 'erc20') AND decimals BETWEEN 0 AND 77
  AND history IN ('full', 'partial') AND state IN ('filling', 'live', 'ended') AND start_block >= 0
  AND filled_to >= start_block - 1 AND events >= 0 AND length(name) BETWEEN 1 AND 80 AND length(symbol) BETWEEN 1 AND 80
  AND (let_go_by IS NULL) = (let_go_at IS NULL) AND (end_block IS NULL OR end_block >= start_block - 1)
  AND (state <> 'ended' OR end_block IS NOT NULL) AND (state <> 'live' OR end_block IS NULL));

-- ---------- access ----------

-- That it is to end, or to go on, is the authority's to say; at which block, the worker's.
GRANT UPDATE (end_block, controls) ON watched_instrument TO plimsoll_worker;
GRANT UPDATE (name, added_by, added_at, let_go_by, let_go_at) ON watched_instrument TO plimsoll_authority;
CREATE POLICY authority_changes ON watched_instrument FOR UPDATE TO plimsoll_authority
  USING (actor_role() IN ('administrator', 'supervisor'))
  WITH CHECK (actor_role() IN ('administrator', 'supervisor')
    AND CASE WHEN let_go_at IS NULL THEN added_by ELSE let_go_by END = actor_person());
GRANT SELECT (end_block) ON watched_instrument TO plimsoll_firm;
