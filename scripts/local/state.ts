import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where one local set-up keeps everything it makes: two of them in one tree (a start and a test) never meet. */
export type StateDirectory = ReturnType<typeof openState>

export function openState(directory = process.env.PLIMSOLL_STATE ?? '.plimsoll') {
  const dir = resolve(root, directory)
  mkdirSync(join(dir, 'logs'), { recursive: true })
  mkdirSync(join(dir, 'chain'), { recursive: true })
  return {
    dir,
    path: (...parts: string[]) => join(dir, ...parts),
    read: <T>(name: string): T | undefined => readJson<T>(join(dir, name)),
    write: (name: string, value: unknown, mode = 0o644) => writeJson(join(dir, name), value, mode),
  }
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return undefined
  }
}

/** Whole or not at all: a process killed while it writes leaves the old file. */
function writeJson(file: string, value: unknown, mode: number) {
  const draft = `${file}.${process.pid}.draft`
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode })
  renameSync(draft, file)
}
