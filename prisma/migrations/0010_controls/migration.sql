-- The control suite: measures that end, amounts frozen, forced movements, screening, claims, modules, delegations and
-- upgrades. All of it is derived from facts: `npm run verify:index` makes it again.

-- AlterTable
ALTER TABLE "freeze" ADD COLUMN     "order_id" TEXT,
ADD COLUMN     "until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "flagged" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "order_outcome" ADD COLUMN     "approver_for" TEXT,
ADD COLUMN     "proposer_for" TEXT;

-- AlterTable
ALTER TABLE "transfer" ADD COLUMN     "cause" TEXT NOT NULL DEFAULT 'transfer',
ADD COLUMN     "frozen_moved" DECIMAL(78,0) NOT NULL DEFAULT 0,
ADD COLUMN     "order_id" TEXT;

-- CreateTable
CREATE TABLE "frozen_amount" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "firm_id" INTEGER,
    "amount" DECIMAL(78,0) NOT NULL,
    "order_id" TEXT,

    CONSTRAINT "frozen_amount_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "pause" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL,
    "until" TIMESTAMPTZ(3),
    "order_id" TEXT,

    CONSTRAINT "pause_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "measure" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "order_id" TEXT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "instrument" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "firm_id" INTEGER,
    "review_by" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "measure_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "screening" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "identity" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "flagged" BOOLEAN NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "screening_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "country_change" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "identity" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "before" SMALLINT NOT NULL,
    "after" SMALLINT NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "country_change_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "trusted_issuer" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "issuer" TEXT NOT NULL,
    "topic" DECIMAL(78,0) NOT NULL,
    "trusted" BOOLEAN NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "trusted_issuer_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "claim_topic" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "topic" DECIMAL(78,0) NOT NULL,
    "required" BOOLEAN NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "claim_topic_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "instrument_compliance" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "compliance" TEXT NOT NULL,
    "order_id" TEXT,

    CONSTRAINT "instrument_compliance_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "compliance_module" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "compliance" TEXT NOT NULL,
    "module" TEXT NOT NULL,
    "added" BOOLEAN NOT NULL,

    CONSTRAINT "compliance_module_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "country_rule" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "module" TEXT NOT NULL,
    "country" INTEGER NOT NULL,
    "listed" BOOLEAN NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "country_rule_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "module_cap" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "module" TEXT NOT NULL,
    "before" DECIMAL(78,0) NOT NULL,
    "after" DECIMAL(78,0) NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "module_cap_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "preapproval" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "module" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "act" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "order_id" TEXT,
    "firm_id" INTEGER,

    CONSTRAINT "preapproval_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "delegation" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "principal" TEXT NOT NULL,
    "delegate" TEXT NOT NULL,
    "ended" BOOLEAN NOT NULL,
    "principal_person" TEXT,
    "delegate_person" TEXT,
    "starts_at" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3),
    "order_id" TEXT NOT NULL,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateTable
CREATE TABLE "upgrade" (
    "chain_id" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrument" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "implementation" TEXT NOT NULL,
    "before" TEXT,
    "release" DECIMAL(78,0),
    "version" TEXT,
    "not_before" TIMESTAMPTZ(3),
    "rollback_until" TIMESTAMPTZ(3),
    "order_id" TEXT,

    CONSTRAINT "upgrade_pkey" PRIMARY KEY ("chain_id","block_number","log_index")
);

