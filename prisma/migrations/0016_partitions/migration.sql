-- The tables of the ledger in partitions: of one chain each, and where they grow with every transaction also of a range
-- of blocks. A chain can then be derived anew beside the live tables and exchanged for them in one short transaction,
-- and old ranges be kept elsewhere. Partitions lie in schemas of their own, facts_<chain>_<version> and
-- projection_<chain>_<version>; what is of no chain that was ever opened, in ledger_rest. Nobody has a right to any of
-- them: rows are reached through public alone, whose policies hold for all. The list below is of tables that are there;
-- what a later migration adds may be a plain table.

-- ---------- sizes and shapes ----------

-- Blocks in a range. About 23 days of two-second blocks.
CREATE FUNCTION partition_blocks() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 1000000;

-- The column by whose ranges a table is cut; null: by chain alone.
CREATE FUNCTION partition_place(ledger_table name) RETURNS name LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN ledger_table = 'block' THEN 'number'
    WHEN ledger_table IN ('transaction', 'receipt', 'log', 'transfer') THEN 'block_number' END;

CREATE FUNCTION is_fact(ledger_table name) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN ledger_table IN ('block', 'transaction', 'receipt', 'log');

-- An empty table of one chain that public's can take as its partition, ranges still to be made. The bound is said as a
-- check, so that taking it needs no look at its rows.
CREATE FUNCTION make_partition(place name, ledger_table name, chain integer) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TABLE %I.%I (LIKE public.%2$I INCLUDING ALL, CONSTRAINT of_chain CHECK (chain_id = %s))',
    place, ledger_table, chain)
    || coalesce(' PARTITION BY RANGE (' || quote_ident(public.partition_place(ledger_table)) || ')', '');
  EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', place, ledger_table);
END $$;

-- Makes room in such a table for blocks from one to another and one range more; what is there stays.
-- Returns the first block for which there is none.
CREATE FUNCTION make_ranges(place name, ledger_table name, from_block bigint, to_block bigint) RETURNS bigint
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  size CONSTANT bigint := public.partition_blocks();
  start bigint := from_block / size * size;
  part name;
BEGIN
  IF from_block < 0 OR to_block - from_block > 10000 * size THEN
    RAISE EXCEPTION 'No room is made from block % to %', from_block, to_block;
  END IF;
  LOOP
    part := ledger_table || '_' || start;
    IF to_regclass(format('%I.%I', place, part)) IS NULL THEN
      EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I.%3$I INCLUDING ALL)', place, part, ledger_table);
      EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', place, part);
      EXECUTE format('ALTER TABLE %1$I.%2$I ATTACH PARTITION %1$I.%3$I FOR VALUES FROM (%4$s) TO (%5$s)',
        place, ledger_table, part, start, start + size);
    END IF;
    start := start + size;
    EXIT WHEN start - size > to_block;
  END LOOP;
  RETURN start;
END $$;

-- Which partition of a table is a chain's; null: it shares the rest's.
CREATE FUNCTION partition_of(ledger_table name, chain integer) RETURNS regclass
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.oid::regclass FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE i.inhparent = format('public.%I', ledger_table)::regclass
    AND n.nspname ~ format('^(facts|projection)_%s_[0-9]+$', chain)
$$;

-- ---------- what the worker may ask for ----------

-- A chain's own partitions, once and before its first row. The worker owns nothing, so it asks.
CREATE FUNCTION open_chain(chain integer) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ledger_table name;
  place name;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ledger partitions'));
  IF chain <= 0 OR public.partition_of('block', chain) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE SCHEMA facts_%1$s_1', chain);
  EXECUTE format('CREATE SCHEMA projection_%1$s_1', chain);
  FOR ledger_table IN
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'p' ORDER BY relname
  LOOP
    place := format('%s_%s_1', CASE WHEN public.is_fact(ledger_table) THEN 'facts' ELSE 'projection' END, chain);
    PERFORM public.make_partition(place, ledger_table, chain);
    EXECUTE format('ALTER TABLE public.%1$I ATTACH PARTITION %2$I.%1$I FOR VALUES IN (%3$s)', ledger_table, place, chain);
  END LOOP;
END $$;

-- Room for blocks from one to another; the first block for which there is none.
CREATE FUNCTION open_blocks(chain integer, from_block bigint, to_block bigint) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part record;
  room bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ledger partitions'));
  FOR part IN
    SELECT n.nspname AS place, c.relname AS name FROM pg_class p
      JOIN pg_class c ON c.oid = public.partition_of(p.relname, chain) JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE p.relnamespace = 'public'::regnamespace AND p.relkind = 'p' AND c.relkind = 'p'
  LOOP
    room := public.make_ranges(part.place, part.name, from_block, to_block);
  END LOOP;
  RETURN coalesce(room, 9223372036854775807);
END $$;
GRANT EXECUTE ON FUNCTION open_chain(integer), open_blocks(integer, bigint, bigint) TO plimsoll_worker;

-- ---------- the tables that are there ----------

-- Unique keys need the column of the ranges; that a hash is one block's needs no key, it has the number in it.
DROP INDEX "block_chain_id_hash_key";
CREATE UNIQUE INDEX "block_chain_id_hash_number_key" ON "block"("chain_id", "hash", "number");

