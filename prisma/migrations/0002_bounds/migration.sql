-- What a row may hold, said where no program can forget it. Rows that mirror the chain are bound only by what the
-- contracts or the protocol enforce: a stricter rule here would halt the indexer on a fact that is so.

-- Lower-case hex with 0x: 32 bytes.
DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY[
    'chain.genesis_hash', 'cursor.hash', 'block.hash', 'block.parent_hash', 'transaction.hash',
    'log.topic0', 'log.topic1', 'log.topic2', 'log.topic3', 'identity.evidence',
    'kyc_decision.evidence', 'kyc_decision.order_id', 'transfer.tx_hash', 'refused_transfer.tx_hash',
    'limit_change.order_id', 'rate.order_id', 'order_outcome.tx_hash', 'order_outcome.order_id',
    'order_outcome.proposer_person', 'order_outcome.approver_person', 'order_outcome.legal_ref',
    'role_grant.person', 'role_grant.order_id', 'anchor_entry.hash', 'person.chain_person',
    'officer_order.id', 'officer_order.legal_ref', 'submission.tx_hash', 'submission.order_id',
    'report.as_of_hash', 'report.sha256', 'reconciliation.block_hash', 'node.hash'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I ~ ''^0x[0-9a-f]{64}$'')',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_hash');
  END LOOP;
END $$;

-- Addresses: 20 bytes.
DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY[
    'transaction.from', 'transaction.to', 'receipt.contract_address', 'log.address', 'identity.address',
    'account.address', 'account.identity', 'kyc_decision.identity', 'instrument.address',
    'transfer.instrument', 'transfer.from', 'transfer.to', 'transfer.from_identity', 'transfer.to_identity',
    'refused_transfer.instrument', 'refused_transfer.sender', 'refused_transfer.from', 'refused_transfer.to',
    'refused_transfer.module', 'refused_transfer.from_identity', 'balance.instrument', 'balance.account',
    'freeze.instrument', 'freeze.account', 'rate.instrument', 'order_outcome.proposer', 'order_outcome.approver',
    'order_outcome.target', 'role_grant.account', 'wallet.address', 'customer.identity',
    'officer_order.contract', 'officer_order.target', 'officer_order.proposer', 'submission.wallet'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I ~ ''^0x[0-9a-f]{40}$'')',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_address');
  END LOOP;
END $$;

-- Bytes of any length.
DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY[
    'transaction.input', 'receipt.revert_data', 'log.data', 'order_outcome.arguments',
    'officer_order.arguments', 'officer_order.proposer_signature'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I ~ ''^0x([0-9a-f]{2})*$'')',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_bytes');
  END LOOP;
END $$;

-- uint256: from 0 to 2^256 - 1, both inclusive. NUMERIC(78,0) alone would let more through, and less than nothing.
DO $$
DECLARE place text;
BEGIN
  FOREACH place IN ARRAY ARRAY[
    'transaction.value', 'instrument.total_supply', 'transfer.amount', 'refused_transfer.amount',
    'refused_transfer.headroom', 'balance.amount', 'policy_limit.amount', 'limit_change.before',
    'limit_change.after', 'flow.value', 'rate.numerator', 'rate.denominator', 'role_grant.roles',
    'anchor_entry.size', 'officer_order.nonce'
  ] LOOP
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %3$I CHECK (%2$I BETWEEN 0 AND '
      '115792089237316195423570985008687907853269984665640564039457584007913129639935)',
      split_part(place, '.', 1), split_part(place, '.', 2), replace(place, '.', '_') || '_is_uint256');
  END LOOP;
END $$;

-- Facts and projections.
ALTER TABLE "chain" ADD CONSTRAINT chain_bounds CHECK (id > 0 AND finality >= 0 AND start_block >= 0);
ALTER TABLE "cursor" ADD CONSTRAINT cursor_bounds CHECK (number >= 0 AND writer_epoch >= 0 AND node_head >= 0);
ALTER TABLE "block" ADD CONSTRAINT block_bounds CHECK (number >= 0);
ALTER TABLE "transaction" ADD CONSTRAINT transaction_bounds CHECK (index >= 0 AND nonce >= 0);
ALTER TABLE "receipt" ADD CONSTRAINT receipt_bounds
  CHECK (index >= 0 AND status BETWEEN 0 AND 1 AND gas_used BETWEEN 0 AND cumulative_gas_used);
ALTER TABLE "log" ADD CONSTRAINT log_bounds CHECK (log_index >= 0 AND tx_index >= 0);

-- IIdentityRegistry.Status: 1 Pending, 2 Verified, 3 Suspended, 4 Revoked; 0 None has no row. A verified standing
-- ends at its expiry, exclusive, which lay in the future when it was decided.
ALTER TABLE "firm" ADD CONSTRAINT firm_bounds CHECK (id > 0);
ALTER TABLE "identity" ADD CONSTRAINT identity_bounds
    CHECK (status BETWEEN 1 AND 4 AND tier BETWEEN 0 AND 255 AND country >= 0),
  ADD CONSTRAINT identity_verified_expires CHECK (status <> 2 OR expiry IS NOT NULL);
ALTER TABLE "kyc_decision" ADD CONSTRAINT kyc_decision_bounds
    CHECK (status BETWEEN 1 AND 4 AND tier BETWEEN 0 AND 255),
  ADD CONSTRAINT kyc_decision_verified_expires CHECK (status <> 2 OR (expiry IS NOT NULL AND expiry > time));