-- CreateIndex
CREATE INDEX "frozen_amount_chain_id_account_instrument_block_number_log__idx" ON "frozen_amount"("chain_id", "account", "instrument", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "pause_chain_id_instrument_block_number_log_index_idx" ON "pause"("chain_id", "instrument", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "measure_chain_id_firm_id_block_number_log_index_idx" ON "measure"("chain_id", "firm_id", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "measure_chain_id_instrument_subject_idx" ON "measure"("chain_id", "instrument", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "measure_chain_id_order_id_key" ON "measure"("chain_id", "order_id");

-- CreateIndex
CREATE INDEX "screening_chain_id_identity_block_number_log_index_idx" ON "screening"("chain_id", "identity", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "country_change_chain_id_identity_block_number_log_index_idx" ON "country_change"("chain_id", "identity", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "trusted_issuer_chain_id_topic_issuer_block_number_log_index_idx" ON "trusted_issuer"("chain_id", "topic", "issuer", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "claim_topic_chain_id_topic_block_number_log_index_idx" ON "claim_topic"("chain_id", "topic", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "instrument_compliance_chain_id_instrument_block_number_log__idx" ON "instrument_compliance"("chain_id", "instrument", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "compliance_module_chain_id_compliance_module_block_number_l_idx" ON "compliance_module"("chain_id", "compliance", "module", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "country_rule_chain_id_module_country_block_number_log_index_idx" ON "country_rule"("chain_id", "module", "country", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "module_cap_chain_id_module_block_number_log_index_idx" ON "module_cap"("chain_id", "module", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "preapproval_chain_id_module_from_to_block_number_log_index_idx" ON "preapproval"("chain_id", "module", "from", "to", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "preapproval_chain_id_firm_id_block_number_log_index_idx" ON "preapproval"("chain_id", "firm_id", "block_number" DESC, "log_index" DESC);

-- CreateIndex
CREATE INDEX "delegation_chain_id_delegate_block_number_log_index_idx" ON "delegation"("chain_id", "delegate", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "delegation_chain_id_principal_block_number_log_index_idx" ON "delegation"("chain_id", "principal", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "upgrade_chain_id_instrument_block_number_log_index_idx" ON "upgrade"("chain_id", "instrument", "block_number", "log_index");




-- ---------- what a row may hold ----------

-- As in 0002: bound only by what the contracts or the protocol enforce.
DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY[
    'freeze.order_id', 'frozen_amount.order_id', 'pause.order_id', 'measure.order_id', 'screening.order_id',
    'country_change.order_id', 'trusted_issuer.order_id', 'claim_topic.order_id', 'instrument_compliance.order_id',
    'delegation.order_id', 'delegation.principal_person', 'delegation.delegate_person', 'upgrade.order_id',
    'transfer.order_id', 'country_rule.order_id', 'module_cap.order_id', 'preapproval.order_id'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I ~ ''^0x[0-9a-f]{64}$'')',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_hash');
  END LOOP;
  FOREACH place IN ARRAY ARRAY[
    'frozen_amount.instrument', 'frozen_amount.account', 'pause.instrument', 'measure.instrument', 'measure.subject',
    'screening.identity', 'country_change.identity', 'trusted_issuer.issuer', 'instrument_compliance.instrument',
    'instrument_compliance.compliance', 'compliance_module.compliance', 'compliance_module.module',
    'country_rule.module', 'module_cap.module', 'preapproval.module', 'preapproval.from', 'preapproval.to',
    'delegation.principal', 'delegation.delegate', 'upgrade.instrument', 'upgrade.implementation', 'upgrade.before',
    'order_outcome.proposer_for', 'order_outcome.approver_for'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I ~ ''^0x[0-9a-f]{40}$'')',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_address');
  END LOOP;
  FOREACH place IN ARRAY ARRAY[
    'frozen_amount.amount', 'transfer.frozen_moved', 'trusted_issuer.topic', 'claim_topic.topic', 'upgrade.release',
    'module_cap.before', 'module_cap.after', 'preapproval.amount'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I BETWEEN 0 AND '
      '115792089237316195423570985008687907853269984665640564039457584007913129639935)',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_uint256');
  END LOOP;
END $$;

-- What was lifted has no end that is still to come.
ALTER TABLE "freeze" ADD CONSTRAINT freeze_lifted CHECK (frozen OR until IS NULL);
ALTER TABLE "pause" ADD CONSTRAINT pause_lifted CHECK (paused OR until IS NULL);
ALTER TABLE "measure" ADD CONSTRAINT measure_bounds CHECK (kind IN (4, 8) AND (expires_at IS NULL OR review_by <= expires_at)
  AND (kind <> 8 OR (subject = instrument AND firm_id IS NULL)));
ALTER TABLE "transfer" ADD CONSTRAINT transfer_cause
  CHECK (cause IN ('transfer', 'mint', 'burn', 'forced', 'recovery') AND frozen_moved <= amount);
ALTER TABLE "delegation" ADD CONSTRAINT delegation_whole CHECK (ended = (principal_person IS NULL)
  AND ended = (delegate_person IS NULL) AND ended = (starts_at IS NULL) AND ended = (until IS NULL));
ALTER TABLE "preapproval" ADD CONSTRAINT preapproval_act CHECK (CASE act WHEN 'approved' THEN order_id IS NOT NULL
  WHEN 'withdrawn' THEN order_id IS NOT NULL AND expires_at IS NULL
  WHEN 'consumed' THEN order_id IS NULL AND expires_at IS NULL ELSE false END);
ALTER TABLE "upgrade" ADD CONSTRAINT upgrade_act
  CHECK (act IN ('founded', 'scheduled', 'cancelled', 'activated', 'rolled-back'));
ALTER TABLE "order_outcome" DROP CONSTRAINT order_outcome_bounds, ADD CONSTRAINT order_outcome_bounds
  CHECK (outcome IN ('executed', 'cancelled', 'rejected') AND kind BETWEEN 0 AND 23);
ALTER TABLE "officer_order" DROP CONSTRAINT officer_order_bounds, ADD CONSTRAINT officer_order_bounds
  CHECK (reference ~ '^O-[0-9]{4}-[0-9]{5,}$' AND kind BETWEEN 1 AND 23 AND signatures BETWEEN 1 AND 2
  AND length(reason_text) <= 4000 AND length(legal_text) <= 4000 AND length(proposer_signature) <= 8194);

-- ---------- access ----------

-- Movements that are there already: nobody but an issuer could mint and burn, and nothing was forced.
ALTER TABLE "transfer" NO FORCE ROW LEVEL SECURITY;
UPDATE transfer SET cause = CASE WHEN "from" = '0x' || repeat('0', 40) THEN 'mint' ELSE 'burn' END
  WHERE '0x' || repeat('0', 40) IN ("from", "to");
ALTER TABLE "transfer" FORCE ROW LEVEL SECURITY;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['frozen_amount', 'pause', 'measure', 'screening', 'country_change', 'trusted_issuer',
    'claim_topic', 'instrument_compliance', 'compliance_module', 'country_rule', 'module_cap', 'preapproval',
    'delegation', 'upgrade'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO plimsoll_worker', name);
    EXECUTE format('CREATE POLICY worker ON %I TO plimsoll_worker USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_authority', name);
    EXECUTE format('CREATE POLICY authority_reads ON %I FOR SELECT TO plimsoll_authority '
      'USING (actor_person() IS NOT NULL)', name);
  END LOOP;
  -- Its own customers'.
  FOREACH name IN ARRAY ARRAY['frozen_amount', 'measure', 'screening', 'country_change', 'preapproval'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_firm', name);
    EXECUTE format('CREATE POLICY firm_reads ON %I FOR SELECT TO plimsoll_firm USING (firm_id = actor_firm())', name);
  END LOOP;
  -- What binds every firm alike. Who acts for whom among officers, like the table of roles, is no firm's business.
  FOREACH name IN ARRAY ARRAY['pause', 'trusted_issuer', 'claim_topic', 'instrument_compliance', 'compliance_module',
    'country_rule', 'module_cap', 'upgrade'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_firm', name);
    EXECUTE format('CREATE POLICY firm_reads ON %I FOR SELECT TO plimsoll_firm USING (actor_firm() IS NOT NULL)', name);
  END LOOP;
END $$;
-- A pause stops everybody's customers.
CREATE POLICY firm_reads_pauses ON measure FOR SELECT TO plimsoll_firm USING (kind = 8 AND actor_firm() IS NOT NULL);
