import { stringify } from 'csv-stringify/sync'

/**
 * RFC 4180 records: comma, CRLF, quotes where needed. A cell that a spreadsheet would run as a formula gets an
 * apostrophe in front; numbers are handed over as text by the caller and stay exact.
 */
export const csvLines = (records: readonly (readonly string[])[]): string =>
  records.length === 0
    ? ''
    : stringify(records as string[][], {
        record_delimiter: '\r\n',
        quote_record_delimiter: true,
        escape_formulas: true,
      })

/** An integer of smallest units as a decimal: 123450 of 2 decimals is "1234.50". No grouping, no exponent. */
export function decimalText(value: bigint, decimals: number): string {
  if (decimals === 0) return value.toString()
  const digits = value.toString().padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
