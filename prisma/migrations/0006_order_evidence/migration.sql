-- What a decision rests on inside the authority, and the salt of its commitment on chain, out of `after` into a column
-- of its own: a firm may read what an order changed, and never this. Row security chooses rows, so columns are granted.
ALTER TABLE "officer_order" ADD COLUMN "evidence" JSONB;

ALTER TABLE officer_order NO FORCE ROW LEVEL SECURITY;
UPDATE officer_order
  SET evidence = jsonb_build_object('text', "after" -> 'evidenceText', 'salt', "after" -> 'evidenceSalt'),
    "after" = "after" - 'evidenceText' - 'evidenceSalt'
  WHERE "after" ? 'evidenceText';
ALTER TABLE officer_order FORCE ROW LEVEL SECURITY;

REVOKE SELECT ON officer_order FROM plimsoll_firm;
GRANT SELECT (id, reference, chain_id, contract, kind, target, arguments, reason, reason_text, legal_ref, legal_text,
  proposer, nonce, deadline, firm_id, subject, before, after, signatures, proposer_id, proposer_signature, withdrawn_at,
  created_at) ON officer_order TO plimsoll_firm;
