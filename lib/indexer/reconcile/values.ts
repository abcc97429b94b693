import { decodeFunctionResult, encodeFunctionData, erc20Abi, type Hex, numberToHex, pad } from 'viem'
import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { limitPolicyAbi } from '../../chain/generated/limit-policy'
import { rolesAbi } from '../../chain/generated/roles'
import { firstHour, usedIn } from '../../compliance/limits'
import type { Sql } from '../../db/ledger/bulk'
import {
  type FlowSum,
  type Holding,
  listFlowSums,
  listHoldings,
  listRoles,
  listStandings,
  listSupplies,
  type Part,
  type Standing,
} from '../../db/ledger/compared'
import type { Mismatch } from '../../db/ledger/reconciliation'
import { lower, type Watch } from '../watch'
import type { Question } from './question'

/** Of instruments whose whole history is indexed: of the others supply and balances cannot be derived. */
const isFull = ({ instruments }: Watch, instrument: Hex) => instruments.get(instrument)?.history === 'full'

/** What is issued, which the chain knows; and what is held in sum, which it need not be asked for. */
export async function compareSupplies(
  sql: Sql,
  chainId: number,
  watch: Watch,
): Promise<{ asked: Question[]; mismatches: Mismatch[] }> {
  const supplies = (await listSupplies(sql, chainId)).filter(({ instrument }) => isFull(watch, instrument))
  return {
    asked: supplies.map(({ instrument, symbol, supply }) =>
      inUnits('total supply', symbol, instrument, 'totalSupply', [], supply),
    ),
    mismatches: supplies
      .filter(({ supply, held }) => supply !== held)
      .map(({ symbol, supply, held }) => ({
        ...{ what: 'sum of balances', subject: symbol },
        ...{ ledger: String(held), chain: String(supply) },
      })),
  }
}

export async function askBalances(
  sql: Sql,
  chainId: number,
  part: Part,
  watch: Watch,
): Promise<{ rows: Holding[]; asked: Question[] }> {
  const rows = await listHoldings(sql, chainId, part)
  const asked = rows
    .filter(({ instrument }) => isFull(watch, instrument))
    .map(({ instrument, account, amount }) => {
      const subject = `${watch.instruments.get(instrument)!.symbol} ${account}`
      return inUnits('balance', subject, instrument, 'balanceOf', [account], amount)
    })
  return { rows, asked }
}

function inUnits(
  what: string,
  subject: string,
  to: Hex,
  functionName: 'totalSupply' | 'balanceOf',
  args: readonly Hex[],
  ledger: bigint,
): Question {
  const data = encodeFunctionData({ abi: erc20Abi, functionName, args: args as never })
  const read = (result: Hex) => String(decodeFunctionResult({ abi: erc20Abi, functionName, data: result }))
  return { what, subject, to, data, ledger: String(ledger), read }
}

export async function askStandings(
  sql: Sql,
  chainId: number,
  part: Part,
  registry: Hex,
): Promise<{ rows: Standing[]; asked: Question[] }> {
  const abi = identityRegistryAbi
  const functionName = 'standingOf'
  const rows = await listStandings(sql, chainId, part)
  const asked = rows.map((standing) => ({
    what: 'KYC standing',
    subject: standing.address,
    to: registry,
    data: encodeFunctionData({ abi, functionName, args: [standing.address] }),
    ledger: inWords(standing),
    read: (data: Hex) => {
      const found = decodeFunctionResult({ abi, functionName, data })
      return inWords({ ...found, address: lower(found.identity), firmId: found.firm })
    },
  }))
  return { rows, asked }
}

const inWords = ({ address, firmId, country, status, tier, expiry, flagged }: Standing) =>
  `${address} firm ${firmId} country ${country} status ${status} tier ${tier} expiry ${expiry}${flagged ? ' flagged' : ''}`

/** `now` in UNIX seconds: the time of the pinned block, which is what the contract goes by too. */
export async function askUses(
  sql: Sql,
  chainId: number,
  part: Part,
  now: bigint,
  policy: Hex,
): Promise<{ rows: FlowSum[]; asked: Question[] }> {
  const abi = limitPolicyAbi
  const functionName = 'usedOf'
  const rows = await listFlowSums(sql, chainId, firstHour('month', now), part)
  const asked = rows.flatMap(({ scope, subject, buckets }) =>
    (['day', 'month'] as const).map((window, index) => ({
      what: `used in the ${window}`,
      subject: scope === 0 ? subject : `firm ${subject}`,
      to: policy,
      data: encodeFunctionData({ abi, functionName, args: [scope, wordOf(scope, subject), index + 1] }),
      ledger: String(usedIn(window, buckets, now)),
      read: (data: Hex) => String(decodeFunctionResult({ abi, functionName, data })),
    })),
  )
  return { rows, asked }
}

const wordOf = (scope: number, subject: string): Hex =>
  scope === 0 ? pad(subject as Hex, { size: 32 }) : numberToHex(BigInt(subject), { size: 32 })

/** Officers are few: all of them, every time. */
export async function askRoles(sql: Sql, chainId: number, to: Hex): Promise<Question[]> {
  const ask = (functionName: 'rolesOf' | 'personOf', what: string, subject: Hex, ledger: string) => ({
    ...{ what, subject, to, ledger },
    data: encodeFunctionData({ abi: rolesAbi, functionName, args: [subject] }),
    read: (data: Hex) => String(decodeFunctionResult({ abi: rolesAbi, functionName, data })),
  })
  const granted = await listRoles(sql, chainId)
  return granted.flatMap(({ account, person, roles }) => [
    ask('rolesOf', 'roles', account, String(roles)),
    ask('personOf', 'person', account, person),
  ])
}
