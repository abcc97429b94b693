import { randomBytes } from 'node:crypto'
import type { StateDirectory } from './state'

type Secrets = { authSecret: string; roles: Record<'worker' | 'gate' | 'authority' | 'firm', string> }

/** Made once for this set-up and readable by its owner alone; a new secret would sign everybody out. */
export function keepSecrets(state: StateDirectory): Secrets {
  const known = state.read<Secrets>('secrets.json')
  if (known) return known
  const secret = () => randomBytes(36).toString('base64url')
  const roles = { worker: secret(), gate: secret(), authority: secret(), firm: secret() }
  const secrets = { authSecret: randomBytes(48).toString('base64'), roles }
  state.write('secrets.json', secrets, 0o600)
  return secrets
}
