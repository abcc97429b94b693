/** Asks every 50 ms until the answer is true or the time is up; returns the last answer. */
export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  { seconds }: { seconds: number },
): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    if (await isSo()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
