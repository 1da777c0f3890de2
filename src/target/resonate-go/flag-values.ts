import type { Origin } from '../../config/setting.ts'
import { readCsvRecord, writeCsvRecord } from './csv.ts'
import { compareGo, trimAll } from './go-text.ts'
import type { Held } from './held.ts'
import type { SettingRow } from './settings.ts'

/** pflag's stringToString: one pair as it stands without outer quotes, several as a CSV record. */
export function readPairs(
  text: string,
  refuse: (why: string) => never,
): readonly (readonly [string, string])[] {
  const count = text.split('=').length - 1
  if (count === 0) return refuse(`${text} must be formatted as key=value`)
  const record =
    count === 1 ? { ok: true as const, fields: [trimAll(text, '"')] } : readCsvRecord(text)
  if (!record.ok) return refuse(record.message)
  return record.fields.map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 0) return refuse(`${pair} must be formatted as key=value`)
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const
  })
}

/** How viper takes a list out of its flag: written as CSV and read back, so that one empty text is no text. */
export function listOf(texts: readonly string[], origin: Origin): Held {
  const kept = texts.length === 1 && texts[0] === '' ? [] : texts
  const items = kept.map((value): Held => ({ kind: 'string', value, origin }))
  return { kind: 'list', type: '[]string', items, origin }
}

/**
 * How viper takes a map out of its flag (viper.go, stringToStringConv): sorted and written as CSV, brackets at both ends
 * cut off whosesoever they are, and read back; nothing at all where that fails.
 */
export function mapOf(pairs: ReadonlyMap<string, string>, origin: Origin): Held {
  const sorted = [...pairs].sort(([left], [right]) => compareGo(left, right))
  const written = writeCsvRecord(sorted.map(([key, value]) => `${key}=${value}`))
  const text = trimAll(written.trim(), '[]')
  if (text === '') return { kind: 'map', entries: new Map(), origin }
  const read = readCsvRecord(text)
  if (!read.ok || !read.fields.every((field) => field.includes('='))) return { kind: 'nil', origin }
  const entries = read.fields.map((field): readonly [string, Held] => {
    const equals = field.indexOf('=')
    return [field.slice(0, equals), { kind: 'string', value: field.slice(equals + 1), origin }]
  })
  return { kind: 'map', entries: new Map(entries), origin }
}

/** What a flag holds that is not given. */
export function fallbackOf(row: SettingRow, command: 'serve' | 'dev'): Held {
  const text = command === 'dev' ? (row.dev ?? row.fallback) : row.fallback
  const origin: Origin = { kind: 'default' }
  switch (row.type) {
    case 'string':
    case 'duration':
      return { kind: 'string', value: text, origin }
    case 'bool':
      return { kind: 'bool', value: text === 'true', origin }
    case 'int':
      return { kind: 'int', value: BigInt(text), type: 'int', origin }
    case 'strings':
      return listOf(text === '' ? [] : [text], origin)
    case 'map': {
      const [key, value = ''] = text.split('=')
      return mapOf(new Map(key === undefined || key === '' ? [] : [[key, value]]), origin)
    }
  }
}
