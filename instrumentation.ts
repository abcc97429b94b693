/**
 * Runs once, before the first request. The import is in here because the framework reads this file in its build too,
 * where there is no configuration, and behind NEXT_RUNTIME, which it replaces by a constant, because it would bundle
 * the database for a runtime that we do not use.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { bootWeb } = await import('./lib/boot-web')
  await bootWeb()
}
