import {
  Activity,
  ArrowLeftRight,
  Building2,
  Coins,
  FileText,
  Gauge,
  IdCard,
  LayoutDashboard,
  type LucideIcon,
  PenLine,
  ShieldCheck,
  Snowflake,
  Users,
} from 'lucide-react'
import type { SectionKey } from '@/lib/queries/shell'

export type Place = { label: string; href: string; icon: LucideIcon; group: number }
type Side = 'authority' | 'firm'

const places: Record<SectionKey, Place> = {
  overview: { label: 'Overview', href: '/', icon: LayoutDashboard, group: 0 },
  transfers: { label: 'Transfers', href: '/transfers', icon: ArrowLeftRight, group: 0 },
  firms: { label: 'Firms', href: '/firms', icon: Building2, group: 0 },
  customers: { label: 'Customers', href: '/customers', icon: Users, group: 0 },
  limits: { label: 'Limits', href: '/limits', icon: Gauge, group: 0 },
  measures: { label: 'Measures', href: '/measures', icon: Snowflake, group: 0 },
  orders: { label: 'Orders', href: '/orders', icon: PenLine, group: 0 },
  reports: { label: 'Reports', href: '/reports', icon: FileText, group: 1 },
  instruments: { label: 'Instruments', href: '/instruments', icon: Coins, group: 1 },
  trust: { label: 'Trust', href: '/trust', icon: ShieldCheck, group: 1 },
  integrity: { label: 'Integrity', href: '/integrity', icon: Activity, group: 1 },
  people: { label: 'People', href: '/people', icon: IdCard, group: 1 },
}

/** Where a section is and what it is called; which of them a person has is the server's to say. A firm sees one firm. */
export const placeOf = (key: SectionKey, side: Side): Place =>
  key === 'firms' && side === 'firm' ? { ...places.firms, label: 'Your firm' } : places[key]
