import type { Role, Side } from './permissions'

export type DemonstrationPerson = {
  username: string
  name: string
  side: Side
  role: Role
  firmId: number | null
  /** Name of the firm; a test holds it to prisma/seed/firms. */
  firm: string | null
  /** Account of the well-known test mnemonic whose wallet is this person's on the embedded chain. */
  walletIndex: number | null
}

/** Known to everyone, as these accounts are: lib/configuration refuses DEMO=1 on any chain but the embedded one. */
export const demonstrationPassword = 'load-line-amidships'

const authority = (role: Role, name: string, walletIndex: number | null = null): DemonstrationPerson => ({
  username: role,
  name,
  side: 'authority',
  role,
  firmId: null,
  firm: null,
  walletIndex,
})

const northgate = { firmId: 1, firm: 'Northgate Bank' }
const harbour = { firmId: 2, firm: 'Harbour Payments Ltd' }

const ofFirm = (place: typeof northgate, role: Role, name: string): DemonstrationPerson => ({
  username: `${place.firm.split(' ')[0]!.toLowerCase()}-${role === 'viewer' ? 'viewer' : 'compliance'}`,
  name,
  side: 'firm',
  role,
  ...place,
  walletIndex: null,
})

/** One account a role, and two firms. */
export const demonstrationPeople: readonly DemonstrationPerson[] = [
  authority('analyst', 'Ines Carvalho'),
  authority('officer', 'Tomas Lindqvist', 1),
  authority('approver', 'Miriam Okafor', 2),
  authority('supervisor', 'Henrik Vos'),
  authority('auditor', 'Aoife Brennan'),
  authority('administrator', 'Pavel Novak', 0),
  ofFirm(northgate, 'compliance-officer', 'Laura Bianchi'),
  ofFirm(northgate, 'viewer', 'Samir Haddad'),
  ofFirm(harbour, 'compliance-officer', 'Greta Holm'),
  ofFirm(harbour, 'viewer', 'Owen Price'),
]
