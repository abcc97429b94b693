import type { Reading } from '@/components/wallet/second-reading'
import { checksum } from '@/lib/format/address'
import type { SigningPage } from '@/lib/queries/signing'

const functions = { propose: '', execute: 'execute', cancel: 'cancel', reject: 'reject' }

/** Made from the bytes by the second decoder, raw values first: what a wallet shows has to be found in here. */
export function WalletPreview({ page, reading }: { page: SigningPage; reading: Reading }) {
  const { claims, act } = page
  const { hashes, dataHash, shown } = reading
  const lines =
    act === 'propose'
      ? [`Plimsoll Orders · version 1 · chain ${claims.chainId}`, `${claims.kindName}Order`]
      : [`Chain ${claims.chainId} · to ${checksum(claims.contract)}`, `${functions[act]} ${claims.kindName}`]
  return (
    <section aria-labelledby="wallet-preview">
      <h2 id="wallet-preview" className="mb-2 text-16 font-semibold">
        Your wallet should show exactly this
      </h2>
      <div className="rounded-4 border border-hairline bg-canvas px-4 py-3.5 font-mono text-12 leading-5 [overflow-wrap:anywhere]">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <dl className="my-2 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4">
          {shown.map(({ name, value, says }, index) => (
            // A rejection has two fields called reason: the order's and its own.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes order
            <div key={`${name}${index}`} className="contents">
              <dt className="pl-2">{name}</dt>
              <dd>
                {value.length === 42 ? checksum(value) : value}
                {says && <span className="block text-secondary">= {says}</span>}
              </dd>
            </div>
          ))}
        </dl>
        <Hash name="domain" value={hashes.domain} />
        <Hash name="message" value={hashes.message} />
        {dataHash && <Hash name="hash of the data" value={dataHash} />}
      </div>
    </section>
  )
}

const Hash = ({ name, value }: { name: string; value: string }) => (
  <p className="mt-1">
    {name}
    <br />
    0x{value}
  </p>
)
