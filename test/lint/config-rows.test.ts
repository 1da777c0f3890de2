import { expect, test } from 'vitest'
import { CONFIG_ROWS, type ConfigRow, lintRow } from './config-rows.ts'

/** Ends of a start that the machine decides: ports, host names, databases, files of the storage. */
const MACHINE =
  /Failed to bind to|Failed to (?:connect|open|initialize)|MySQL connection failed|^Fatal: MySQL init/

function isDecidedByMachine(row: ConfigRow): boolean {
  return row.busyPort !== undefined || row.runs !== undefined || MACHINE.test(row.stderr ?? '')
}

test('every recorded configuration that does not start has an error', async () => {
  const missed: string[] = []
  for (const row of CONFIG_ROWS.filter(({ starts }) => !starts)) {
    if (isDecidedByMachine(row)) continue
    const { diagnostics } = await lintRow(row)
    if (!diagnostics.some(({ severity }) => severity === 'error')) missed.push(row.id)
  }
  expect(missed).toEqual([])
})

test('no configuration that starts is said not to', async () => {
  const wrong: string[] = []
  for (const row of CONFIG_ROWS.filter(({ starts }) => starts)) {
    const { diagnostics } = await lintRow(row)
    const refused = diagnostics.filter(({ message }) =>
      /does not start|refuses its command line|crashes/.test(message),
    )
    wrong.push(...refused.map(({ rule, message }) => `${row.id}: ${rule.id} ${message}`))
  }
  expect(wrong).toEqual([])
})

/** Words of settings that decide who gets in, who may read, and what pushes carry. */
const GUARDS = /auth|cors|origin|public_?key|issuer|audience|token/i

/** Names of what a row sets among those, which the recorded effective configuration does not hold. */
function withoutEffect(row: ConfigRow): readonly string[] {
  const held = JSON.stringify(row.effective ?? {})
  const names = [
    ...Object.entries(row.env)
      .filter(
        ([name, value]) =>
          /^resonate_/i.test(name.trim()) && value.trim() !== '' && !held.includes(value),
      )
      .map(([name]) => name),
    ...row.args.filter(
      (word, index) =>
        word.startsWith('--') && !held.includes(JSON.stringify(row.args[index + 1] ?? '')),
    ),
    ...keysOf(row.toml ?? '')
      .filter(({ value }) => !held.includes(value))
      .map(({ key }) => key),
  ]
  return names.filter((name) => GUARDS.test(name))
}

/** The keys of the file's strings, with the headers before them. */
function keysOf(toml: string): readonly { readonly key: string; readonly value: string }[] {
  let table = ''
  return toml.split('\n').flatMap((line) => {
    table = /^\s*\[+\s*([^\]]*?)\s*\]/.exec(line)?.[1] ?? table
    const [, key, value] = /^\s*([\w."' -]+?)\s*=\s*"([^"\\]+)"/.exec(line) ?? []
    return key === undefined || value === undefined ? [] : [{ key: `${table}.${key}`, value }]
  })
}

test('what has no effect among auth, CORS and push settings is named', async () => {
  const missed: string[] = []
  for (const row of CONFIG_ROWS.filter(({ starts }) => starts)) {
    const names = withoutEffect(row)
    if (names.length === 0) continue
    const { diagnostics } = await lintRow(row)
    if (diagnostics.length === 0) missed.push(`${row.id}: ${names.join(', ')}`)
  }
  expect(missed).toEqual([])
})
