-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "chain" (
    "id" INTEGER NOT NULL,
    "genesis_hash" TEXT NOT NULL,
    "finality" INTEGER NOT NULL,
    "start_block" BIGINT NOT NULL,

    CONSTRAINT "chain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cursor" (
    "chain_id" INTEGER NOT NULL,
    "number" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "writer_epoch" BIGINT NOT NULL DEFAULT 0,
    "node_head" BIGINT NOT NULL DEFAULT 0,
    "halt_reason" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cursor_pkey" PRIMARY KEY ("chain_id")
);

-- CreateTable
CREATE TABLE "block" (
    "chain_id" INTEGER NOT NULL,
    "number" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "parent_hash" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "header" JSONB NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("chain_id","number")
);

-- CreateTable
CREATE TABLE "transaction" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT,
    "nonce" BIGINT NOT NULL,
    "value" DECIMAL(78,0) NOT NULL,
    "input" TEXT NOT NULL,

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("chain_id","block_number","index")
);

-- CreateTable
CREATE TABLE "receipt" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "status" SMALLINT NOT NULL,
    "gas_used" BIGINT NOT NULL,
    "cumulative_gas_used" BIGINT NOT NULL,
    "contract_address" TEXT,
    "revert_data" TEXT,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("chain_id","block_number","index")
);

-- CreateTable
CREATE TABLE "log" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "tx_index" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "topic0" TEXT,
    "topic1" TEXT,
    "topic2" TEXT,
    "topic3" TEXT,
    "data" TEXT NOT NULL,

    CONSTRAINT "log_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "firm" (
    "chain_id" INTEGER NOT NULL,
    "id" INTEGER NOT NULL,
    "lei" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "block_number" BIGINT NOT NULL,

    CONSTRAINT "firm_pkey" PRIMARY KEY ("chain_id","id")
);

-- CreateTable
CREATE TABLE "identity" (
    "chain_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "country" SMALLINT NOT NULL,
    "status" SMALLINT NOT NULL,
    "tier" SMALLINT NOT NULL,
    "expiry" TIMESTAMPTZ(3),
    "evidence" TEXT NOT NULL,
    "block_number" BIGINT NOT NULL,
    "decided_at" BIGINT,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("chain_id","address")
);

-- CreateTable
CREATE TABLE "account" (
    "chain_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("chain_id","address")
);

-- CreateTable
CREATE TABLE "kyc_decision" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "identity" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "status" SMALLINT NOT NULL,
    "tier" SMALLINT NOT NULL,
    "expiry" TIMESTAMPTZ(3),
    "evidence" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "kyc_decision_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "instrument" (
    "chain_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "decimals" SMALLINT NOT NULL,
    "standard" TEXT NOT NULL,
    "start_block" BIGINT NOT NULL,
    "total_supply" DECIMAL(78,0) NOT NULL DEFAULT 0,

    CONSTRAINT "instrument_pkey" PRIMARY KEY ("chain_id","address")
);

-- CreateTable
CREATE TABLE "transfer" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "tx_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "from_identity" TEXT,
    "to_identity" TEXT,
    "from_firm" INTEGER,
    "to_firm" INTEGER,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "refused_transfer" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "tx_index" INTEGER NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "code" SMALLINT,
    "module" TEXT,
    "headroom" DECIMAL(78,0),
    "subject" TEXT,
    "reason" TEXT NOT NULL,
    "from_identity" TEXT,
    "from_firm" INTEGER,
    "to_firm" INTEGER,

    CONSTRAINT "refused_transfer_pkey" PRIMARY KEY ("chain_id","block_number","tx_index")
);

-- CreateTable
CREATE TABLE "balance" (
    "chain_id" INTEGER NOT NULL,
    "instrument" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "firm_id" INTEGER,
    "amount" DECIMAL(78,0) NOT NULL,
    "block_number" BIGINT NOT NULL,

    CONSTRAINT "balance_pkey" PRIMARY KEY ("chain_id","instrument","account")
);

