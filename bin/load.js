'use strict'

const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

const DIST = join(__dirname, '../dist')

/** The scripts run so far by file name; the build makes their code caches. */
const scripts = new Map()

/** The value of a script in dist/, compiled from the cache beside it where the build's Node was this one. */
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

/** The pieces at hand, and the names of the files that hold the others. */
const { pieces, files } = run('main.cjs')
const loaded = new Map()

/** The exports of a piece of the program; any other name is a module of Node or a package. */
function load(name) {
  const known = loaded.get(name)
  if (known !== undefined) return known.exports
  if (!Object.hasOwn(pieces, name)) {
    if (!Object.hasOwn(files, name)) return require(name)
    Object.assign(pieces, run(files[name]))
  }
  const module = { exports: {} }
  loaded.set(name, module)
  pieces[name](module, load)
  return module.exports
}

module.exports = { load, scripts, pieces: () => [...loaded.keys()] }
