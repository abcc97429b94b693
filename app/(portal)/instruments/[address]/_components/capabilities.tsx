import { Card } from '@/components/ui/card'
import type { WatchedRow } from '@/lib/queries/watched'

/** What its own masters can do with an instrument that we did not deploy. */
export function Capabilities({ watched }: { watched: WatchedRow | undefined }) {
  return (
    <Card title="What its contract can do" id="capabilities">
      {watched && watched.capabilities.length > 0 ? (
        <ul className="list-inside list-disc space-y-1">
          {watched.capabilities.map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
      ) : (
        <p>
          {watched ? 'It transfers, and nothing else was found.' : 'Nobody looked: the deployment names it.'}
        </p>
      )}
      {watched && watched.compared.length > 0 && (
        <p className="mt-3">Compared with the chain each minute: {watched.compared.join('; ')}.</p>
      )}
      <p className="mt-3 text-secondary">
        {watched?.note ? `${watched.note}. ` : ''}Plimsoll watches it and has no power over it: no order can
        freeze, pause or change it.
      </p>
    </Card>
  )
}
