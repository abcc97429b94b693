import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { Deployment } from './chain/deployment'
import { isNodeAddress } from './env-shape'

/** A chain that is indexed beside the portal's own. */
export type FurtherChain = {
  deployment: Deployment
  rpcUrls: string[]
  finality: number | 'finalized'
  consensus: 'plain' | 'qbft'
  callsPerSecond?: number
}

/** Enough to tell a deployment from another file; which names it must have is lib/chain's to say. */
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/)
const deploymentShape = z.looseObject({
  chainId: z.number(),
  orders: address,
  validators: z
    .array(
      z.strictObject({
        fromBlock: z.union([z.int().min(0), z.string().regex(/^\d{1,18}$/)]),
        addresses: z.array(address).min(1),
      }),
    )
    .optional(),
})

const noFinality = 'has a finality that is neither 0 to 10000 nor finalized'

const chainShape = z.strictObject({
  deployment: z.string('needs deployment, the name of a file'),
  rpcUrls: z
    .array(z.string(), 'needs rpcUrls, a list of addresses')
    .min(1, 'needs at least one of rpcUrls')
    .refine((urls) => urls.every(isNodeAddress), 'has rpcUrls that are not http:// or https:// addresses')
    .refine((urls) => new Set(urls).size === urls.length, 'names a node twice'),
  finality: z
    .union([z.literal('finalized'), z.int(noFinality).min(0, noFinality).max(10_000, noFinality)], noFinality)
    .default(0),
  consensus: z.enum(['plain', 'qbft'], 'has a consensus that is neither plain nor qbft').default('plain'),
  callsPerSecond: z
    .int('has callsPerSecond that is no whole number')
    .min(1, 'has callsPerSecond below 1')
    .optional(),
})

export function readDeployment(file: string): Deployment | string {
  const value = readJson(file)
  if (typeof value === 'string') return value
  const result = deploymentShape.safeParse(value.json)
  if (result.error?.issues[0]?.path[0] === 'validators') {
    return 'names a file whose validators are no list of fromBlock and addresses'
  }
  if (!result.success) return 'names a file that is no deployment: chainId or orders is missing'
  return result.data as unknown as Deployment
}

/** Chains of the file, or its mistakes: one line each. */
export function readFurtherChains(file: string, ownChainId: number | undefined): FurtherChain[] | string[] {
  const value = readJson(file)
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value.json)) return ['names a file that holds no list']
  const mistakes: string[] = []
  const chains = value.json.flatMap((entry: unknown, index): FurtherChain[] => {
    const say = (what: string) => void mistakes.push(`names a file whose chain ${index + 1} ${what}`)
    const { data, error } = chainShape.safeParse(entry)
    for (const { message } of error?.issues ?? []) say(message)
    if (!data) return []
    const deployment = readDeployment(resolve(dirname(file), data.deployment))
    if (typeof deployment !== 'string') return [{ ...data, deployment }]
    say(`has a deployment that ${deployment}`)
    return []
  })
  const ids = [
    ...(ownChainId === undefined ? [] : [ownChainId]),
    ...chains.map(({ deployment }) => deployment.chainId),
  ]
  if (new Set(ids).size < ids.length) mistakes.push('names a file with a chain that is configured twice')
  return mistakes.length > 0 ? mistakes : chains
}

function readJson(file: string): { json: unknown } | string {
  try {
    return { json: JSON.parse(readFileSync(file, 'utf8')) }
  } catch (error) {
    return error instanceof SyntaxError ? 'names a file that is not JSON' : 'names a file that cannot be read'
  }
}
