import type { Deployment } from './chain/deployment'
import { createRpc, type Rpc } from './chain/rpc'
import { assertHumbleRoles, findOwnerProblems, sides } from './db/roles'
import {
  type DatabaseRole,
  EnvironmentError,
  given,
  inspectEnvironment,
  type Mistake,
  roleVariable,
  type Source,
  type Variable,
} from './env'
import { isLoopback, listOf } from './env-shape'

/**
 * The part of the configuration that only a connection can judge: is the chain the one named, is there code at the
 * contracts' addresses, may the database roles do no more than they should. Asked at the start of the launcher, the
 * web and the worker, so that a wrong setting stops the start and is not found by the first officer of the day.
 */
const EMBEDDED_CHAIN_ID = 31337
const PATIENCE = 5000

type Check = {
  /** Database roles without which this process cannot work. */
  needs: DatabaseRole[]
  /** Variables that the launcher itself will set later: their absence is no mistake. */
  later?: Variable[]
}

export async function findMistakes(source: Source, { needs, later = [] }: Check): Promise<Mistake[]> {
  const { mistakes, deployment } = inspectEnvironment(source)
  for (const role of needs) {
    const variable = roleVariable(role)
    if (source[variable] === undefined) mistakes.push({ variable, message: 'is missing' })
  }
  const said = new Set(mistakes.map(({ variable }) => variable))
  const usable = (variable: Variable) => (said.has(variable) ? undefined : source[variable])
  const found = await Promise.all([
    findChainMistakes(usable('RPC_URL'), usable('CHAIN_ID'), source.DEMO === '1', deployment),
    findOwnerMistakes(usable('DATABASE_URL'), source.NODE_ENV === 'production'),
    ...sides.map((role) => findRoleMistakes(role, usable(roleVariable(role)))),
  ])
  const all = [...mistakes, ...found.flat()]
  return all.filter(({ variable }) => source[variable] !== undefined || !later.includes(variable))
}

/** For the web and the worker: throws one EnvironmentError with every mistake. */
export async function checkConfiguration(needs: DatabaseRole[]): Promise<void> {
  const mistakes = await findMistakes(given(), { needs })
  if (mistakes.length > 0) throw new EnvironmentError(mistakes)
}

async function findChainMistakes(
  rpcUrls: string | undefined,
  chainId: string | undefined,
  demo: boolean,
  deployment: Deployment | undefined,
): Promise<Mistake[]> {
  if (!rpcUrls) return []
  const urls = listOf(rpcUrls)
  const found = await Promise.all(urls.map((url) => findNodeMistakes(url, chainId, demo, deployment)))
  // One node of several that is down is no reason not to start; that none answers is.
  if (found.some((mistakes) => mistakes !== 'silent')) {
    const all = found.filter((mistakes) => mistakes !== 'silent').flat()
    return all.filter(({ message }, index) => all.findIndex((other) => other.message === message) === index)
  }
  const hosts = urls.map(hostOf).join(', ')
  const message =
    urls.length > 1 ? `names no node that answers (${hosts})` : `names a node that does not answer (${hosts})`
  return [{ variable: 'RPC_URL', message }]
}

async function findNodeMistakes(
  url: string,
  chainId: string | undefined,
  demo: boolean,
  deployment: Deployment | undefined,
): Promise<Mistake[] | 'silent'> {
  const rpc = createRpc(url, { timeout: PATIENCE })
  try {
    const actual = Number(await rpc.call('eth_chainId'))
    const mistakes: Mistake[] = []
    if (chainId !== undefined && actual !== Number(chainId)) {
      mistakes.push({
        variable: 'CHAIN_ID',
        message: `is ${Number(chainId)}, but the node serves chain ${actual}`,
      })
    }
    if (demo && !(await isEmbedded(rpc, actual))) {
      const message =
        'is 1, but the chain is not the embedded one: its keys are public, so nothing else may use them'
      mistakes.push({ variable: 'DEMO', message })
    }
    const bare = deployment && actual === deployment.chainId ? await listWithoutCode(rpc, deployment) : []
    for (const name of bare) {
      mistakes.push({ variable: 'DEPLOYMENT_FILE', message: `names ${name}, where this chain has no code` })
    }
    return mistakes
  } catch {
    return 'silent'
  }
}

/** Contract addresses of a deployment under their names: 'orders 0x…', 'instruments.0 0x…'. */
export function listContracts(value: unknown, path: string[] = []): { name: string; address: string }[] {
  if (typeof value === 'string') {
    return /^0x[0-9a-fA-F]{40}$/.test(value) ? [{ name: path.join('.'), address: value }] : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => listContracts(inner, [...path, key]))
}

export async function listWithoutCode(rpc: Rpc, deployment: Deployment): Promise<string[]> {
  const codes = await Promise.all(
    listContracts(deployment).map(async ({ name, address }) => ({
      name: `${name} ${address}`,
      code: await rpc.call('eth_getCode', address, 'latest'),
    })),
  )
  return codes.filter(({ code }) => code === '0x').map(({ name }) => name)
}

async function isEmbedded(rpc: Rpc, chainId: number): Promise<boolean> {
  if (chainId !== EMBEDDED_CHAIN_ID || !isLoopback(rpc.url)) return false
  return String(await rpc.call('web3_clientVersion')).startsWith('anvil/')
}

async function findRoleMistakes(role: DatabaseRole, url: string | undefined): Promise<Mistake[]> {
  if (!url) return []
  const variable = roleVariable(role)
  try {
    const problems = await assertHumbleRoles({ [role]: url })
    return tooMighty(
      variable,
      problems.map(({ problem }) => problem),
    )
  } catch (error) {
    return [unreachable(variable, url, error)]
  }
}

/** In production the owner too is bound by row-level security: whoever has its address reads no firm's rows. */
async function findOwnerMistakes(url: string | undefined, production: boolean): Promise<Mistake[]> {
  if (!url) return []
  try {
    const problems = await findOwnerProblems(url)
    return production ? tooMighty('DATABASE_URL', problems) : []
  } catch (error) {
    return [unreachable('DATABASE_URL', url, error)]
  }
}

const tooMighty = (variable: Variable, problems: string[]): Mistake[] =>
  problems.length > 0 ? [{ variable, message: `names a database role that ${problems.join(', ')}` }] : []

const unreachable = (variable: Variable, url: string, error: unknown): Mistake => ({
  variable,
  message: `names a database that ${reasonOf(error)} (${hostOf(url)})`,
})

const reasons: Record<string, string> = {
  '28P01': 'refuses the password',
  '28000': 'refuses the role',
  '3D000': 'does not exist',
  ECONNREFUSED: 'does not answer',
  ENOTFOUND: 'has an unknown host',
}

const reasonOf = (error: unknown): string =>
  reasons[(error as { code?: string }).code ?? ''] ?? 'cannot be connected to'

/** Host and port alone: the rest of an address may hold a password or a key. */
const hostOf = (address: string): string => new URL(address).host
