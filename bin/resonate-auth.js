#!/usr/bin/env node
'use strict'

const { load } = require('./load.js')

process.once('SIGINT', () => {
  process.stderr.write('\n')
  process.exit(130)
})

const { main } = load('./main.cjs')
const { nodeHost } = load('./node-host.cjs')

main(process.argv.slice(2), nodeHost()).then((status) => {
  process.exitCode = status
})
