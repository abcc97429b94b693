import { type Address, decodeFunctionData, parseAbi, zeroAddress } from 'viem'
import { adapterOf } from '../../chain/adapters/all'
import { instrumentAbi } from '../../chain/generated/instrument'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertRefusedTransfers } from '../../db/ledger/refused-transfer'
import type { Collector } from '../collector'
import type { Revert, RevertedCall } from '../draft'
import { readRefused, readRevert } from '../revert'
import { lower } from '../watch'

/** Attempts that an instrument refused: transactions sent to it that reverted, and what they had asked for. */
export const refusedTransfers: Collector = {
  wantReverted: (call, wanted) => {
    const attempt = readAttempt(call)
    if (attempt) wanted.accounts.add(attempt.from).add(attempt.to)
  },
  collectReverted: (call, { known, rows, watch }) => {
    const attempt = readAttempt(call)
    if (!attempt) return
    const holder = known.accounts.get(attempt.from)
    rows.refusals.push({
      blockNumber: call.blockNumber,
      txIndex: call.index,
      txHash: call.hash,
      time: call.time,
      instrument: call.to,
      sender: call.from,
      ...attempt,
      ...readRevert(call.revert, adapterOf(watch.instruments.get(call.to)!.standard)),
      fromIdentity: holder?.identity ?? null,
      fromFirm: holder?.firmId ?? null,
      toFirm: known.accounts.get(attempt.to)?.firmId ?? null,
    })
  },
  write: (sql, chainId, rows) => insertRefusedTransfers(sql, chainId, rows.refusals),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'refused_transfer', chainId, last.number),
}

/** What instruments of others are asked for besides. */
const abi = [...instrumentAbi, ...parseAbi(['function burn(uint256 amount)'])] as const

type Attempt = { from: Address; to: Address; amount: bigint }

/** undefined: the call asked for something else, or for nothing that can be read. */
function readAttempt({ from: sender, input, revert }: RevertedCall): Attempt | undefined {
  try {
    const { functionName, args } = decodeFunctionData({ abi, data: input })
    switch (functionName) {
      case 'transfer':
        return { from: sender, to: lower(args[0]), amount: args[1] }
      case 'transferFrom':
        return { from: lower(args[0]), to: lower(args[1]), amount: args[2] }
      case 'mint':
        return { from: zeroAddress, to: lower(args[0]), amount: args[1] }
      case 'burn':
        return args.length === 1
          ? { from: sender, to: zeroAddress, amount: args[0] }
          : { from: lower(args[0]), to: zeroAddress, amount: args[1] }
      case 'batchTransfer':
        return stoppedBy(
          revert,
          pairs(args, (to, amount) => ({ from: sender, to, amount })),
        )
      case 'batchMint':
        return stoppedBy(
          revert,
          pairs(args, (to, amount) => ({ from: zeroAddress, to, amount })),
        )
      case 'batchBurn':
        return stoppedBy(
          revert,
          pairs(args, (from, amount) => ({ from, to: zeroAddress, amount })),
        )
      default:
        return undefined
    }
  } catch {
    return undefined
  }
}

type Lists = readonly [accounts: readonly Address[], amounts: readonly bigint[]]

const pairs = ([accounts, amounts]: Lists, entry: (account: Address, amount: bigint) => Attempt) =>
  accounts.map((account, at) => entry(lower(account), amounts[at] ?? 0n))

/**
 * A batch is all or nothing, so one line says why all of it was refused: the entry that the verdict names, and the first
 * where there is no verdict. An empty batch asked for nothing.
 */
function stoppedBy(revert: Revert | null, batch: readonly Attempt[]): Attempt | undefined {
  const named = readRefused(revert)
  const isNamed = ({ from, to, amount }: Attempt) =>
    from === named?.from && to === named.to && amount === named.amount
  return batch.find(isNamed) ?? batch[0]
}
