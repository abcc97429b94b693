import { enter } from './local/entry.mjs'

await enter('scripts/dev.ts')
