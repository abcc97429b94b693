-- The same questions answered by less to write: indexes were four fifths of the work of writing a transfer.

-- A transaction's movements are found by the transaction's own place, which its hash leads to.
DROP INDEX "transfer_chain_id_tx_hash_idx";
DROP INDEX "refused_transfer_chain_id_tx_hash_idx";

-- Who belongs to no firm is found by no firm.
DROP INDEX "transfer_chain_id_from_firm_block_number_log_index_idx";
DROP INDEX "transfer_chain_id_to_firm_block_number_log_index_idx";
CREATE INDEX "transfer_sent" ON "transfer"("chain_id", "from_firm", "block_number", "log_index") WHERE from_firm IS NOT NULL;
CREATE INDEX "transfer_received" ON "transfer"("chain_id", "to_firm", "block_number", "log_index") WHERE to_firm IS NOT NULL;

-- Rows come in ascending order. An index in that order is filled page by page and read from its end; in the opposite
-- order every page is split in the middle and stays half empty.
DROP INDEX "transfer_chain_id_from_block_number_log_index_idx";
CREATE INDEX "transfer_chain_id_from_block_number_log_index_idx" ON "transfer"("chain_id", "from", "block_number", "log_index");
DROP INDEX "transfer_chain_id_to_block_number_log_index_idx";
CREATE INDEX "transfer_chain_id_to_block_number_log_index_idx" ON "transfer"("chain_id", "to", "block_number", "log_index");
DROP INDEX "transfer_chain_id_instrument_block_number_log_index_idx";
CREATE INDEX "transfer_chain_id_instrument_block_number_log_index_idx" ON "transfer"("chain_id", "instrument", "block_number", "log_index");

-- Logs are read by blocks, and by contract to read the past of one that is newly watched.
DROP INDEX "log_chain_id_address_topic0_block_number_idx";
CREATE INDEX "log_chain_id_address_block_number_idx" ON "log"("chain_id", "address", "block_number");
