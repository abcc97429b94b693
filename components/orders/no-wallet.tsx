import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'

/** An order names the wallet that will sign it, so it cannot be prepared without one. */
export const NoWallet = () => (
  <Notice status="warning" title="No wallet is bound to you yet">
    An order names the wallet that signs it.{' '}
    <Link href="/account" className="underline">
      Bind your wallet on your account page
    </Link>{' '}
    first.
  </Notice>
)
