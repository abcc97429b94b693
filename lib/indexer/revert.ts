import { type Address, BaseError, decodeErrorResult, type Hex } from 'viem'
import { type Adapter, readRefusal } from '../chain/adapters/adapter'
import { complianceAbi } from '../chain/generated/compliance'
import { identityRegistryAbi } from '../chain/generated/identity-registry'
import { instrumentAbi } from '../chain/generated/instrument'
import { limitPolicyAbi } from '../chain/generated/limit-policy'
import { rolesAbi } from '../chain/generated/roles'
import type { Revert } from './draft'
import { addressIn } from './events'
import { lower } from './watch'

/** Why a call was refused: the verdict if it was one of ours, and otherwise words. */
export type Reason = {
  code: number | null
  module: Address | null
  headroom: bigint | null
  subject: string | null
  reason: string
}

/** Of the instrument and of whatever it asks: what one of these throws comes through. */
const errors = [
  ...instrumentAbi,
  ...complianceAbi,
  ...limitPolicyAbi,
  ...identityRegistryAbi,
  ...rolesAbi,
].filter((item) => item.type === 'error')

const unexplained = { code: null, module: null, headroom: null, subject: null }

/** Codes of IVerdict whose subject is a number of a tier or a firm even where it looks like nothing. */
const numbered: readonly number[] = [21, 22, 23, 24, 25, 26, 27]

/** `adapter`: of an instrument that we did not write, whose words for a refusal are its own. */
export function readRevert(revert: Revert | null, adapter?: Adapter): Reason {
  if (!revert?.data) return { ...unexplained, reason: revert?.note || 'The node could not replay the call' }
  if (revert.data === '0x') return { ...unexplained, reason: revert.note || 'Refused without a reason' }
  const told = adapter && readRefusal(adapter, revert.data)
  if (told) return { ...unexplained, reason: told }
  try {
    const error = decodeErrorResult({ abi: errors, data: revert.data })
    if (error.errorName === 'TransferRefused') {
      const [, , , code, module, headroom, subject] = error.args
      return { code, module: lower(module), headroom, subject: readSubject(code, subject), reason: '' }
    }
    if (error.errorName === 'MovementRefused') {
      const [code, module, headroom, subject] = error.args
      return { code, module: lower(module), headroom, subject: readSubject(code, subject), reason: '' }
    }
    const errorName: string = error.errorName // also Error and Panic, which every contract has
    const values = (error.args ?? []) as readonly unknown[]
    if (errorName === 'Error') return { ...unexplained, reason: String(values[0]) }
    return { ...unexplained, reason: `${inWords(errorName)}${values.length ? `: ${values.join(', ')}` : ''}` }
  } catch (error) {
    if (!(error instanceof BaseError)) throw error
    return { ...unexplained, reason: `Unknown error ${revert.data.slice(0, 10)}` }
  }
}

/** Which movement a verdict of ours refused; undefined where there is none. */
export function readRefused(
  revert: Revert | null,
): { from: Address; to: Address; amount: bigint } | undefined {
  if (!revert?.data) return undefined
  try {
    const error = decodeErrorResult({ abi: errors, data: revert.data })
    if (error.errorName !== 'TransferRefused') return undefined
    const [from, to, amount] = error.args
    return { from: lower(from), to: lower(to), amount }
  } catch (error) {
    if (!(error instanceof BaseError)) throw error
    return undefined
  }
}

/** An address in lower case; small words are numbers of tiers or firms; null where nobody's rule is meant. */
function readSubject(code: number, word: Hex): string | null {
  const value = BigInt(word)
  if (value === 0n && !numbered.includes(code)) return null
  return value < 2n ** 32n ? String(value) : (addressIn(word) ?? word)
}

/** ERC20InsufficientAllowance → ERC20 insufficient allowance */
const inWords = (name: string): string => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(' ')
  return words
    .map((word, index) => (index === 0 || /^[A-Z0-9]+$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
}
