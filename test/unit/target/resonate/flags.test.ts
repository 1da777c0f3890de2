import { expect, test } from 'vitest'
import { messageOf } from './configure-with.ts'

const TAIL = "\n\nFor more information, try '--help'.\n"
const OPTIONS = `\n\nUsage: resonate serve [OPTIONS]${TAIL}`

test.each<[readonly string[], string]>([
  [
    ['--server-port', 'x'],
    `error: invalid value 'x' for '--server-port <PORT>': invalid digit found in string${TAIL}`,
  ],
  [
    ['--server-port=70000'],
    `error: invalid value '70000' for '--server-port <PORT>': 70000 is not in 0..=65535${TAIL}`,
  ],
  [['--server-port', '-5'], `error: unexpected argument '-5' found${OPTIONS}`],
  [
    ['--server-port=-5'],
    `error: invalid value '-5' for '--server-port <PORT>': -5 is not in 0..=65535${TAIL}`,
  ],
  [
    ['--server-shutdown-timeout=-5'],
    `error: invalid value '-5' for '--server-shutdown-timeout <MS>': invalid digit found in string${TAIL}`,
  ],
  [
    ['--tasks-lease-timeout=9223372036854775808'],
    `error: invalid value '9223372036854775808' for '--tasks-lease-timeout <MS>': number too large to fit in target type${TAIL}`,
  ],
  [
    ['--tasks-lease-timeout='],
    `error: invalid value '' for '--tasks-lease-timeout <MS>': cannot parse integer from empty string${TAIL}`,
  ],
  [
    ['--transports-gcps-enabled', 'yes'],
    `error: invalid value 'yes' for '--transports-gcps-enabled <BOOL>'\n  [possible values: true, false]${TAIL}`,
  ],
  [
    ['--server-port', '\u00018\u007f0\t\n'],
    `error: invalid value '80\t\n' for '--server-port <PORT>': invalid digit found in string${TAIL}`,
  ],
  [['--level'], `error: a value is required for '--level <LEVEL>' but none was supplied${TAIL}`],
  [
    ['--level', '--debug'],
    `error: a value is required for '--level <LEVEL>' but none was supplied${TAIL}`,
  ],
  [
    ['--level', 'a', '--level', 'b'],
    `error: the argument '--level <LEVEL>' cannot be used multiple times${OPTIONS}`,
  ],
  [
    ['--debug=true'],
    `error: unexpected value 'true' for '--debug' found; no more were expected\n\nUsage: resonate serve --debug${TAIL}`,
  ],
  [
    ['--debug', '--auth-pub', 'x'],
    `error: unexpected argument '--auth-pub' found\n\n  tip: a similar argument exists: '--auth-publickey'\n\nUsage: resonate serve --debug --auth-publickey <KEY>${TAIL}`,
  ],
  [['--zzz'], `error: unexpected argument '--zzz' found${OPTIONS}`],
  [['--', 'x'], `error: unexpected argument 'x' found${OPTIONS}`],
  [['--server-port', 'x', 'y'], `error: unexpected argument 'y' found${OPTIONS}`],
  [['-h'], ''],
])('serve %j says %j', (flags, message) => {
  expect(messageOf({ args: ['serve', ...flags] })).toBe(message)
})

test.each<[readonly string[], string]>([
  [
    ['server'],
    `error: unrecognized subcommand 'server'\n\n  tip: a similar subcommand exists: 'serve'\n\nUsage: resonate <COMMAND>${TAIL}`,
  ],
  [
    ['promis'],
    `error: unrecognized subcommand 'promis'\n\n  tip: some similar subcommands exist: 'promises', 'promise'\n\nUsage: resonate <COMMAND>${TAIL}`,
  ],
  [['xyz'], `error: unrecognized subcommand 'xyz'\n\nUsage: resonate <COMMAND>${TAIL}`],
  [
    ['--server', 'serve'],
    `error: unexpected argument '--server' found\n\n  tip: 'serve --server-url' exists\n\nUsage: resonate <COMMAND>${TAIL}`,
  ],
  [
    ['--vers'],
    `error: unexpected argument '--vers' found\n\n  tip: a similar argument exists: '--version'\n\nUsage: resonate --version <COMMAND>${TAIL}`,
  ],
  [
    ['--', 'serve'],
    `error: unexpected argument 'serve' found\n\n  tip: subcommand 'serve' exists; to use it, remove the '--' before it\n\nUsage: resonate <COMMAND>${TAIL}`,
  ],
  [
    ['--help=1'],
    `error: unexpected value '1' for '--help' found; no more were expected\n\nUsage: resonate --help <COMMAND>${TAIL}`,
  ],
  [['help'], ''],
  [['help', 'mcp'], ''],
  [['help', '-h'], `error: unrecognized subcommand '-h'\n\nUsage: resonate <COMMAND>${TAIL}`],
  [
    ['help', 'dev', 'serve'],
    `error: unrecognized subcommand 'serve'\n\nUsage: resonate dev [OPTIONS]${TAIL}`,
  ],
])('resonate %j says %j', (args, message) => {
  expect(messageOf({ args })).toBe(message)
})

test('a version before 0.9.5 has no push-auth flags', () => {
  const args = ['serve', '--transports-http-push-auth-mode', 'bearer']
  expect(messageOf({ version: '0.9.4', args })).toContain(
    "unexpected argument '--transports-http-push-auth-mode'",
  )
  expect(messageOf({ version: '0.9.5', args })).toBe(undefined)
})
