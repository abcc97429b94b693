import type { ComponentProps } from 'react'
import { TextInput } from '@/components/ui/field'

/** An address that is typed or pasted: whole, in figures that can be compared. */
export function AddressField({
  hint = '0x and 40 hexadecimal digits',
  ...rest
}: ComponentProps<typeof TextInput>) {
  return <TextInput hint={hint} className="font-mono" spellCheck={false} autoComplete="off" {...rest} />
}
