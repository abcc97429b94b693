import { enter } from './local/entry.mjs'

await enter('scripts/test.ts')
