import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One change of text. It must be there, exactly once: a change that changes nothing would prove nothing. */
export type Edit = readonly [from: string, to: string]

/** Which text of the contracts' own sources a proof is about, and how it comes into the contract that states it. */
export type Subject = {
  /** Of the file that the contracts are compiled from. */
  file: string
  /** Functions, structs, errors and constants to lift out by name. None: the file is imported. */
  lift?: readonly string[]
  /** Said in docs/invariants.md: what the checker cannot follow, and constants made smaller. Each must match. */
  edits?: readonly (readonly [from: RegExp, to: string])[]
}

const mark = '/* EXTRACTED */'

/** The sources of a proof by path, its subject read anew from disk and, if asked, made wrong. */
export function sourcesOf(harness: string, subject: Subject, wrong?: Edit): Record<string, string> {
  const original = read(subject.file)
  const text = wrong ? replaceOnce(original, wrong, subject.file) : original
  if (!subject.lift) return { [harness]: read(harness), [subject.file]: text }

  let lifted = subject.lift.map((name) => declarationOf(text, name)).join('\n\n    ')
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

function declarationOf(text: string, name: string): string {
  const start = text.search(
    new RegExp(
      `(\\bfunction ${name}\\(|\\bstruct ${name} |\\berror ${name}\\(|\\buint256 internal constant ${name} )`,
    ),
  )
  if (start < 0) throw new Error(`There is no ${name}`)
  if (/^(error|uint256)/.test(text.slice(start))) return text.slice(start, text.indexOf(';', start) + 1)
  let depth = 0
  for (let at = text.indexOf('{', start); at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return text.slice(start, at + 1)
  }
  throw new Error(`${name} has no end`)
}
