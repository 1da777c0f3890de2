'use strict'

const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

const DIST = join(__dirname, '../dist')

/** The scripts loaded so far by the name of their file; the build makes their code caches. */
const scripts = new Map()

/** The value of a script in dist/, compiled from the cache beside it where the build's Node is this one. */
function run(name) {
  const filename = join(DIST, name)
  const script = new Script(readFileSync(filename, 'latin1'), {
    filename,
    cachedData: readCache(`${filename}.cache`),
  })
  scripts.set(filename, script)
  return script.runInThisContext()
}

function readCache(filename) {
  try {
    return readFileSync(filename)
  } catch {
    return undefined
  }
}

const pieces = run('main.cjs')
const loaded = new Map()

/** The exports of a piece of the program; anything else is a module of Node or a package. */
function load(name) {
  if (!name.startsWith('./')) return require(name)
  const known = loaded.get(name)
  if (known !== undefined) return known.exports
  const module = { exports: {} }
  loaded.set(name, module)
  const piece = Object.hasOwn(pieces, name) ? pieces[name] : run(name)
  piece(module, load)
  return module.exports
}

module.exports = { load, scripts }
