import type { Metadata } from 'next'
import { NotFoundWords } from '@/components/shell/not-found-words'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <div className="max-w-160 py-8">
      <NotFoundWords />
    </div>
  )
}
