-- Which derivation of a chain's tables is in force: one more with each rebuild that was put in place of the live tables.
ALTER TABLE "cursor" ADD COLUMN "projection" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "cursor" ADD CONSTRAINT cursor_projection CHECK (projection > 0);

-- What a transaction's sender signed, and its type: with them hash, sender and both roots can be computed again from what
-- is stored, without a node. Null in rows from before; a rebuild from a node fills them in.
ALTER TABLE "transaction" ADD COLUMN "type" SMALLINT;
ALTER TABLE "transaction" ADD COLUMN "signed" JSONB;
ALTER TABLE "transaction" ADD CONSTRAINT transaction_signed CHECK ((type IS NULL) = (signed IS NULL) AND type BETWEEN 0 AND 4);
