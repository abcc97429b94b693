/** Orders that take two persons whatever the table says, by their names in IOrders.Kind; OrderTypes.needsTwo. */
export const alwaysTwo: readonly string[] = [
  'SetRoles',
  'SetSignatures',
  'Delegate',
  'Unpause',
  'ForcedTransfer',
  'Recover',
  'SetCompliance',
  'Upgrade',
]

/** Those among them that change who may sign: a deputy's role does not reach so far; OrderTypes.governs. */
export const governing: readonly string[] = ['SetRoles', 'SetSignatures', 'Delegate']
