-- Who may touch which row. Four roles log in; none is superuser, none owns a table, none bypasses row security:
--   plimsoll_worker     writes what the chain says and fills reports; knows no people
--   plimsoll_gate       what sign-in needs before anybody is known
--   plimsoll_authority  the authority's officers
--   plimsoll_firm       a firm's people, each transaction bound to one firm
-- A right takes two things: a grant of the command and a policy for the row. Whoever forgets one gets nothing.

-- Roles belong to the cluster, not to the database, so they may be there already. They get their passwords and
-- LOGIN from lib/db/roles.ts, or from whoever runs the cluster.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['plimsoll_worker', 'plimsoll_gate', 'plimsoll_authority', 'plimsoll_firm'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- Another migration made it between the look and the act.
    END;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = name AND (rolsuper OR rolbypassrls)) THEN
      RAISE EXCEPTION 'Role % is superuser or bypasses row security; take that from it first', name;
    END IF;
  END LOOP;
END $$;

-- PUBLIC has no rights, neither now nor on what later migrations make.
DO $$
BEGIN
  IF pg_has_role((SELECT datdba FROM pg_database WHERE datname = current_database()), 'USAGE') THEN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO plimsoll_worker, plimsoll_gate, plimsoll_authority, plimsoll_firm',
      current_database());
  END IF;
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO plimsoll_worker, plimsoll_gate, plimsoll_authority, plimsoll_firm;

-- The actor of this transaction, as lib/db/client.ts sets it. After a transaction a setting reads as '', not as null:
-- hence NULLIF. Nobody set: null, which equals nothing.
CREATE FUNCTION actor_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.person_id', true), '')::uuid;
CREATE FUNCTION actor_firm() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.firm_id', true), '')::integer;
CREATE FUNCTION actor_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.role', true), '');
GRANT EXECUTE ON FUNCTION actor_person(), actor_firm(), actor_role() TO plimsoll_authority, plimsoll_firm;

-- FORCE: the owner too is bound. A migration that moves rows must lift it for its table (NO FORCE) and put it back,
-- or it moves none. The table of migrations is left out: it is Prisma's own and granted to nobody.
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;

-- ---------- worker ----------

-- What happened is written and, when the chain takes it back, deleted; never changed. What stands is updated.
GRANT SELECT, INSERT, DELETE ON block, transaction, receipt, log, kyc_decision, transfer, refused_transfer, "freeze",
  limit_change, rate, order_outcome, role_grant, anchor_entry, reconciliation TO plimsoll_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON chain, cursor, firm, identity, account, instrument, balance, policy_limit,
  flow, node TO plimsoll_worker;
