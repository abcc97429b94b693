/** The dozen firms that the banks of the data set become. Numbers are their place in this list, from 1. */
const names = [
  'Northgate Bank',
  'Harbour Payments Ltd',
  'Sextant Custody',
  'Meridian Trust',
  'Ostrava E-Money',
  'Lantern Credit Union',
  'Caldera Savings',
  'Fairwater Bank',
  'Halyard Securities',
  'Kestrel Pay',
  'Oriel Private Bank',
  'Tidewater Exchange',
]

/** An identifier of the shape of ISO 17442 with right check digits (ISO 7064 mod 97-10), under a prefix nobody issues. */
export function inventedLei(firm: number): string {
  const body = `0000PLIMSOLLFIRM${String(firm).padStart(2, '0')}`
  const digits = [...`${body}00`].map((c) => parseInt(c, 36).toString()).join('')
  const check = 98n - (BigInt(digits) % 97n)
  return body + check.toString().padStart(2, '0')
}

export const firms = names.map((name, index) => ({ id: index + 1, name, lei: inventedLei(index + 1) }))
