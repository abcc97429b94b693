/** Writes contracts/clear-signing from the table of kinds. lib/chain/clear-signing.test.ts fails where they differ. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { clearSigningFiles } from '../lib/chain/clear-signing'

const folder = 'contracts/clear-signing'
mkdirSync(folder, { recursive: true })
for (const [name, descriptor] of Object.entries(clearSigningFiles())) {
  writeFileSync(`${folder}/${name}`, `${JSON.stringify(descriptor, null, 2)}\n`)
}
