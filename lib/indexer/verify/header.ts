import { type Hex, keccak256, toRlp } from 'viem'
import { Fault } from '../../errors/fault'
import { type Header, headerFieldNames, quantityFields } from '../decode'

/** The plain EVM rule: keccak256 of the RLP list of all header fields, up to the last one that the fork knows. */
export function hashHeader(header: Header): Hex {
  const list: Hex[] = []
  let absent: string | undefined
  for (const name of headerFieldNames) {
    const value = header.fields[name]
    if (value === undefined) {
      absent ??= name
      continue
    }
    if (absent) throw new Fault('bad-shape', `The header has ${name} but not ${absent}`, { field: absent })
    list.push(quantityFields.has(name) ? integer(value) : value)
  }
  if (list.length < 15) throw new Fault('bad-shape', `The header lacks ${absent}`, { field: absent ?? '' })
  return keccak256(toRlp(list))
}

/** RLP integers: no leading zeros, zero is empty. */
function integer(value: Hex): Hex {
  if (value === '0x0') return '0x'
  return value.length % 2 === 0 ? value : `0x0${value.slice(2)}`
}
