import { expect, test } from 'vitest'
import { loadKey } from '../../../../src/target/resonate-go/key.ts'
import { readVector } from '../../../vectors/go-configs.ts'
import { readRows } from '../../../vectors/rows.ts'

interface KeyRow {
  readonly id: string
  readonly publickey: string
  readonly starts: boolean
  readonly exit?: number
  readonly stderr?: string
}

const ROWS = readRows<KeyRow>('go-0.8/keys.jsonl').filter(({ publickey }) => publickey !== '')

test('every recorded key file starts the server or stops it with the recorded words', () => {
  const wrong = ROWS.filter((row) => {
    const load = loadKey(row.publickey, readVector(row.publickey))
    if (load.starts) return !row.starts
    return row.starts || load.exit !== row.exit || `Error: ${load.message}` !== row.stderr
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})
