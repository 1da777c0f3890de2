import { expect, test } from 'vitest'
import type { Origin } from '../../src/config/setting.ts'
import type { Diagnostic } from '../../src/lint/diagnostic.ts'
import { nodeAt, readDocument } from '../../src/lint/document.ts'
import { CONFIG_ROWS, type ConfigRow } from '../vectors/rust-configs.ts'
import { lintRow } from './config-rows.ts'

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

/** The place that the server's own message blames: a line, or a key of the file or the environment. */
function blames(row: ConfigRow, { origin }: Diagnostic): boolean {
  const said = row.stderr ?? ''
  const line = /^Fatal: Configuration error: TOML parse error at line (\d+)/.exec(said)?.[1]
  if (line !== undefined && row.toml !== null)
    return origin.kind === 'file' && lineOf(row.toml, origin.span.start) === Number(line)
  const key = / for key "((?:[^"\\]|\\.)*)" in (.)/.exec(said)
  if (key === null) return true
  const path = (key[1] ?? '').replace(/^default\./, '').toLowerCase()
  if (key[2] !== '`')
    return origin.kind === 'file' && (row.toml === null || touches(row.toml, path, origin))
  const name = origin.kind === 'variable' ? origin.name.trim().toLowerCase() : ''
  const sets = name.replace(/^resonate_/, '').replaceAll('__', '.')
  return (
    name !== '' && (path === sets || path.startsWith(`${sets}.`) || sets.startsWith(`${path}.`))
  )
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Whether the span lies at the value of `path`, or of the table that holds it. */
function touches(toml: string, path: string, origin: Extract<Origin, { kind: 'file' }>): boolean {
  const document = readDocument('resonate.toml', toml)
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  for (let length = parts.length; length > 0; length--) {
    const node = nodeAt(document, parts.slice(0, length).join('.'))
    for (const place of [node?.origin, node?.key])
      if (
        place?.kind === 'file' &&
        place.span.start <= origin.span.start &&
        origin.span.end <= place.span.end
      )
        return true
  }
  return false
}

test('the error of a configuration that does not start stands where the server looks', async () => {
  const missed: string[] = []
  for (const row of CONFIG_ROWS.filter(({ starts }) => !starts)) {
    if (isDecidedByMachine(row)) continue
    const { diagnostics } = await lintRow(row)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    if (!errors.some((error) => blames(row, error))) missed.push(row.id)
  }
  expect(missed).toEqual([])
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
