#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which the CLI would otherwise fetch from the network: the same
// JSON-RPC over stdio, answered by the WebAssembly engine of the same version. prisma.config.ts points here.
import readline from 'node:readline'
import { openAdapter, withMaintenance } from './engine-adapter.mjs'
import { readArguments } from './engine-arguments.mjs'
import { engineVersion, openEngine } from './engine-wasm.mjs'

const { version, command, datamodels, datasource } = readArguments(process.argv.slice(2))
if (version) {
  console.log(`schema-engine-cli ${engineVersion}`)
  process.exit(0)
}
if (command) process.exit(await runCommand(command))

let engine
let queue = Promise.resolve()
const lines = readline.createInterface({ input: process.stdin })
// One at a time and in order, as the native engine answers.
lines.on('line', (line) => {
  if (line.trim()) queue = queue.then(() => answer(JSON.parse(line)))
})
lines.on('close', () => queue.then(() => process.exit(0)))

async function answer({ id, method, params }) {
  if (!method) return
  try {
    engine ??= await openEngine(datamodels, openAdapter(datasource))
    send({ id, result: (await perform(method, params)) ?? {} })
  } catch (error) {
    const data = {
      is_panic: false,
      message: error.message,
      meta: error.meta ?? null,
      error_code: error.code ?? null,
    }
    send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
  }
}

async function perform(method, params) {
  if (method === 'getDatabaseVersion') return engine.version(params)
  if (method === 'createDatabase') return { databaseName: await createDatabase() }
  const result = await engine[method](params)
  // `migrate diff --script` expects its SQL as a print request of its own, before the answer.
  if (method === 'diff' && result.stdout != null)
    send({ id: 1, method: 'print', params: { content: result.stdout } })
  return result
}

async function runCommand(name) {
  // The CLI throws the first line of stderr away.
  log('INFO', 'start')
  try {
    if (name === 'can-connect-to-database') await withMaintenance(datasource.url, () => {}, { same: true })
    else if (name === 'create-database') await createDatabase()
    else if (name === 'drop-database') await dropDatabase()
    return 0
  } catch (error) {
    log('ERROR', error.message, { '3D000': 'P1003', '28P01': 'P1000' }[error.code] ?? 'P1001')
    return 1
  }
}

function createDatabase() {
  return withMaintenance(datasource.url, async (client, name) => {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
    return name
  })
}

function dropDatabase() {
  return withMaintenance(datasource.url, (client, name) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function log(level, message, error_code) {
  const entry = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, error_code },
    target: 'schema_engine::logger',
  }
  process.stderr.write(`${JSON.stringify(entry)}\n`)
}