-- CreateTable
CREATE TABLE "freeze" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "firm_id" INTEGER,
    "frozen" BOOLEAN NOT NULL,

    CONSTRAINT "freeze_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "policy_limit" (
    "chain_id" INTEGER NOT NULL,
    "scope" SMALLINT NOT NULL,
    "subject" TEXT NOT NULL,
    "window" SMALLINT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "firm_id" INTEGER,
    "block_number" BIGINT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_limit_pkey" PRIMARY KEY ("chain_id","scope","subject","window")
);

-- CreateTable
CREATE TABLE "limit_change" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "scope" SMALLINT NOT NULL,
    "subject" TEXT NOT NULL,
    "window" SMALLINT NOT NULL,
    "before" DECIMAL(78,0) NOT NULL,
    "after" DECIMAL(78,0) NOT NULL,
    "firm_id" INTEGER,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "limit_change_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "flow" (
    "chain_id" INTEGER NOT NULL,
    "scope" SMALLINT NOT NULL,
    "subject" TEXT NOT NULL,
    "hour" BIGINT NOT NULL,
    "value" DECIMAL(78,0) NOT NULL,
    "firm_id" INTEGER NOT NULL,

    CONSTRAINT "flow_pkey" PRIMARY KEY ("chain_id","scope","subject","hour")
);

-- CreateTable
CREATE TABLE "rate" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "instrument" TEXT NOT NULL,
    "numerator" DECIMAL(78,0) NOT NULL,
    "denominator" DECIMAL(78,0) NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "rate_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "order_outcome" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "proposer" TEXT NOT NULL,
    "proposer_person" TEXT,
    "approver" TEXT,
    "approver_person" TEXT,
    "target" TEXT,
    "arguments" TEXT,
    "reason" TEXT,
    "legal_ref" TEXT,
    "firm_id" INTEGER,

    CONSTRAINT "order_outcome_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "account" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "roles" DECIMAL(78,0) NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "anchor_entry" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "size" DECIMAL(78,0),
    "hash" TEXT NOT NULL,

    CONSTRAINT "anchor_entry_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "firm_id" INTEGER,
    "password_hash" TEXT NOT NULL,
    "chain_person" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallet" (
    "chain_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "bound_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallet_pkey" PRIMARY KEY ("chain_id","address")
);

-- CreateTable
CREATE TABLE "siwe_nonce" (
    "nonce" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "siwe_nonce_pkey" PRIMARY KEY ("nonce")
);

-- CreateTable
CREATE TABLE "customer" (
    "chain_id" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("chain_id","identity")
);

-- CreateTable
CREATE TABLE "officer_order" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "contract" TEXT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "target" TEXT NOT NULL,
    "arguments" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reason_text" TEXT NOT NULL,
    "legal_ref" TEXT NOT NULL,
    "legal_text" TEXT NOT NULL,
    "proposer" TEXT NOT NULL,
    "nonce" DECIMAL(78,0) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "firm_id" INTEGER,
    "subject" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "signatures" SMALLINT NOT NULL,
    "proposer_id" UUID NOT NULL,
    "proposer_signature" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "officer_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "chain_id" INTEGER NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "wallet" TEXT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("chain_id","tx_hash")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "firm_id" INTEGER,
    "parameters" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "rows_total" INTEGER,
    "as_of_block" BIGINT,
    "as_of_hash" TEXT,
    "sha256" TEXT,
    "file_name" TEXT,
    "content" BYTEA,
    "error" TEXT,
    "requested_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "person_id" UUID,
    "firm_id" INTEGER,
    "act" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "journal_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" BIGSERIAL NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "block_number" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "checked" INTEGER NOT NULL,
    "mismatches" JSONB NOT NULL,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node" (
    "chain_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "head" BIGINT,
    "hash" TEXT,
    "version" TEXT,
    "error" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "node_pkey" PRIMARY KEY ("chain_id","name")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "block_chain_id_hash_key" ON "block"("chain_id", "hash");

-- CreateIndex
CREATE INDEX "transaction_chain_id_hash_idx" ON "transaction"("chain_id", "hash");

-- CreateIndex
CREATE INDEX "log_chain_id_address_topic0_block_number_idx" ON "log"("chain_id", "address", "topic0", "block_number");

-- CreateIndex
CREATE INDEX "firm_chain_id_lei_idx" ON "firm"("chain_id", "lei");

