'use strict'

const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const PROGRAM = join(__dirname, '../dist/main.cjs')

// The build writes ASCII alone.
const source = readFileSync(PROGRAM, 'latin1')

/**
 * The file of what V8 compiled for this command, so that the next run need not: Node 20 keeps nothing of a script. It
 * stands beside the program, to whose writers alone it is open, and goes with this build, this Node and this machine.
 */
function keptFile() {
  const [word = '--help'] = process.argv.slice(2)
  if (process.env.NODE_DISABLE_COMPILE_CACHE || !/^[a-z-]{1,20}$/.test(word)) return undefined
  const build = source.slice(2, source.indexOf('*', 2))
  // V8 takes over nothing that it compiled under other flags.
  const flags = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').trim()
  const key = flags === '' ? '' : `-${Buffer.from(flags).toString('base64url').slice(-40)}`
  return join(PROGRAM, '../kept', `${build}-${process.version}-${process.arch}${key}`, word)
}

function readKept(file) {
  try {
    return file === undefined ? undefined : readFileSync(file)
  } catch {
    return undefined
  }
}

const file = keptFile()
const cachedData = readKept(file)
const script = new Script(source, { filename: PROGRAM, cachedData })

/** Writes what V8 compiled in this run, where there was nothing or V8 refused it. */
function keep() {
  if (file === undefined || (cachedData !== undefined && !script.cachedDataRejected)) return
  const beside = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(beside, script.createCachedData())
    renameSync(beside, file)
  } catch {
    // Only the next start is slower: the program's folder is often another user's, or cannot be written.
  }
}

/** Modules of Node that take milliseconds and that many commands never use. */
const SLOW = new Set(['node:crypto', 'node:os', 'node:stream', 'node:tty', 'node:worker_threads'])

const load = createRequire(PROGRAM)
const program = {}
/** The chunks that have been asked for, by number. */
const loaded = new Map()

/** A chunk of the program by its number, or a module, loaded when its first member is read if it is a slow one. */
function requireModule(name) {
  if (typeof name === 'number') return loaded.get(name) ?? loadChunk(name)
  if (!SLOW.has(name)) return load(name)
  return new Proxy({}, { get: (_, member) => load(name)[member] })
}

function loadChunk(number) {
  const exports = {}
  loaded.set(number, exports)
  program.chunks[number](exports, requireModule)
  return exports
}

script.runInThisContext()(program)
const { main, nodeHost, serve } = loadChunk(0)

module.exports = { main, nodeHost, serve, keep, loaded }
