#!/usr/bin/env node
'use strict'

const { join } = require('node:path')
const { main, nodeHost } = require('./load.js')

process.once('SIGINT', () => {
  process.stderr.write('\n')
  process.exit(130)
})

main(process.argv.slice(2), nodeHost(join(__dirname, 'worker.js'))).then((status) => {
  process.exitCode = status
})
