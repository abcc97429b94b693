import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Ribbon } from '@/components/shell/ribbon'
import { Mark } from '@/components/ui/mark'
import { getEnvironmentName } from '@/lib/queries/environment'

/** The frame of pages for whoever comes: a mark, a name, and which world this is. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  await connection() // a build has no configuration to read the world's name from
  return (
    <>
      <Ribbon environment={getEnvironmentName()} />
      <header className="flex h-14 items-center gap-2.5 border-b border-hairline bg-surface px-4 md:px-6">
        <Mark />
        <span className="text-16 font-semibold">Plimsoll</span>
      </header>
      <main id="main" className="mx-auto max-w-220 px-4 py-8 md:px-6 md:py-12">
        {children}
      </main>
    </>
  )
}
