/**
 * Runs once, before the first request. Imports are here and not above because the framework reads this file in its
 * build too, where there is no configuration.
 */
export async function register(): Promise<void> {
  const { bootWeb } = await import('./lib/boot-web')
  await bootWeb()
}
