#!/usr/bin/env node
'use strict'

// Node 20 has no compile cache; later ones start quicker with it.
require('node:module').enableCompileCache?.()
const { main } = require('../dist/main.cjs')
const { nodeHost } = require('../dist/node-host.cjs')

process.once('SIGINT', () => {
  process.stderr.write('\n')
  process.exit(130)
})

main(process.argv.slice(2), nodeHost()).then((status) => {
  process.exitCode = status
})
