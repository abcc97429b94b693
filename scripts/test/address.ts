import { openState } from '../local/state'

/** The portal that PLIMSOLL_ADDRESS names, else the one that was last started here. */
export function findAddress(): string {
  const book = openState().read<{ address?: string; ports?: { web?: number } }>('launcher.json')
  const address = process.env.PLIMSOLL_ADDRESS ?? book?.address
  if (address) return address
  if (book?.ports?.web) return `http://127.0.0.1:${book.ports.web}`
  throw new Error('There is no portal here. Run npm start, and this beside it.')
}