CREATE SCHEMA ledger_rest;
CREATE SCHEMA ledger_before;
DROP VIEW firm_directory;

DO $$
DECLARE
  tables CONSTANT name[] := ARRAY['block', 'transaction', 'receipt', 'log', 'firm', 'identity', 'account', 'kyc_decision',
    'screening', 'country_change', 'trusted_issuer', 'claim_topic', 'instrument', 'transfer', 'refused_transfer', 'activity',
    'balance', 'freeze', 'frozen_amount', 'pause', 'measure', 'policy_limit', 'limit_change', 'flow', 'rate', 'order_outcome',
    'role_grant', 'delegation', 'instrument_compliance', 'compliance_module', 'country_rule', 'module_cap', 'preapproval',
    'upgrade', 'anchor_entry'];
  name name;
  part record;
BEGIN
  -- Policies of these tables, and those of others that look into them, are taken off and put on again word for word.
  CREATE TEMP TABLE kept_policy ON COMMIT DROP AS
    SELECT * FROM pg_policies WHERE schemaname = 'public' AND (tablename = ANY (tables) OR EXISTS (
      SELECT FROM pg_depend d JOIN pg_policy p ON p.oid = d.objid
      WHERE d.classid = 'pg_policy'::regclass AND p.polname = policyname
        AND p.polrelid = format('public.%I', tablename)::regclass
        AND d.refobjid = ANY (SELECT format('public.%I', t)::regclass FROM unnest(tables) t)));
  CREATE TEMP TABLE kept_grant ON COMMIT DROP AS
    SELECT c.relname AS "table", NULL::name AS "column", a.grantee::regrole AS grantee, a.privilege_type AS privilege
    FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (tables) AND a.grantee <> c.relowner
    UNION ALL
    SELECT c.relname, t.attname, a.grantee::regrole, a.privilege_type
    FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (tables) AND a.grantee <> c.relowner;
  FOR part IN SELECT * FROM kept_policy LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', part.policyname, part.tablename);
  END LOOP;

  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('ALTER TABLE public.%I SET SCHEMA ledger_before', name);
    EXECUTE format('CREATE TABLE public.%1$I (LIKE ledger_before.%1$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS '
      'INCLUDING STORAGE INCLUDING COMMENTS) PARTITION BY LIST (chain_id)', name);
    FOR part IN SELECT conname, conindid, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE conrelid = format('ledger_before.%I', name)::regclass AND contype IN ('p', 'u') LOOP
      EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I %s', name, part.conname, part.definition);
    END LOOP;
    FOR part IN SELECT pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
      WHERE i.indrelid = format('ledger_before.%I', name)::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid) LOOP
      EXECUTE replace(part.definition, ' ON ledger_before.', ' ON public.');
    END LOOP;
    EXECUTE format('CREATE TABLE ledger_rest.%1$I (LIKE public.%1$I INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE ledger_rest.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE public.%1$I ATTACH PARTITION ledger_rest.%1$I DEFAULT', name);
  END LOOP;

  -- Rows of chains that are there already.
  ALTER TABLE public.chain NO FORCE ROW LEVEL SECURITY;
  FOR part IN SELECT id FROM public.chain LOOP
    PERFORM open_chain(part.id);
  END LOOP;
  ALTER TABLE public.chain FORCE ROW LEVEL SECURITY;
  ALTER TABLE ledger_before.block NO FORCE ROW LEVEL SECURITY;
  FOR part IN SELECT chain_id, min(number) AS first, max(number) AS last FROM ledger_before.block GROUP BY chain_id LOOP
    PERFORM open_blocks(part.chain_id, part.first, part.last);
  END LOOP;
  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('ALTER TABLE ledger_before.%I NO FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM ledger_before.%1$I', name);
    EXECUTE format('DROP TABLE ledger_before.%I', name);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
  END LOOP;

  FOR part IN SELECT "table", "column", grantee, string_agg(privilege, ', ') AS privileges FROM kept_grant
    WHERE "column" IS NULL GROUP BY 1, 2, 3 LOOP
    EXECUTE format('GRANT %s ON public.%I TO %s', part.privileges, part."table", part.grantee);
  END LOOP;
  FOR part IN SELECT * FROM kept_grant WHERE "column" IS NOT NULL LOOP
    EXECUTE format('GRANT %s (%I) ON public.%I TO %s', part.privilege, part."column", part."table", part.grantee);
  END LOOP;
  FOR part IN SELECT * FROM kept_policy LOOP
    EXECUTE format('CREATE POLICY %I ON public.%I AS %s FOR %s TO %s', part.policyname, part.tablename, part.permissive,
      part.cmd, (SELECT string_agg(quote_ident(role), ', ') FROM unnest(part.roles) role))
      || coalesce(' USING (' || part.qual || ')', '') || coalesce(' WITH CHECK (' || part.with_check || ')', '');
  END LOOP;
END $$;

DROP SCHEMA ledger_before;
CREATE VIEW firm_directory WITH (security_invoker = false, security_barrier = true) AS
  SELECT chain_id, id, name FROM firm
  WHERE NULLIF(current_setting('app.person_id', true), '') IS NOT NULL OR current_user = 'plimsoll_worker';
GRANT SELECT ON firm_directory TO plimsoll_worker, plimsoll_authority, plimsoll_firm;
