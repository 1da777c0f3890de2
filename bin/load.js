'use strict'

const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const PROGRAM = join(__dirname, '../dist/main.cjs')
const CACHE = `${PROGRAM}.cache`

function readCache() {
  try {
    return readFileSync(CACHE)
  } catch {
    return undefined
  }
}

/** Modules of Node that take milliseconds and that many commands never use. */
const SLOW = new Set(['node:crypto', 'node:os', 'node:stream', 'node:tty', 'node:worker_threads'])

const load = createRequire(PROGRAM)

/** The module, loaded when its first member is read if it is a slow one. */
function requireLater(name) {
  if (!SLOW.has(name)) return load(name)
  return new Proxy({}, { get: (_, member) => load(name)[member] })
}

// Node 20 keeps nothing of what it compiled between runs; V8 refuses a cache that another version made.
const script = new Script(
  // The build writes ASCII alone.
  `(function (exports, require, module) {${readFileSync(PROGRAM, 'latin1')}\n})`,
  { filename: PROGRAM, cachedData: readCache() },
)
const program = { exports: {} }
script.runInThisContext()(program.exports, requireLater, program)

module.exports = { ...program.exports, script, CACHE }
