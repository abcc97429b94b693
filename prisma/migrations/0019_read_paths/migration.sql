-- Ways into the ledger for every filter of a screen, so that none reads a table from end to end.

-- An amount's number of digits and its first seventeen: of the same order as the amount, and all of it where it has no
-- more digits. Row security lets an index be asked only what cannot tell on rows that the reader may not see; comparing
-- numerics could, for all that PostgreSQL knows, and comparing integers not.
ALTER TABLE "transfer" ADD COLUMN "magnitude" BIGINT GENERATED ALWAYS AS
  (length("amount"::text) * 100000000000000000 + rpad(left("amount"::text, 17), 17, '0')::bigint) STORED;
ALTER TABLE "refused_transfer" ADD COLUMN "magnitude" BIGINT GENERATED ALWAYS AS
  (length("amount"::text) * 100000000000000000 + rpad(left("amount"::text, 17), 17, '0')::bigint) STORED;

-- CreateIndex
CREATE INDEX "transfer_chain_id_instrument_magnitude_idx" ON "transfer"("chain_id", "instrument", "magnitude");

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_instrument_magnitude_idx" ON "refused_transfer"("chain_id", "instrument", "magnitude");

-- What an authority moved is little beside what moved.
CREATE INDEX "transfer_ordered" ON "transfer"("chain_id", "cause", "block_number" DESC, "log_index" DESC)
  WHERE cause IN ('forced', 'recovery');

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_to_firm_block_number_tx_index_idx" ON "refused_transfer"("chain_id", "to_firm", "block_number" DESC, "tx_index" DESC);

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_from_block_number_tx_index_idx" ON "refused_transfer"("chain_id", "from", "block_number" DESC, "tx_index" DESC);

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_to_block_number_tx_index_idx" ON "refused_transfer"("chain_id", "to", "block_number" DESC, "tx_index" DESC);

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_instrument_block_number_tx_index_idx" ON "refused_transfer"("chain_id", "instrument", "block_number" DESC, "tx_index" DESC);

CREATE INDEX "refused_for_limit" ON "refused_transfer"("chain_id", "block_number" DESC, "tx_index" DESC)
  WHERE code BETWEEN 21 AND 27;
CREATE INDEX "refused_for_kyc" ON "refused_transfer"("chain_id", "block_number" DESC, "tx_index" DESC)
  WHERE code BETWEEN 10 AND 19;

-- CreateIndex
CREATE INDEX "identity_chain_id_firm_id_country_idx" ON "identity"("chain_id", "firm_id", "country");

-- CreateIndex
CREATE INDEX "identity_chain_id_country_idx" ON "identity"("chain_id", "country");

-- CreateIndex
CREATE INDEX "identity_chain_id_firm_id_status_expiry_idx" ON "identity"("chain_id", "firm_id", "status", "expiry");

-- CreateIndex
CREATE INDEX "limit_change_chain_id_firm_id_block_number_log_index_idx" ON "limit_change"("chain_id", "firm_id", "block_number" DESC, "log_index" DESC);
