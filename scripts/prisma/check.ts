/** `npm run db:check`: fails if the migrations, applied to an empty database, do not give prisma/schema.prisma. */
import { startTestCluster } from '../../test/cluster'
import { freshDatabase } from '../../test/postgres'
import { runPrisma } from './migrate'

const from = ['--from-migrations', 'prisma/migrations']
const to = ['--to-schema', 'prisma/schema.prisma']

const cluster = await startTestCluster()
try {
  const { ownerUrl } = await freshDatabase(cluster)
  await runPrisma(['migrate', 'diff', ...from, ...to, '--exit-code'], ownerUrl)
  console.log('The migrations and the schema agree.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await cluster.stop()
}
