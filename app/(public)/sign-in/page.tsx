import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ownPath } from '@/lib/auth/paths'
import { findOfficer } from '@/lib/auth/require-officer'
import { getDemonstration } from '@/lib/queries/demonstration'
import { SignInForm } from './_components/sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams
  const destination = ownPath([next].flat()[0])
  if (await findOfficer()) redirect(destination)
  return (
    <>
      <h1 className="text-24 font-semibold md:text-32">Sign in</h1>
      <SignInForm destination={destination} demonstration={getDemonstration()} />
    </>
  )
}
