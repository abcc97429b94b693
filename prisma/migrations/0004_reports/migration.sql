-- Numbers of reports: one row of numbers for all, though a firm sees its own reports alone. Gaps are allowed.
CREATE SEQUENCE report_number_seq;
GRANT USAGE ON SEQUENCE report_number_seq TO plimsoll_authority, plimsoll_firm;

-- What the authority asks about a firm is the authority's: the firm reads and calls off what its own side asked for.
CREATE POLICY firm_own_requests ON report AS RESTRICTIVE TO plimsoll_firm
  USING (parameters ->> 'side' = 'firm') WITH CHECK (parameters ->> 'side' = 'firm');

-- Not compressed: a download reads a file in slices, and a compressed one would be unpacked from its start each time.
ALTER TABLE report ALTER COLUMN content SET STORAGE EXTERNAL;
