import { formatShare } from '@/lib/format/number'

/**
 * Basis points in whole per cent, so that every share on a page has the same form. Rounded down: a line is never said
 * to be reached before it is. A little is not nothing.
 */
export const wholeShare = (basisPoints: number): string =>
  basisPoints > 0 && basisPoints < 100 ? 'under 1 %' : formatShare(basisPoints - (basisPoints % 100))