-- CreateIndex
CREATE INDEX "identity_chain_id_firm_id_status_address_idx" ON "identity"("chain_id", "firm_id", "status", "address");

-- CreateIndex
CREATE INDEX "identity_chain_id_status_expiry_idx" ON "identity"("chain_id", "status", "expiry");

-- CreateIndex
CREATE INDEX "account_chain_id_identity_idx" ON "account"("chain_id", "identity");

-- CreateIndex
CREATE INDEX "account_chain_id_firm_id_address_idx" ON "account"("chain_id", "firm_id", "address");

-- CreateIndex
CREATE INDEX "kyc_decision_chain_id_identity_block_number_log_index_idx" ON "kyc_decision"("chain_id", "identity", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "transfer_chain_id_tx_hash_idx" ON "transfer"("chain_id", "tx_hash");

-- CreateIndex
CREATE INDEX "transfer_chain_id_from_firm_block_number_log_index_idx" ON "transfer"("chain_id", "from_firm", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "transfer_chain_id_to_firm_block_number_log_index_idx" ON "transfer"("chain_id", "to_firm", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "transfer_chain_id_from_block_number_log_index_idx" ON "transfer"("chain_id", "from", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "transfer_chain_id_to_block_number_log_index_idx" ON "transfer"("chain_id", "to", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "transfer_chain_id_instrument_block_number_log_index_idx" ON "transfer"("chain_id", "instrument", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_tx_hash_idx" ON "refused_transfer"("chain_id", "tx_hash");

-- CreateIndex
CREATE INDEX "refused_transfer_chain_id_from_firm_block_number_tx_index_idx" ON "refused_transfer"("chain_id", "from_firm", "block_number" DESC, "tx_index" DESC);

-- CreateIndex
CREATE INDEX "balance_chain_id_account_idx" ON "balance"("chain_id", "account");

-- CreateIndex
CREATE INDEX "balance_chain_id_firm_id_instrument_idx" ON "balance"("chain_id", "firm_id", "instrument");

-- CreateIndex
CREATE INDEX "freeze_chain_id_account_instrument_block_number_log_index_idx" ON "freeze"("chain_id", "account", "instrument", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "policy_limit_chain_id_firm_id_idx" ON "policy_limit"("chain_id", "firm_id");

-- CreateIndex
CREATE INDEX "limit_change_chain_id_scope_subject_window_block_number_log_idx" ON "limit_change"("chain_id", "scope", "subject", "window", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "flow_chain_id_firm_id_hour_idx" ON "flow"("chain_id", "firm_id", "hour");

-- CreateIndex
CREATE INDEX "rate_chain_id_instrument_block_number_log_index_idx" ON "rate"("chain_id", "instrument", "block_number", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "order_outcome_chain_id_order_id_key" ON "order_outcome"("chain_id", "order_id");

-- CreateIndex
CREATE INDEX "role_grant_chain_id_account_block_number_log_index_idx" ON "role_grant"("chain_id", "account", "block_number", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "person_username_key" ON "person"("username");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "attempt_key_at_idx" ON "attempt"("key", "at");

-- CreateIndex
CREATE INDEX "wallet_person_id_idx" ON "wallet"("person_id");

-- CreateIndex
CREATE INDEX "customer_chain_id_firm_id_reference_idx" ON "customer"("chain_id", "firm_id", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "customer_chain_id_reference_key" ON "customer"("chain_id", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "officer_order_reference_key" ON "officer_order"("reference");

-- CreateIndex
CREATE INDEX "officer_order_chain_id_created_at_idx" ON "officer_order"("chain_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "officer_order_chain_id_firm_id_created_at_idx" ON "officer_order"("chain_id", "firm_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "submission_order_id_idx" ON "submission"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "report_reference_key" ON "report"("reference");

-- CreateIndex
CREATE INDEX "report_state_created_at_idx" ON "report"("state", "created_at");

-- CreateIndex
CREATE INDEX "report_firm_id_created_at_idx" ON "report"("firm_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "journal_person_id_seq_idx" ON "journal"("person_id", "seq");

-- CreateIndex
CREATE INDEX "reconciliation_chain_id_at_idx" ON "reconciliation"("chain_id", "at" DESC);


