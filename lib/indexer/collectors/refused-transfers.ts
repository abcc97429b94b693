import { type Address, decodeFunctionData, zeroAddress } from 'viem'
import { instrumentAbi } from '../../chain/generated/instrument'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertRefusedTransfers } from '../../db/ledger/refused-transfer'
import type { Collector } from '../collector'
import type { RevertedCall } from '../draft'
import { readRevert } from '../revert'
import { lower } from '../watch'

/** Attempts that an instrument refused: transactions sent to it that reverted, and what they had asked for. */
export const refusedTransfers: Collector = {
  wantReverted: (call, wanted) => {
    const attempt = readAttempt(call)
    if (attempt) wanted.accounts.add(attempt.from).add(attempt.to)
  },
  collectReverted: (call, { known, rows }) => {
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
      ...readRevert(call.revert),
      fromIdentity: holder?.identity ?? null,
      fromFirm: holder?.firmId ?? null,
      toFirm: known.accounts.get(attempt.to)?.firmId ?? null,
    })
  },
  write: (sql, chainId, rows) => insertRefusedTransfers(sql, chainId, rows.refusals),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'refused_transfer', chainId, last.number),
}

type Attempt = { from: Address; to: Address; amount: bigint }

/** undefined: the call asked for something else, or for nothing that can be read. */
function readAttempt({ from: sender, input }: RevertedCall): Attempt | undefined {
  try {
    const { functionName, args } = decodeFunctionData({ abi: instrumentAbi, data: input })
    switch (functionName) {
      case 'transfer':
        return { from: sender, to: lower(args[0]), amount: args[1] }
      case 'transferFrom':
        return { from: lower(args[0]), to: lower(args[1]), amount: args[2] }
      case 'mint':
        return { from: zeroAddress, to: lower(args[0]), amount: args[1] }
      case 'burn':
        return { from: lower(args[0]), to: zeroAddress, amount: args[1] }
      default:
        return undefined
    }
  } catch {
    return undefined
  }
}