ALTER TABLE "instrument" ADD CONSTRAINT instrument_bounds
  CHECK (standard IN ('plimsoll', 'erc20') AND decimals BETWEEN 0 AND 255);
ALTER TABLE "transfer" ADD CONSTRAINT transfer_firms_have_identities
  CHECK ((from_firm IS NULL) = (from_identity IS NULL) AND (to_firm IS NULL) = (to_identity IS NULL));
ALTER TABLE "refused_transfer" ADD CONSTRAINT refused_transfer_bounds CHECK (code BETWEEN 0 AND 255);

-- ILimitPolicy.Scope: 0 Identity, 1 Tier, 2 Firm. Window: 0 Transfer, 1 Day, 2 Month, 3 Balance, which no firm has.
-- A tier is nobody's. An identity may be given its limit before it is registered: then its firm is not known yet.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['policy_limit', 'limit_change'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK ('
      'scope BETWEEN 0 AND 2 AND "window" BETWEEN 0 AND 3 AND NOT (scope = 2 AND "window" = 3) AND CASE scope '
      'WHEN 0 THEN subject ~ ''^0x[0-9a-f]{40}$'' '
      'WHEN 1 THEN subject ~ ''^[0-9]{1,3}$'' AND firm_id IS NULL '
      'ELSE firm_id IS NOT NULL AND subject = firm_id::text END)', name, name || '_scope');
  END LOOP;
END $$;
ALTER TABLE "flow" ADD CONSTRAINT flow_scope CHECK (hour >= 0 AND CASE scope
  WHEN 0 THEN subject ~ '^0x[0-9a-f]{40}$' WHEN 2 THEN subject = firm_id::text ELSE false END);
ALTER TABLE "rate" ADD CONSTRAINT rate_bounds CHECK (numerator > 0 AND denominator > 0);

ALTER TABLE "order_outcome" ADD CONSTRAINT order_outcome_bounds
    CHECK (outcome IN ('executed', 'cancelled', 'rejected') AND kind BETWEEN 0 AND 7),
  ADD CONSTRAINT order_outcome_executed_is_whole
    CHECK (outcome <> 'executed' OR (kind > 0 AND target IS NOT NULL AND arguments IS NOT NULL));
ALTER TABLE "anchor_entry" ADD CONSTRAINT anchor_entry_kind
  CHECK (kind IN ('journal', 'report') AND (kind = 'journal') = (size IS NOT NULL));

-- People. The roles are those of lib/auth/permissions.ts; a test holds the two together.
ALTER TABLE "person" ADD CONSTRAINT person_side CHECK ((side = 'firm') = (firm_id IS NOT NULL) AND CASE side
    WHEN 'authority' THEN role IN ('analyst', 'officer', 'approver', 'supervisor', 'auditor', 'administrator')
    WHEN 'firm' THEN role IN ('compliance-officer', 'viewer')
    ELSE false END),
  ADD CONSTRAINT person_bounds CHECK (failures >= 0 AND firm_id > 0
    AND length(username) BETWEEN 1 AND 64 AND length(name) BETWEEN 1 AND 200);
ALTER TABLE "session" ADD CONSTRAINT session_bounds
  CHECK (expires_at > created_at AND id ~ '^[0-9a-f]{64}$' AND length(user_agent) <= 1024);
ALTER TABLE "attempt" ADD CONSTRAINT attempt_bounds CHECK (length(key) BETWEEN 1 AND 256);

-- The authority's own records.
ALTER TABLE "customer" ADD CONSTRAINT customer_bounds
  CHECK (firm_id > 0 AND length(reference) BETWEEN 1 AND 64 AND length(name) BETWEEN 1 AND 200);
ALTER TABLE "officer_order" ADD CONSTRAINT officer_order_bounds CHECK (reference ~ '^O-[0-9]{4}-[0-9]{5,}$'
  AND kind BETWEEN 1 AND 7 AND signatures BETWEEN 1 AND 2 AND length(reason_text) <= 4000
  AND length(legal_text) <= 4000 AND length(proposer_signature) <= 8194);
ALTER TABLE "submission" ADD CONSTRAINT submission_bounds CHECK (act IN ('execute', 'cancel', 'reject')
  AND state IN ('sent', 'accepted', 'reverted', 'replaced', 'dropped', 'mismatch')
  AND nonce >= 0 AND length(detail) <= 4000);
ALTER TABLE "report" ADD CONSTRAINT report_bounds CHECK (reference ~ '^R-[0-9]{4}-[0-9]{5,}$'
    AND kind ~ '^[a-z][a-z-]*$' AND state IN ('waiting', 'running', 'done', 'failed', 'cancelled')
    AND rows_done >= 0 AND rows_total >= 0 AND as_of_block >= 0),
  ADD CONSTRAINT report_done_is_whole CHECK (state <> 'done' OR (content IS NOT NULL AND sha256 IS NOT NULL
    AND file_name IS NOT NULL AND as_of_block IS NOT NULL AND as_of_hash IS NOT NULL AND finished_at IS NOT NULL));
ALTER TABLE "journal" ADD CONSTRAINT journal_bounds
  CHECK (length(act) BETWEEN 1 AND 128 AND length(subject) <= 512 AND length(detail::text) <= 65536);
ALTER TABLE "reconciliation" ADD CONSTRAINT reconciliation_bounds CHECK (block_number >= 0 AND checked >= 0);
ALTER TABLE "node" ADD CONSTRAINT node_bounds CHECK (head >= 0);
ALTER TABLE "setting" ADD CONSTRAINT setting_bounds CHECK (length(key) BETWEEN 1 AND 128);
