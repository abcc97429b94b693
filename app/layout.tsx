import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { PageBehaviour } from '@/components/ui/page-behaviour'
import { readView } from '@/components/ui/read-view'
import { ViewProvider } from '@/components/ui/view-provider'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Plimsoll', template: '%s · Plimsoll' },
  description: 'The line above which nothing may be loaded.',
  icons: {
    icon: [
      { url: '/favicon.ico', sizes: '32x32' },
      { url: '/favicon.svg', type: 'image/svg+xml' },
    ],
  },
  robots: { index: false, follow: false },
  referrer: 'same-origin',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#FFFFFF' },
    { media: '(prefers-color-scheme: dark)', color: '#171E26' },
  ],
}

/** Theme, density and clock come from cookies, so the first byte is already right and no inline script is needed. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const view = await readView()
  return (
    <html
      lang="en-GB"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-theme={view.theme}
      data-density={view.density}
      data-navigation={view.navigation}
      suppressHydrationWarning
    >
      <body className="font-sans">
        <ViewProvider zone={view.zone} now={Date.now()}>
          {children}
        </ViewProvider>
        <PageBehaviour />
      </body>
    </html>
  )
}
