import { randomBytes } from 'node:crypto'
import type { StateDirectory } from './state'

type Secrets = { authSecret: string; databaseSecret: string }

/** Made once for this set-up and readable by its owner alone; a new secret would sign everybody out. */
export function keepSecrets(state: StateDirectory): Secrets {
  const known = state.read<Secrets>('secrets.json')
  if (known) return known
  const make = () => randomBytes(48).toString('base64')
  const secrets = { authSecret: make(), databaseSecret: make() }
  state.write('secrets.json', secrets, 0o600)
  return secrets
}
