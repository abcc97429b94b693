import { NotFoundWords } from '@/components/shell/not-found-words'
import { Mark } from '@/components/ui/mark'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="mx-auto max-w-160 px-6 py-16">
      <Mark size={32} />
      <div className="mt-4">
        <NotFoundWords />
      </div>
    </main>
  )
}
