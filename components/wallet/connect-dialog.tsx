'use client'

import { useId, useRef, useState } from 'react'
import { useConnect, useConnectors } from 'wagmi'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { type WalletTrouble, walletTrouble } from './wallet-words'

/** Lists the wallets that announced themselves to this page (EIP-6963), and none besides. */
export function ConnectDialog({ label = 'Connect a wallet' }: { label?: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const connectors = useConnectors()
  const { mutate: connect, isPending } = useConnect()
  const [trouble, setTrouble] = useState<WalletTrouble>()

  return (
    <>
      <Button kind="primary" size="large" onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        onClose={() => setTrouble(undefined)}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-4 border border-hairline bg-surface p-5 text-ink backdrop:bg-ink/40"
      >
        <h2 id={title} className="text-20 font-semibold">
          Choose a wallet
        </h2>
        {connectors.length === 0 ? (
          <p className="mt-2 text-secondary">
            No wallet was found in this browser. Install one as a browser extension, unlock it and load the
            page again. Without a wallet you can read everything, but sign nothing.
          </p>
        ) : (
          <ul className="mt-3 space-y-2">
            {connectors.map((connector) => (
              <li key={connector.uid}>
                <button
                  type="button"
                  disabled={isPending}
                  className="flex min-h-11 w-full items-center gap-3 rounded-4 border border-control px-3 text-left hover:bg-subtle disabled:opacity-50"
                  onClick={() =>
                    connect(
                      { connector },
                      {
                        onError: (error) => setTrouble(walletTrouble(error)),
                        onSuccess: () => dialog.current?.close(),
                      },
                    )
                  }
                >
                  {/* A data URI that the wallet announced; nothing is fetched. */}
                  {/* biome-ignore lint/performance/noImgElement: no optimiser is used anywhere */}
                  {connector.icon && <img src={connector.icon} alt="" width={24} height={24} />}
                  <span className="font-medium">{connector.name}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {trouble && (
          <div className="mt-3">
            <Notice
              status={trouble.kind === 'declined' ? 'info' : 'warning'}
              title={trouble.title}
              live="polite"
            >
              {trouble.kind === 'declined' ? 'No wallet was connected.' : trouble.text}
            </Notice>
          </div>
        )}
        <div className="mt-4 flex justify-end">
          <Button onClick={() => dialog.current?.close()}>Close</Button>
        </div>
      </dialog>
    </>
  )
}
