import { z } from 'zod'

export const revokeSessionSchema = z.object({
  sessionId: z.string().regex(/^[0-9a-f]{64}$/, 'is no session'),
})

export type RevokeSessionInput = z.output<typeof revokeSessionSchema>
