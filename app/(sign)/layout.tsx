import type { ReactNode } from 'react'
import { Ribbon } from '@/components/shell/ribbon'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getEnvironmentName } from '@/lib/queries/environment'

/** A frame of its own, so that nobody takes signing for browsing: no navigation, no search, one band of navy. */
export default async function SignLayout({ children }: { children: ReactNode }) {
  await requireOfficer()
  return (
    <div className="min-h-screen bg-surface">
      <Ribbon environment={getEnvironmentName()} />
      <div className="border-t-6 border-action" />
      <main id="main" className="mx-auto max-w-260 px-4 pt-5 pb-10 md:px-6">
        {children}
      </main>
    </div>
  )
}
