import { Button } from '../ui/button'

/** A plain form, so that leaving works even where scripts do not. */
export function SignOutButton() {
  return (
    <form method="post" action="/api/auth/signout">
      <Button type="submit" size="small">
        Sign out
      </Button>
    </form>
  )
}
