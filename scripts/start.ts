import { launch } from './local/launch'

await launch('start')
