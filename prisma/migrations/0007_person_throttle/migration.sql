-- Never used: how often and how recently somebody tried is in `attempt`, which also counts names that nobody has.
ALTER TABLE "person" DROP CONSTRAINT person_bounds;
ALTER TABLE "person" DROP COLUMN "failures", DROP COLUMN "locked_until";
ALTER TABLE "person" ADD CONSTRAINT person_bounds
  CHECK (firm_id > 0 AND length(username) BETWEEN 1 AND 64 AND length(name) BETWEEN 1 AND 200);
