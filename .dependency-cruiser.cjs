/**
 * The walls of the house, as architecture.md draws them. Rules whose name ends in "-by-value" look away from
 * `import type`: a shape may cross where a value may not. `npm run check:walls -- --canary` breaks each on purpose.
 * Run it through scripts/check-walls.ts, which teaches the parser JSX and tells types from values.
 */
const tests = '\\.test\\.tsx?$'

/** Which parts of lib each part may import. Nobody may import what its line does not name. */
const arrows = {
  'lib/errors': [],
  // The type of what the deployment file holds, and nothing that runs.
  'lib/env': ['lib/chain/deployment.ts'],
  'lib/format': ['lib/errors'],
  'lib/compliance': ['lib/errors'],
  'lib/reports': ['lib/errors'],
  'lib/chain': ['lib/errors'],
  // Rows know for whom they are read and in which words states are written; by value they know neither.
  'lib/db': ['lib/errors', 'lib/auth/(officer|permissions).ts', 'lib/compliance', 'lib/chain'],
  'lib/indexer': ['lib/chain', 'lib/db', 'lib/compliance', 'lib/errors'],
  'lib/audit': ['lib/db', 'lib/errors'],
  'lib/auth': ['lib/audit', 'lib/db', 'lib/env', 'lib/errors', 'lib/compliance'],
  'lib/live': ['lib/db', 'lib/chain', 'lib/env', 'lib/errors', 'lib/queries'],
  'lib/queries': ['lib/(auth|audit|db|compliance|reports|chain|live|env|errors|format)'],
  'lib/acts': ['lib/(auth|audit|db|compliance|reports|chain|live|env|errors|format)'],
  'lib/configuration': ['lib/(env|chain|db)'],
  'lib/boot-web': ['lib/(auth|configuration|db|env|live)'],
  components: ['lib/(format|live|chain|errors|compliance)', 'lib/acts', 'lib/queries'],
  app: ['lib/(queries|acts|auth|errors|format|live|chain|compliance)'],
}

const arrowRules = Object.entries(arrows).map(([part, allowed]) => ({
  name: `arrow:${part}`,
  severity: 'error',
  from: { path: `^${part}([./-]|$)`, pathNot: tests },
  to: {
    path: '^(lib|app|components|prisma|scripts|test|e2e)/',
    pathNot: [part, ...allowed]
      .map((path) => `^${path}([./-]|$)`)
      .concat(
        allowed.filter((path) => path.endsWith('.ts')).map((path) => `^${path}$`),
        part === 'app' ? ['^components/'] : [],
      ),
  },
}))

const npm = (names) => `^node_modules/(${names})(/|$)`

module.exports = {
  forbidden: [
    ...arrowRules,
    {
      name: 'db-knows-types-only-by-value',
      severity: 'error',
      from: { path: '^lib/db/', pathNot: tests },
      to: { path: '^lib/(auth|compliance|chain)/' },
    },
    {
      name: 'env-runs-nothing-by-value',
      severity: 'error',
      from: { path: '^lib/env', pathNot: tests },
      to: { path: '^lib/', pathNot: '^lib/env' },
    },
    {
      name: 'components-call-no-door-by-value',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: { path: '^lib/(acts|queries)/', pathNot: '^lib/acts/[^/]+\\.schema\\.ts$' },
    },
    {
      name: 'prisma-in-db-alone',
      severity: 'error',
      from: { pathNot: '^(lib/db/|scripts/prisma/|prisma\\.config\\.ts$)' },
      to: { path: `^lib/db/generated/|${npm('@prisma|prisma')}` },
    },
    {
      name: 'wagmi-in-wallet-alone',
      severity: 'error',
      from: { pathNot: '^components/wallet/' },
      to: { path: npm('wagmi|@wagmi') },
    },
    {
      name: 'next-auth-in-auth-alone',
      severity: 'error',
      from: { pathNot: '^lib/auth/' },
      to: { path: npm('next-auth') },
    },
    {
      name: 'lib-knows-no-screen',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'plain-node-below',
      severity: 'error',
      from: { path: '^lib/(chain|db|indexer|compliance|reports|audit|format|errors)/' },
      to: { path: npm('next|react|react-dom|server-only') },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '^lib/db/generated/' },
      to: { circular: true },
    },
    {
      name: 'tests-stay-in-tests',
      severity: 'error',
      // Tools of ours may use the harness; what runs in production may not.
      from: { path: '^(app|components|lib|prisma|scripts/(worker|traffic|local))', pathNot: tests },
      to: { path: `^(test|e2e)/|${tests}` },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.plimsoll|contracts|test/bench/ponder/)' },
  },
}
