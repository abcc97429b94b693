-- The highest block that was ever verified and written. Finality is counted from here and never from what a node says
-- its head is; and it does not sink with the cursor, or a chain could be taken back a finality's depth again and again.
-- 0 until the next block is written: readers take the cursor's own block where that is higher.
ALTER TABLE "cursor" ADD COLUMN "verified_head" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "cursor" ADD CONSTRAINT cursor_verified_head CHECK (verified_head >= 0);