-- A replay may tell the reason of a revert later than the receipt came.
GRANT UPDATE (revert_data) ON receipt TO plimsoll_worker;
GRANT SELECT, INSERT, UPDATE ON report TO plimsoll_worker;
GRANT SELECT, UPDATE (state, detail) ON submission TO plimsoll_worker;
GRANT SELECT ON officer_order, customer, setting, journal TO plimsoll_worker;
GRANT INSERT (person_id, firm_id, act, subject, detail) ON journal TO plimsoll_worker;
GRANT USAGE ON SEQUENCE reconciliation_id_seq, journal_seq_seq TO plimsoll_worker;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['chain', 'cursor', 'block', 'transaction', 'receipt', 'log', 'firm', 'identity', 'account',
    'kyc_decision', 'instrument', 'transfer', 'refused_transfer', 'balance', 'freeze', 'policy_limit', 'limit_change',
    'flow', 'rate', 'order_outcome', 'role_grant', 'anchor_entry', 'reconciliation', 'node', 'report', 'submission',
    'officer_order', 'customer', 'setting', 'journal'] LOOP
    EXECUTE format('CREATE POLICY worker ON %I TO plimsoll_worker USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

-- ---------- what anybody may know of the chain ----------

GRANT SELECT ON chain, cursor, block, instrument, rate, anchor_entry
  TO plimsoll_gate, plimsoll_authority, plimsoll_firm;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['chain', 'cursor', 'block', 'instrument', 'rate', 'anchor_entry'] LOOP
    EXECUTE format('CREATE POLICY everybody ON %I FOR SELECT TO plimsoll_gate, plimsoll_authority, plimsoll_firm '
      'USING (true)', name);
  END LOOP;
END $$;

-- ---------- gate ----------

-- It may lock a person out or change a password, but make nobody and give nobody another role.
GRANT SELECT, UPDATE (password_hash, failures, locked_until, disabled_at) ON person TO plimsoll_gate;
GRANT SELECT, INSERT, UPDATE (last_seen_at, expires_at, revoked_at), DELETE ON session TO plimsoll_gate;
GRANT SELECT, INSERT, DELETE ON attempt, siwe_nonce, wallet TO plimsoll_gate;
GRANT INSERT (person_id, firm_id, act, subject, detail) ON journal TO plimsoll_gate;
GRANT USAGE ON SEQUENCE attempt_id_seq, journal_seq_seq TO plimsoll_gate;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['person', 'session', 'attempt', 'siwe_nonce', 'wallet'] LOOP
    EXECUTE format('CREATE POLICY gate ON %I TO plimsoll_gate USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
CREATE POLICY gate ON journal FOR INSERT TO plimsoll_gate WITH CHECK (true);
-- The public pages: is this file a report of ours, and is the system well. Never the contents, nor for whom.
GRANT SELECT (id, reference, chain_id, kind, state, sha256, as_of_block, as_of_hash, finished_at) ON report TO plimsoll_gate;
CREATE POLICY gate ON report FOR SELECT TO plimsoll_gate USING (state = 'done');
GRANT SELECT (chain_id, name, head, hash, seen_at) ON node TO plimsoll_gate;
CREATE POLICY gate ON node FOR SELECT TO plimsoll_gate USING (true);

-- ---------- authority ----------

-- Everything of the ledger, but only for somebody: without an actor there are no rows.
GRANT SELECT ON transaction, receipt, log, firm, identity, account, kyc_decision, transfer, refused_transfer, balance,
  "freeze", policy_limit, limit_change, flow, order_outcome, role_grant, reconciliation, node, wallet, customer,
  officer_order, submission, report, setting TO plimsoll_authority;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['transaction', 'receipt', 'log', 'firm', 'identity', 'account', 'kyc_decision', 'transfer',
    'refused_transfer', 'balance', 'freeze', 'policy_limit', 'limit_change', 'flow', 'order_outcome', 'role_grant',
    'reconciliation', 'node', 'wallet', 'customer', 'officer_order', 'submission', 'report', 'setting'] LOOP
    EXECUTE format('CREATE POLICY authority_reads ON %I FOR SELECT TO plimsoll_authority '
      'USING (actor_person() IS NOT NULL)', name);
  END LOOP;
END $$;

-- Columns, not the row: not even an administrator reads how a password is kept.
GRANT SELECT (id, username, name, side, role, firm_id, chain_person, failures, locked_until, disabled_at, created_at)
  ON person TO plimsoll_authority;
GRANT SELECT (id, person_id, created_at, last_seen_at, expires_at, revoked_at, user_agent)
  ON session TO plimsoll_authority;
CREATE POLICY authority_reads ON person FOR SELECT TO plimsoll_authority
  USING (actor_role() IN ('administrator', 'auditor'));
CREATE POLICY authority_reads ON session FOR SELECT TO plimsoll_authority
  USING (actor_role() IN ('administrator', 'auditor'));

-- An order is made in one's own name, and signed or withdrawn by whoever made it. All may lock it: an approver holds
-- it still while deciding, and a lock asks for USING alone.
GRANT INSERT, UPDATE (proposer_signature, withdrawn_at) ON officer_order TO plimsoll_authority;
CREATE POLICY authority_prepares ON officer_order FOR INSERT TO plimsoll_authority
  WITH CHECK (proposer_id = actor_person());
CREATE POLICY authority_signs ON officer_order FOR UPDATE TO plimsoll_authority
  USING (actor_person() IS NOT NULL) WITH CHECK (proposer_id = actor_person());
-- What became of a transaction may be found out by whoever looks next.
GRANT INSERT, UPDATE (state, detail) ON submission TO plimsoll_authority;
CREATE POLICY authority_sends ON submission FOR INSERT TO plimsoll_authority WITH CHECK (person_id = actor_person());
CREATE POLICY authority_follows ON submission FOR UPDATE TO plimsoll_authority USING (actor_person() IS NOT NULL);
GRANT INSERT, UPDATE (value) ON setting TO plimsoll_authority;
CREATE POLICY authority_sets ON setting FOR INSERT TO plimsoll_authority
  WITH CHECK (actor_role() IN ('administrator', 'supervisor'));
CREATE POLICY authority_changes ON setting FOR UPDATE TO plimsoll_authority
  USING (actor_role() IN ('administrator', 'supervisor'));

-- ---------- firm ----------

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['identity', 'account', 'kyc_decision', 'balance', 'freeze', 'flow', 'order_outcome',
    'customer', 'report'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_firm', name);
    EXECUTE format('CREATE POLICY firm_reads ON %I FOR SELECT TO plimsoll_firm USING (firm_id = actor_firm())', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['policy_limit', 'limit_change'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_firm', name);
    EXECUTE format('CREATE POLICY firm_reads ON %I FOR SELECT TO plimsoll_firm '
      'USING (firm_id = actor_firm() OR (scope = 1 AND actor_firm() IS NOT NULL))', name); -- 1: tiers, which bind all
  END LOOP;
END $$;
GRANT SELECT ON firm, transfer, refused_transfer, officer_order TO plimsoll_firm;
CREATE POLICY firm_reads ON firm FOR SELECT TO plimsoll_firm USING (id = actor_firm());
CREATE POLICY firm_reads ON transfer FOR SELECT TO plimsoll_firm
  USING (from_firm = actor_firm() OR to_firm = actor_firm());
-- The recipient's firm learns nothing of what never reached it.
CREATE POLICY firm_reads ON refused_transfer FOR SELECT TO plimsoll_firm USING (from_firm = actor_firm());
-- Not before it has taken effect: to know of a freeze that is only prepared would be to be warned of it.
CREATE POLICY firm_reads ON officer_order FOR SELECT TO plimsoll_firm USING (firm_id = actor_firm() AND EXISTS (
  SELECT FROM order_outcome o
  WHERE o.chain_id = officer_order.chain_id AND o.order_id = officer_order.id AND o.outcome = 'executed'));

-- Raw facts, as far as they carry a transfer that the firm sees; the inner tables are under its policies too. Of a
-- transaction no input, and of its logs the own transfer's alone: a batch may carry other firms' transfers.
GRANT SELECT (chain_id, block_number, index, hash, "from", "to", nonce, value) ON transaction TO plimsoll_firm;
GRANT SELECT ON receipt, log TO plimsoll_firm;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['transaction', 'receipt'] LOOP
    EXECUTE format('CREATE POLICY firm_reads ON %1$I FOR SELECT TO plimsoll_firm USING ('
      'EXISTS (SELECT FROM transfer t WHERE t.chain_id = %1$I.chain_id AND t.block_number = %1$I.block_number '
      'AND t.tx_index = %1$I.index) OR '
      'EXISTS (SELECT FROM refused_transfer t WHERE t.chain_id = %1$I.chain_id AND t.block_number = %1$I.block_number '
      'AND t.tx_index = %1$I.index))', name);
  END LOOP;
END $$;
CREATE POLICY firm_reads ON log FOR SELECT TO plimsoll_firm USING (EXISTS (SELECT FROM transfer t
  WHERE t.chain_id = log.chain_id AND t.block_number = log.block_number AND t.log_index = log.log_index));

-- ---------- reports and journal ----------

-- Asked for empty and in one's own name; filled by the worker alone; called off or asked again while it is not done.
GRANT INSERT, UPDATE (state, finished_at) ON report TO plimsoll_authority, plimsoll_firm;
CREATE POLICY asks ON report FOR INSERT TO plimsoll_authority, plimsoll_firm WITH CHECK (
  requested_by = actor_person() AND state = 'waiting' AND content IS NULL AND sha256 IS NULL);
CREATE POLICY firm_asks_for_itself ON report AS RESTRICTIVE FOR INSERT TO plimsoll_firm
  WITH CHECK (firm_id = actor_firm());
CREATE POLICY authority_calls_off ON report FOR UPDATE TO plimsoll_authority
  USING (actor_person() IS NOT NULL AND state <> 'done') WITH CHECK (state IN ('waiting', 'cancelled'));
CREATE POLICY firm_calls_off ON report FOR UPDATE TO plimsoll_firm
  USING (firm_id = actor_firm() AND state <> 'done') WITH CHECK (state IN ('waiting', 'cancelled'));

-- A line's number and time are the database's: nobody may write them.
GRANT INSERT (person_id, firm_id, act, subject, detail) ON journal TO plimsoll_authority, plimsoll_firm;
GRANT SELECT ON journal TO plimsoll_authority;
GRANT USAGE ON SEQUENCE journal_seq_seq TO plimsoll_authority, plimsoll_firm;
CREATE POLICY authority_reads ON journal FOR SELECT TO plimsoll_authority
  USING (actor_role() IN ('supervisor', 'auditor'));
CREATE POLICY authority_writes ON journal FOR INSERT TO plimsoll_authority WITH CHECK (person_id = actor_person());
CREATE POLICY firm_writes ON journal FOR INSERT TO plimsoll_firm
  WITH CHECK (person_id = actor_person() AND firm_id = actor_firm());

-- For each statement and not for each row, so that it also refuses where row security left no row to touch; for
-- superusers and replicas as well.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The journal is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE journal ENABLE ALWAYS TRIGGER append_only;

-- ---------- owner ----------

-- No running process can make a person, a customer or a wallet's first binding by itself: whoever owns the database
-- puts them in (prisma/seed). These are the only rows the owner's role may touch.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['person', 'wallet', 'customer', 'setting'] LOOP
    EXECUTE format('CREATE POLICY owner_provisions ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
-- And it reads the firms, because the directory below reads in its name.
CREATE POLICY directory ON firm FOR SELECT TO CURRENT_USER USING (true);

-- ---------- directories ----------

-- Names of counterparties, for whoever may not read the rows behind them. They run with the owner's rights, hence
-- they ask for themselves whether anybody is there.
CREATE VIEW firm_directory WITH (security_invoker = false, security_barrier = true) AS
  SELECT chain_id, id, name FROM firm
  WHERE NULLIF(current_setting('app.person_id', true), '') IS NOT NULL OR current_user = 'plimsoll_worker';
CREATE VIEW person_directory WITH (security_invoker = false, security_barrier = true) AS
  SELECT id, username, name, side, role, firm_id, chain_person FROM person
  WHERE NULLIF(current_setting('app.person_id', true), '') IS NOT NULL;
GRANT SELECT ON firm_directory TO plimsoll_worker, plimsoll_authority, plimsoll_firm;
GRANT SELECT ON person_directory TO plimsoll_authority;
