import type { Hex } from 'viem'
import type { Tx } from './client'
import type { NodeModel } from './generated/models/Node'

/** What one RPC node answered last. */
export type NodeStatus = {
  chainId: number
  name: string
  head: bigint | null
  hash: Hex | null
  version: string | null
  /** What it answers now, if that is an error. */
  error: string | null
  seenAt: Date
  /** As lib/chain/health has it. */
  state: string
  latencyMs: number | null
  /** What was wrong last, right again or not. */
  fault: string | null
  faultAt: Date | null
}

/** By name. The authority's and the worker's. */
export async function listNodes(tx: Tx, chainId: number): Promise<NodeStatus[]> {
  const rows = await tx.node.findMany({ where: { chainId }, orderBy: { name: 'asc' } })
  return rows.map(toRecord)
}

export type PublicNodeStatus = Pick<NodeStatus, 'name' | 'head' | 'hash' | 'seenAt'>

/** By name; the gate's, for the public status page. */
export async function listPublicNodes(tx: Tx, chainId: number): Promise<PublicNodeStatus[]> {
  const rows = await tx.node.findMany({
    where: { chainId },
    select: { name: true, head: true, hash: true, seenAt: true },
    orderBy: { name: 'asc' },
  })
  return rows.map((row) => ({ ...row, hash: row.hash as Hex | null }))
}

type NodeAnswer = Omit<NodeStatus, 'state' | 'latencyMs' | 'fault' | 'faultAt'>

/** The worker's. */
export async function upsertNode(tx: Tx, node: NodeAnswer): Promise<void> {
  const { chainId, name, ...answer } = node
  await tx.node.upsert({ where: { chainId_name: { chainId, name } }, create: node, update: answer })
}

/** The worker's: nodes that are no longer asked. @returns how many */
export async function deleteNodesExcept(tx: Tx, chainId: number, names: readonly string[]): Promise<number> {
  const { count } = await tx.node.deleteMany({ where: { chainId, name: { notIn: [...names] } } })
  return count
}

const toRecord = (row: NodeModel): NodeStatus => ({ ...row, hash: row.hash as Hex | null })
