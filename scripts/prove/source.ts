import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One change of text. It must be there, exactly once: a change that changes nothing would prove nothing. */
export type Edit = readonly [from: string, to: string]

/** Which text of the contracts' own sources a proof is about, and how it comes into the contract that states it. */
export type Subject = {
  /** Of the file that the contracts are compiled from. */
  file: string
  /** Functions to lift out by name; a whole library's body where none are named. None at all: the file is imported. */
  lift?: readonly string[] | 'body'
  /** Said in docs/invariants.md: what the checker cannot follow, and constants made smaller. Each must match. */
  edits?: readonly (readonly [from: RegExp, to: string])[]
}

const mark = '/* EXTRACTED */'

/** The sources of a proof by path, its subject read anew from disk and, if asked, made wrong. */
export function sourcesOf(harness: string, subject: Subject, wrong?: Edit): Record<string, string> {
  const original = read(subject.file)
  const text = wrong ? replaceOnce(original, wrong, subject.file) : original
  if (!subject.lift) return { [harness]: read(harness), [subject.file]: text }

  let lifted =
    subject.lift === 'body' ? bodyOf(text) : subject.lift.map((name) => functionOf(text, name)).join('\n')
  for (const [from, to] of subject.edits ?? []) {
    if (lifted.search(from) < 0) throw new Error(`${subject.file} has no ${from}`)
    lifted = lifted.replace(from, to)
  }
  return { [harness]: replaceOnce(read(harness), [mark, lifted], harness) }
}

/** @throws if no such file: a proof about nothing must not pass. */
export function read(path: string): string {
  const found = [path, join('node_modules', path)].find((place) => existsSync(place))
  if (!found) throw new Error(`There is no ${path}`)
  return readFileSync(found, 'utf8')
}

function replaceOnce(text: string, [from, to]: Edit, where: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${where} has ${parts.length - 1} times: ${from}`)
  return parts.join(to)
}

const bodyOf = (text: string): string => {
  const start = text.search(/^library /m)
  return text.slice(text.indexOf('{', start) + 1, text.lastIndexOf('}'))
}

function functionOf(text: string, name: string): string {
  const start = text.search(new RegExp(`\\bfunction ${name}\\(`))
  if (start < 0) throw new Error(`There is no function ${name}`)
  let depth = 0
  for (let at = text.indexOf('{', start); at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return text.slice(start, at + 1)
  }
  throw new Error(`Function ${name} has no end`)
}
