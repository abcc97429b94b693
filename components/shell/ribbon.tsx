export type EnvironmentName = 'demonstration' | 'test' | 'live'

const words: Record<EnvironmentName, string> = {
  demonstration: 'Demonstration – invented firms and people on an embedded chain',
  test: 'Test – nothing here is real',
  live: 'Live',
}

/** Says which world this is, on every page, the signing frame and the sign-in page included. */
export function Ribbon({ environment }: { environment: EnvironmentName }) {
  const look = environment === 'live' ? 'bg-closed-tint text-closed' : 'bg-warning-tint text-warning'
  return (
    <div
      role="note"
      aria-label="Environment"
      className={`border-b border-hairline px-4 py-1 text-center text-12 font-medium ${look}`}
    >
      {words[environment]}
    </div>
  )
}
