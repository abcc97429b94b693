import { resetState } from './local/reset'

await resetState({ asked: !process.argv.includes('--yes') })
