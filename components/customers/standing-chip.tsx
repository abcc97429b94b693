import type { Standing } from '@/lib/queries/standing'
import { Chip, type Status } from '../ui/chip'

export const standingWords: Record<Standing, string> = {
  verified: 'Verified',
  expiring: 'Verified, expiring',
  expired: 'Expired',
  pending: 'Pending',
  suspended: 'Suspended',
  revoked: 'Revoked',
}

const looks: Record<Standing, Status> = {
  verified: 'compliant',
  expiring: 'warning',
  expired: 'closed',
  pending: 'pending',
  suspended: 'warning',
  revoked: 'closed',
}

export function StandingChip({ standing }: { standing: Standing }) {
  return <Chip status={looks[standing]}>{standingWords[standing]}</Chip>
}

export const standingStatus = (standing: Standing): Status => looks[standing]
