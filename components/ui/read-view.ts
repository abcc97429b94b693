import { cookies } from 'next/headers'
import { cache } from 'react'
import { parseView, type View } from '@/lib/format/view'

/** How this browser likes to read. Server components only. */
export const readView = cache(async (): Promise<View> => {
  const jar = await cookies()
  return parseView((name) => jar.get(name)?.value)
})
