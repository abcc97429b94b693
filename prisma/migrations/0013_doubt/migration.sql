-- A comparison with the chain that found a difference: until a complete one finds none, nothing is exported.
ALTER TABLE "cursor" ADD COLUMN "doubt" TEXT;
ALTER TABLE "reconciliation" ADD COLUMN "scope" TEXT NOT NULL DEFAULT 'sample',
  ADD CONSTRAINT reconciliation_scope CHECK (scope IN ('sample', 'complete'));

-- Customers who hold something and may not move it, as the chain said at the block of the last complete comparison.
CREATE TABLE "ineligible_holder" (
    "chain_id" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "firm_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "block_number" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ineligible_holder_pkey" PRIMARY KEY ("chain_id","identity")
);
ALTER TABLE "ineligible_holder" ADD CONSTRAINT ineligible_holder_reason
  CHECK (reason IN ('unknown', 'not-verified', 'expired', 'flagged', 'claim'));
ALTER TABLE "ineligible_holder" ADD CONSTRAINT ineligible_holder_identity_is_address
  CHECK (identity ~ '^0x[0-9a-f]{40}$');

-- ---------- access ----------

ALTER TABLE "ineligible_holder" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
REVOKE ALL ON "ineligible_holder" FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON "ineligible_holder" TO plimsoll_worker;
CREATE POLICY worker ON "ineligible_holder" TO plimsoll_worker USING (true) WITH CHECK (true);
GRANT SELECT ON "ineligible_holder" TO plimsoll_authority, plimsoll_firm;
CREATE POLICY authority_reads ON "ineligible_holder" FOR SELECT TO plimsoll_authority
  USING (actor_person() IS NOT NULL);
CREATE POLICY firm_reads ON "ineligible_holder" FOR SELECT TO plimsoll_firm USING (firm_id = actor_firm());
