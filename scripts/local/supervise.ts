import { setTimeout as pause } from 'node:timers/promises'
import type { Book } from './book'
import { builtWorker } from './build'
import { isAlive } from './processes'
import { lastWords, startService } from './services'
import type { Mode } from './settings'
import type { StateDirectory } from './state'
import { StepFailed, tell } from './steps'
import type { Stops } from './stops'
import type { Environments } from './surroundings'

const LONGEST_WAIT = 30_000
/** A process that ran this long had started well: its next failure is a new one. */
const RAN_WELL = 60_000

type Place = { state: StateDirectory; book: Book; stops: Stops; mode: Mode }

/**
 * Starts worker, web and traffic and watches over everything. A worker or traffic that dies is started again, each
 * time later; without web, chain or database there is no portal, so their end is the launcher's: the promise
 * then resolves with what to say.
 */
export function superviseServices(place: Place, environments: Environments): Promise<StepFailed> {
  const { state, book, stops, mode } = place
  const tsx = (script: string) => ['--import', 'tsx', script]
  const worker = mode === 'start' ? ['--enable-source-maps', builtWorker] : tsx('scripts/worker.ts')
  keepRunning(place, 'worker', worker, environments.worker)
  const next = ['node_modules/next/dist/bin/next', mode, '-H', '127.0.0.1', '-p', String(environments.port)]
  const web = startService({ state, book }, 'web', next, environments.web)
  stops.add('web', web.stop)
  if (environments.traffic) keepRunning(place, 'traffic', tsx('scripts/traffic.ts'), environments.traffic)
  return Promise.race([
    web.ended.then((how) => new StepFailed('Portal', [`the web process ${how}`, ...lastWords(state, 'web')])),
    watchChain(place),
  ])
}

function keepRunning(
  { state, book, stops }: Place,
  name: 'worker' | 'traffic',
  args: string[],
  env: NodeJS.ProcessEnv,
) {
  let service = startService({ state, book }, name, args, env)
  stops.add(name, () => service.stop())
  void (async () => {
    for (let failures = 1; ; failures++) {
      const since = Date.now()
      const how = await service.ended
      if (stops.isClosing()) return
      if (Date.now() - since > RAN_WELL) failures = 1
      const wait = Math.min(1000 * 2 ** (failures - 1), LONGEST_WAIT)
      tell('Died', `the ${name} ${how}; it starts again in ${wait / 1000} s. Its last words:`)
      for (const line of lastWords(state, name)) tell('', line)
      await pause(wait)
      if (stops.isClosing()) return
      service = startService({ state, book }, name, args, env)
    }
  })()
}

/** The chain may be another launcher's child, so it is looked at and not waited for. */
async function watchChain({ state, book, stops }: Place): Promise<StepFailed> {
  const identity = book.findChild('chain')
  while (!identity || isAlive(identity) || stops.isClosing()) await pause(1000)
  return new StepFailed('Chain', ['the embedded chain ended', ...lastWords(state, 'chain')])
}
