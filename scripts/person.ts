import { closeDatabase, connectDatabase } from '../lib/db/client'
import { findInstallation } from './local/installation'
import { changePerson, describePeople } from './person/change'

/** `npm run person -- list | disable WHO | enable WHO`, with WHO a username or a whole name. */
const [verb, ...words] = process.argv.slice(2)
const who = words.join(' ')

if (verb !== 'list' && !(who && (verb === 'disable' || verb === 'enable'))) {
  console.error('npm run person -- list\nnpm run person -- disable WHO\nnpm run person -- enable WHO')
  process.exit(2)
}
try {
  connectDatabase({ gate: (await findInstallation()).database.gate })
  const lines =
    verb === 'list'
      ? await describePeople()
      : [await changePerson(who, verb === 'disable' ? 'disabled' : 'enabled')]
  console.log(lines.join('\n'))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await closeDatabase()
}
