import { readFileSync } from 'node:fs'

/** What a process and all its descendants used. Linux alone says so; elsewhere everything is 0. */

const ticksPerSecond = 100
const pageBytes = 4096

/** CPU seconds so far, with those of descendants that have ended. */
export function cpuOf(pid: number): number {
  let ticks = 0
  for (const each of familyOf(pid)) {
    const fields = statOf(each)
    // utime and stime of a live process, cutime and cstime of its children that were waited for
    ticks += [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0)
  }
  return ticks / ticksPerSecond
}

/** Watches the memory of a process and its descendants, five times a second, until `stop` gives the peak in MB. */
export function watchMemory(pid: number) {
  let peak = 0
  const look = () => {
    const bytes = familyOf(pid).reduce((sum, each) => sum + residentBytesOf(each), 0)
    peak = Math.max(peak, bytes)
  }
  const timer = setInterval(look, 200)
  look()
  return {
    stop: () => {
      clearInterval(timer)
      return peak / 2 ** 20
    },
  }
}

function familyOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return [pid, ...children.flatMap(familyOf)]
}

/** The fields of /proc/<pid>/stat behind the name, which may hold blanks: the first is the state. */
function statOf(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`)
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

const residentBytesOf = (pid: number) => Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
