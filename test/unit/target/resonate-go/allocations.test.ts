import { expect, test } from 'vitest'
import { configure } from '../../../../src/target/resonate-go/configure.ts'
import type { GoVersion } from '../../../../src/target/resonate-go/settings.ts'
import { sourceOf } from './source.ts'

const CHANNEL = 'panic: makechan: size out of range'
const SLICE = 'panic: runtime error: makeslice: len out of range'

// The expectations are what v0.8.2 and v0.7.24, started with these flags, wrote first; "up" = they listened.
test.each<readonly [GoVersion, string, string]>([
  ['0.8', '--aio-router-size -1', CHANNEL],
  ['0.8', '--aio-router-workers -1', SLICE],
  ['0.8', '--aio-router-workers 0', 'up'],
  ['0.8', '--aio-router-size 1000000000', 'up'],
  ['0.8', '--aio-router-size 35184372088831', CHANNEL],
  ['0.8', '--aio-router-workers 35184372088833', SLICE],
  ['0.8', '--aio-sender-size -1', CHANNEL],
  ['0.8', '--aio-sender-size -1 --aio-router-workers -1', SLICE],
  ['0.8', '--aio-store-sqlite-size -1', CHANNEL],
  ['0.8', '--aio-store-sqlite-size 35184372088820', CHANNEL],
  ['0.8', '--aio-http-workers -1 --aio-poll-size -1', SLICE],
  ['0.8', '--aio-http-enable=false --aio-http-size -1', 'up'],
  ['0.8', '--aio-poll-max-connections -1', CHANNEL],
  ['0.8', '--aio-poll-buffer-size -1', 'up'],
  ['0.8', '--aio-poll-addr x --aio-http-size -1', CHANNEL],
  [
    '0.8',
    '--api-http-addr y --aio-sender-size -1',
    'Error: listen tcp: address y: missing port in address',
  ],
  ['0.8', '--system-coroutine-max-size -1 --system-submission-batch-size 0', CHANNEL],
  ['0.8', '--aio-store-sqlite-batch-size 0', 'panic: batch size must be greater than 0'],
  [
    '0.8',
    '--aio-store-sqlite-batch-size 0 --system-submission-batch-size 0',
    'panic: submission batch size must be greater than zero',
  ],
  ['0.7', '--aio-sender-plugin-http-workers -1 --aio-sender-plugin-poll-size -1', CHANNEL],
  ['0.7', '--aio-sender-plugin-sqs-enable --aio-sender-plugin-sqs-size -1', CHANNEL],
  ['0.7', '--aio-sender-enable=false --aio-sender-plugin-http-size -1', CHANNEL],
  [
    '0.7',
    '--aio-sender-plugin-poll-addr y --aio-sender-plugin-http-size -1',
    'Error: listen tcp: address y: missing port in address',
  ],
  ['0.7', '--aio-echo-enable --aio-echo-size -1', CHANNEL],
  ['0.7', '--aio-echo-size -1', 'up'],
  ['0.7', '--system-coroutine-max-size -1', CHANNEL],
])('resonate-go %s %s: %s', (version, flags, expected) => {
  const { start } = configure(version, sourceOf({ arguments: ['serve', ...flags.split(' ')] }))
  expect(start.starts === false ? start.message.split('\n')[0] : 'up').toBe(expected)
})

test('whether there is memory for a long queue is not told by the configuration', () => {
  const flags = ['serve', '--aio-router-size', '10000000000']
  expect(configure('0.8', sourceOf({ arguments: flags })).start).toMatchObject({
    starts: 'unknown',
    decides: 'whether there is memory for aio.subsystems.router.config.size',
  })
})
