/** The program as one executable file: what bin/resonate-auth.js is for Node. */
import { nodeHost } from '../../src/host/node-host.ts'
import { main } from '../../src/main.ts'

process.once('SIGINT', () => {
  process.stderr.write('\n')
  process.exit(130)
})

void main(process.argv.slice(2), nodeHost('./worker.js')).then((status) => {
  process.exitCode = status
})
