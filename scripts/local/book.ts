import { identify, isAlive, type ProcessIdentity } from './processes'
import type { StateDirectory } from './state'

export type ChildName = 'chain' | 'web' | 'worker' | 'traffic'
export type Ports = Partial<Record<'web' | 'chain' | 'database' | 'metrics', number>>

type Page = {
  launcher?: ProcessIdentity
  /** Where the portal answers, once it does. */
  address?: string
  ports: Ports
  children: Partial<Record<ChildName, ProcessIdentity>>
}

/**
 * What this set-up has running, in a file, so that the next start knows it even after a kill -9. Entries of a process
 * that is gone, or whose number now belongs to another, are never given out.
 */
export function openBook(state: StateDirectory) {
  const page: Page = { ports: {}, children: {}, ...state.read<Page>('launcher.json') }
  const save = () => state.write('launcher.json', page)
  return {
    ports: page.ports,
    /** The launcher that has this state directory now, unless it is us or gone. */
    otherLauncher(): { pid: number; address?: string } | undefined {
      const { launcher, address } = page
      if (!launcher || launcher.pid === process.pid || !isAlive(launcher)) return undefined
      return { pid: launcher.pid, ...(address && { address }) }
    },
    takeOver() {
      const me = identify(process.pid)
      if (me) page.launcher = me
      delete page.address
      save()
    },
    rememberPort(name: keyof Ports, port: number) {
      page.ports[name] = port
      save()
    },
    rememberAddress(address: string) {
      page.address = address
      save()
    },
    rememberChild(name: ChildName, pid: number) {
      const identity = identify(pid)
      if (identity) page.children[name] = identity
      save()
    },
    /** A child of an earlier launcher that is still alive. */
    findChild(name: ChildName): ProcessIdentity | undefined {
      const identity = page.children[name]
      return identity && isAlive(identity) ? identity : undefined
    },
    forgetChild(name: ChildName) {
      delete page.children[name]
      save()
    },
    leave() {
      delete page.launcher
      delete page.address
      save()
    },
  }
}

export type Book = ReturnType<typeof openBook>
