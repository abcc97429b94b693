import { ponder } from 'ponder:registry'
import { balance, transfer } from 'ponder:schema'
import { zeroAddress } from 'viem'

ponder.on('Token:Transfer', async ({ event, context }) => {
  const { from, to, value } = event.args
  await context.db.insert(transfer).values({
    id: `${event.block.number}-${event.log.logIndex}`,
    transactionHash: event.transaction.hash,
    time: event.block.timestamp,
    from,
    to,
    amount: value,
  })
  for (const [account, change] of [
    [from, -value],
    [to, value],
  ] as const) {
    if (account === zeroAddress) continue
    await context.db
      .insert(balance)
      .values({ account, amount: change })
      .onConflictDoUpdate((row) => ({ amount: row.amount + change }))
  }
})
