import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

const directory = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))

/** Commit of the engines: the CLI compares it with its own. */
export const engineVersion = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8'))
  .version.split('.')
  .pop()

/** The schema engine over a driver adapter. `datamodels` are paths of schema files; none means none, not an empty one. */
export async function openEngine(datamodels, adapter) {
  // The engine looks for this global when it panics; without it the message is lost.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) }
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = fs.readFileSync(path.join(directory, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const read = datamodels.map((file) => [file, fs.readFileSync(file, 'utf8')])
  const input = { datamodels: read.length > 0 ? read : undefined }
  return glue.SchemaEngine.new(input, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
}
