import type { Role, Side } from './permissions'

export type DemonstrationPerson = {
  username: string
  name: string
  side: Side
  role: Role
  firmId: number | null
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
  walletIndex,
})

const firm = (firmId: number, role: Role, name: string): DemonstrationPerson => ({
  username: `firm${firmId}-${role === 'viewer' ? 'viewer' : 'compliance'}`,
  name,
  side: 'firm',
  role,
  firmId,
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
  firm(1, 'compliance-officer', 'Laura Bianchi'),
  firm(1, 'viewer', 'Samir Haddad'),
  firm(2, 'compliance-officer', 'Greta Holm'),
  firm(2, 'viewer', 'Owen Price'),
]
