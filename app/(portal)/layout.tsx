import type { ReactNode } from 'react'
import { HaltBanner } from '@/components/shell/halt-banner'
import { LiveProvider } from '@/components/shell/live-provider'
import { Navigation } from '@/components/shell/navigation'
import { PrintLine } from '@/components/shell/print-line'
import { QueryProvider } from '@/components/shell/query-provider'
import { Ribbon } from '@/components/shell/ribbon'
import { SignOutButton } from '@/components/shell/sign-out-button'
import { TopBar } from '@/components/shell/top-bar'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getShell } from '@/lib/queries/shell'

/** The frame of every signed-in page. Who may see a page is asked by its query, not here. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const officer = await requireOfficer()
  const [shell, view] = await Promise.all([getShell(officer), readView()])
  return (
    <LiveProvider asOf={shell.asOf}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-4 focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <Ribbon environment={shell.environment} />
      <div className="md:grid md:grid-cols-[auto_minmax(0,1fr)]">
        <div className="no-print md:border-r md:border-hairline md:bg-surface">
          <Navigation
            sections={shell.sections}
            side={shell.person.side}
            isFolded={view.navigation === 'folded'}
          />
        </div>
        <div className="min-w-0">
          <TopBar shell={shell} view={view} signOut={<SignOutButton />} />
          <main id="main" tabIndex={-1} className="max-w-310 px-4 pt-5 pb-10 outline-none md:px-6">
            <HaltBanner isAuthority={shell.person.side === 'authority'} />
            <QueryProvider>{children}</QueryProvider>
            <PrintLine />
          </main>
        </div>
      </div>
    </LiveProvider>
  )
}
