import { expect, test } from 'vitest'
import type { Configuration } from '../../../../src/config/configuration.ts'
import { configure } from '../../../../src/target/resonate/configure.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'
import {
  CONFIG_ROWS,
  type ConfigRow,
  isDecidedByMachine,
  ROOT,
  recordedSettings,
  sourceOf,
} from '../../../vectors/rust-configs.ts'

function judge(row: ConfigRow): Configuration {
  return configure('0.9', sourceOf(row), loadKey)
}

/** What is set, by dotted path; JSON has no 64-bit numbers. */
function effectiveOf({ settings }: Configuration): Map<string, unknown> {
  return new Map(
    [...settings].flatMap(([key, { value }]) =>
      value === undefined
        ? []
        : [[key, typeof value === 'bigint' ? Number(value) : value] as const],
    ),
  )
}

function differs(check: () => void): boolean {
  try {
    check()
    return false
  } catch {
    return true
  }
}

test('every recorded start has the recorded outcome', () => {
  const wrong = CONFIG_ROWS.filter((row) => {
    const { start } = judge(row)
    if (isDecidedByMachine(row)) return start.starts === false
    if (row.starts) return start.starts !== true
    if (start.starts !== false || start.exit !== row.exit) return true
    return start.message.replaceAll(ROOT, '$DIR') !== row.stderr
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('every recorded configuration has the recorded values', () => {
  const wrong = CONFIG_ROWS.filter((row) => {
    const recorded = recordedSettings(row)
    if (recorded === undefined) return false
    return differs(() => expect(effectiveOf(judge(row))).toEqual(recorded))
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})
