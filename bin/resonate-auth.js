#!/usr/bin/env node
'use strict'

const { join } = require('node:path')
const { main, nodeHost, keep } = require('./load.js')

process.once('SIGINT', () => {
  process.stderr.write('\n')
  process.exit(130)
})

main(process.argv.slice(2), nodeHost(join(__dirname, 'worker.js'))).then((status) => {
  process.exitCode = status
  // 2 and more: the command did not get far.
  if (status < 2) process.once('exit', keep)
})
