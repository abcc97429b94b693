export type EnvironmentName = 'demonstration' | 'test' | 'live'

const words: Record<EnvironmentName, { name: string; note?: string }> = {
  demonstration: { name: 'Demonstration – invented firms and people', note: ' on an embedded chain' },
  test: { name: 'Test – nothing here is real' },
  live: { name: 'Live' },
}

/** Says which world this is, on every page, the signing frame and the sign-in page included. */
export function Ribbon({ environment }: { environment: EnvironmentName }) {
  const look = environment === 'live' ? 'bg-closed-tint text-closed' : 'bg-warning-tint text-warning'
  return (
    <aside
      aria-label="Environment"
      className={`border-b border-hairline px-4 py-1 text-center text-12 font-medium ${look}`}
    >
      {words[environment].name}
      <span className="hidden sm:inline">{words[environment].note}</span>
    </aside>
  )
}
