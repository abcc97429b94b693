import { type Address, bytesToHex, type Hex, keccak256, numberToHex, toHex, toRlp } from 'viem'
import { privateKeyToAccount, sign } from 'viem/accounts'

/**
 * Headers of a QBFT chain, made here and not recorded from a client: the layout is that of Besu, the keys are test keys,
 * the seals are real signatures. Encoded and signed by viem, which verification does not use.
 */
export type Validator = { address: Address; key: Hex }
export type QbftBlock = Record<string, Hex | Hex[]> & { number: Hex; hash: Hex; extraData: Hex }

type Making = {
  validators: readonly Validator[]
  /** Who seals; all validators if not said. */
  sealers?: readonly Validator[]
  /** For (true) or against a validator. */
  vote?: readonly [Address, boolean]
  round?: number
  /** The header names no validators, as where a contract does. */
  unnamed?: boolean
}

export const validatorOf = (name: string): Validator => {
  const key = keccak256(toHex(`validator ${name}`))
  return { key, address: privateKeyToAccount(key).address.toLowerCase() as Address }
}

const emptyTrie = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
const noUncles = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
const zeros = (bytes: number) => bytesToHex(new Uint8Array(bytes))

type Extra = (round: number, seals: readonly Hex[]) => Hex

/** The next block, or the genesis, which nobody seals. */
export async function makeQbftBlock(parent: QbftBlock | null, making: Making): Promise<QbftBlock> {
  const { validators, sealers = validators, vote, round = 0, unnamed = false } = making
  const named = unnamed ? [] : validators.map(({ address }) => address)
  const voted: Hex[] = vote ? [vote[0], vote[1] ? '0xff' : '0x'] : []
  const extra: Extra = (of, seals) =>
    toRlp([zeros(32), named, voted, of === 0 ? '0x' : numberToHex(of), seals] as never)
  const number = parent ? BigInt(parent.number) + 1n : 0n
  const fields: Record<string, Hex> = {
    parentHash: parent?.hash ?? zeros(32),
    sha3Uncles: noUncles,
    miner: validators[Number(number) % validators.length]!.address,
    stateRoot: keccak256(toHex('state')),
    transactionsRoot: emptyTrie,
    receiptsRoot: emptyTrie,
    logsBloom: zeros(256),
    difficulty: '0x1',
    number: numberToHex(number),
    gasLimit: '0x1fffffffffffff',
    gasUsed: '0x0',
    timestamp: numberToHex(1_700_000_000n + number),
    extraData: '0x',
    mixHash: '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365',
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x0',
  }
  const digest = hashWith(fields, extra(round, []))
  const seals = parent ? await Promise.all(sealers.map((sealer) => sealOf(sealer, digest))) : []
  return {
    ...fields,
    extraData: extra(round, seals),
    hash: hashWith(fields, extra(0, [])),
    transactions: [],
    uncles: [],
  } as unknown as QbftBlock
}

/** A chain of blocks from the genesis on, one for each making. */
export async function makeQbftChain(makings: readonly Making[]): Promise<QbftBlock[]> {
  const blocks: QbftBlock[] = []
  for (const making of makings) blocks.push(await makeQbftBlock(blocks.at(-1) ?? null, making))
  return blocks
}

/** 65 bytes: r, s, parity. */
const sealOf = async ({ key }: Validator, hash: Hex): Promise<Hex> => {
  const { r, s, yParity } = await sign({ hash, privateKey: key })
  return `${r}${s.slice(2)}${yParity === 1 ? '01' : '00'}`
}

const quantities = ['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'baseFeePerGas']

function hashWith(fields: Record<string, Hex>, extraData: Hex): Hex {
  const list = Object.entries({ ...fields, extraData }).map(([name, value]) =>
    quantities.includes(name) ? trimmed(value) : value,
  )
  return keccak256(toRlp(list))
}

const trimmed = (quantity: Hex): Hex =>
  quantity === '0x0' ? '0x' : numberToHex(BigInt(quantity), { size: bytesIn(quantity) })
const bytesIn = (quantity: Hex) => Math.ceil((quantity.length - 2) / 2)
