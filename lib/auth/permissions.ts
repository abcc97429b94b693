/** Who may do what, in one table that queries, acts, screens and the access tests read. */
export const roles = {
  authority: ['analyst', 'officer', 'approver', 'supervisor', 'auditor', 'administrator'],
  firm: ['compliance-officer', 'viewer'],
} as const

export type Side = keyof typeof roles
export type Role = (typeof roles)[Side][number]

const readers: readonly Role[] = [...roles.authority, ...roles.firm]
const authority: readonly Role[] = roles.authority

export const permissions = {
  'read:ledger': readers, // transfers, customers, accounts, limits; a firm only what is its own
  'read:orders': readers,
  'read:integrity': authority,
  'read:roles': authority, // who holds which role on chain, and who acts for whom: no firm's business
  'read:journal': ['auditor', 'supervisor'],
  'read:people': ['administrator', 'auditor'],
  'propose:kyc': ['officer'],
  'propose:limit': ['officer'],
  'propose:measure': ['officer'],
  'approve:order': ['approver'],
  'reject:order': ['approver'],
  'withdraw:order': ['officer'],
  'export:report': ['analyst', 'officer', 'approver', 'supervisor', 'auditor', 'compliance-officer'],
  'bind:wallet': ['officer', 'approver'],
  'revoke:session': ['administrator'],
  'watch:instrument': ['administrator', 'supervisor'], // have an instrument indexed that we did not deploy
  'pause:traffic': ['administrator', 'supervisor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export const mayRole = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)
