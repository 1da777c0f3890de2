'use strict'

const {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} = require('node:fs')
const { createRequire } = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const PROGRAM = join(__dirname, '../dist/main.cjs')
/** What stands in the program before each of its chunks (.ci/build.js). */
const CHUNK = '\n//\n'
/** Bytes before the text in a kept file: the length of the text as padded digits. */
const HEAD = 16

/**
 * The file of what this command needed in earlier runs: the text of its chunks and what V8 compiled of it, since reading and
 * compiling the whole program takes longer than most commands. It stands beside the program, to whose writers alone it is
 * open, and goes with this build, this Node and this machine.
 */
function keptFile() {
  const [word = '--help'] = process.argv.slice(2)
  if (process.env.NODE_DISABLE_COMPILE_CACHE || !/^[a-z-]{1,20}$/.test(word)) return undefined
  // V8 takes over nothing that it compiled under other flags.
  const flags = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').trim()
  const key = flags === '' ? '' : `-${Buffer.from(flags).toString('base64url').slice(-40)}`
  return join(PROGRAM, '../kept', `${readBuild()}-${process.version}-${process.arch}${key}`, word)
}

/** The build's name, with which the program begins. */
function readBuild() {
  const file = openSync(PROGRAM)
  const bytes = Buffer.alloc(18)
  readSync(file, bytes)
  closeSync(file)
  return bytes.latin1Slice(2)
}

/** What is kept, run; undefined where there is nothing, or nothing that can be run. */
function readKept() {
  try {
    const bytes = readFileSync(file)
    const end = HEAD + Number(bytes.latin1Slice(0, HEAD))
    const [text, code] = [bytes.latin1Slice(HEAD, end), bytes.subarray(end)]
    const script = new Script(text, {
      filename: PROGRAM,
      ...(code.length > 0 && { cachedData: code }),
    })
    return { text, code, script, chunks: runScript(script) }
  } catch {
    return undefined
  }
}

/** Whole or not at all, for the other runs that may be reading. */
function writeKept(text, code) {
  const beside = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      beside,
      Buffer.concat([Buffer.from(`${text.length}`.padEnd(HEAD)), Buffer.from(text), code]),
    )
    renameSync(beside, file)
  } catch {
    // Only the next start is slower: the program's folder is often another user's, or cannot be written.
  }
}

/** Modules of Node that take milliseconds and that many commands never use. */
const SLOW = new Set(['node:crypto', 'node:os', 'node:stream', 'node:tty', 'node:worker_threads'])

const load = createRequire(PROGRAM)
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
  const run =
    kept?.chunks[number] ??
    runScript(new Script(writeScript([number]), { filename: PROGRAM }))[number]
  run(exports, requireModule)
  return exports
}

/** The text before the program's chunks, then that of each chunk; read when one is needed that is not kept. */
let parts

/** A script of these chunks alone. */
function writeScript(numbers) {
  // The build writes ASCII alone.
  parts ??= readFileSync(PROGRAM, 'latin1').split(CHUNK)
  const chunks = numbers.map(
    (number) => `${number}:${parts[number + 1].replace(/(?:,|\]\}\))$/, '')}`,
  )
  return `${parts[0].slice(0, -1)}{${chunks.join(',\n')}}})`
}

function runScript(script) {
  const program = {}
  script.runInThisContext()(program)
  return program.chunks
}

/** Keeps what this run needed, where that is more than there was. */
function keep() {
  if (file === undefined) return
  if (parts !== undefined) {
    const before = Object.keys(kept?.chunks ?? {}).map(Number)
    const text = writeScript([...new Set([...before, ...loaded.keys()])])
    // V8 wants the code that follows at a multiple of eight.
    writeKept(text.padEnd(Math.ceil(text.length / 8) * 8), Buffer.alloc(0))
  } else if (kept.code.length === 0 || kept.script.cachedDataRejected)
    writeKept(kept.text, kept.script.createCachedData())
}

const file = keptFile()
const kept = file === undefined ? undefined : readKept()
const { main, nodeHost, serve } = loadChunk(0)

module.exports = { main, nodeHost, serve, keep, loaded }
