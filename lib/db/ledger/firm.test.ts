import pg from 'pg'
import { expect, test } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { insertFirms } from './firm'

const database = databaseForThisFile()

test('a number means one firm on every ledger', async () => {
  const sql = new pg.Client({ connectionString: database.superUrl })
  await sql.connect()
  const firm = { id: 7, lei: 'NORTHGATE00000000001', name: 'Northgate Bank', blockNumber: 1n }
  try {
    await insertFirms(sql, 1, [firm])
    await insertFirms(sql, 2, [{ ...firm, name: 'Northgate Bank plc' }])
    await expect(insertFirms(sql, 3, [{ ...firm, lei: 'HARBOUR0000000000002' }])).rejects.toMatchObject({
      code: 'firm-mismatch',
      message: 'Firm 7 is HARBOUR0000000000002 here and NORTHGATE00000000001 on chain 1',
    })
  } finally {
    await sql.end()
  }
})
