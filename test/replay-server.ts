import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type RpcAnswer, startRpcServer } from './rpc-server'

export type Conversation = { name: string; method: string; params: unknown[]; answer: RpcAnswer }

const data = (path: string) => fileURLToPath(new URL(`data/${path}`, import.meta.url))
const readJson = (path: string) => JSON.parse(readFileSync(data(path), 'utf8'))

/** A node that answers from recordings, and to everything else that it was not recorded. */
export function startReplayServer(conversations: readonly Conversation[]) {
  const answers = new Map(conversations.map(({ method, params, answer }) => [keyOf(method, params), answer]))
  return startRpcServer(
    (method, params) =>
      answers.get(keyOf(method, params)) ?? { error: { code: -32601, message: `not recorded: ${method}` } },
  )
}

const keyOf = (method: string, params: readonly unknown[]) => JSON.stringify([method, params])

/** All recorded exchanges of execution-apis. A name appears once for each exchange of its file. */
export function executionApisConversations(): Conversation[] {
  const folders = readdirSync(data('execution-apis/tests'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  return folders.flatMap(({ name: folder }) =>
    readdirSync(data(`execution-apis/tests/${folder}`)).flatMap((file) => readExchanges(`${folder}/${file}`)),
  )
}

function readExchanges(name: string): Conversation[] {
  const lines = readFileSync(data(`execution-apis/tests/${name}`), 'utf8').split('\n')
  const said = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => JSON.parse(line.slice(2)))
  const answers = said('<<')
  return said('>>').map(({ method, params }, index) => {
    const { result, error } = answers[index]
    return { name, method, params: params ?? [], answer: error ? { error } : { result: result ?? null } }
  })
}

/** Block 18,000,000 of mainnet as if it were the head, with the genesis, whose fields are in every client. */
export function mainnetConversations(): Conversation[] {
  const { result: block } = readJson('mainnet/block-18000000.json')
  const [, { result: logs }] = readJson('mainnet/logs-18000000.json')
  const header = { ...block, transactions: block.transactions.map(({ hash }: { hash: string }) => hash) }
  const say = (method: string, params: unknown[], result: unknown) => ({
    name: 'mainnet',
    method,
    params,
    answer: { result },
  })
  return [
    say('eth_chainId', [], '0x1'),
    say('eth_getBlockByNumber', ['0x0', false], mainnetGenesis),
    say('eth_getBlockByNumber', ['latest', false], header),
    say('eth_getBlockByNumber', [block.number, false], header),
    say('eth_getBlockByNumber', [block.number, true], block),
    say('eth_getLogs', [{ fromBlock: block.number, toBlock: block.number }], logs),
  ]
}

const emptyRoot = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
const nothing = (bytes: number) => `0x${'00'.repeat(bytes)}`

const mainnetGenesis = {
  number: '0x0',
  hash: '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
  parentHash: nothing(32),
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: nothing(20),
  stateRoot: '0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544',
  transactionsRoot: emptyRoot,
  receiptsRoot: emptyRoot,
  logsBloom: nothing(256),
  difficulty: '0x400000000',
  gasLimit: '0x1388',
  gasUsed: '0x0',
  timestamp: '0x0',
  extraData: '0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa',
  mixHash: nothing(32),
  nonce: '0x0000000000000042',
  transactions: [],
}
