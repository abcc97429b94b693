import type { Tx } from './client'

/** JSON as it was put in, to be parsed by whoever knows the key; undefined if never set. */
export async function findSetting(tx: Tx, key: string): Promise<unknown> {
  const row = await tx.setting.findUnique({ where: { key } })
  return row?.value
}

/** Administrators', supervisors' and the owner's. */
export async function upsertSetting(
  tx: Tx,
  key: string,
  value: string | number | boolean | Record<string, string | number | boolean>,
): Promise<void> {
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
