import { expect, test } from 'vitest'
import { authenticate } from '../../../../src/target/resonate/authenticate.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'
import { readRows } from '../../../vectors/rows.ts'
import { loadVectorKey } from './rust-vectors.ts'

interface KeyRow {
  readonly id: string
  readonly file: string | null
  readonly path?: string
  readonly starts: boolean
  readonly keyType?: string
  readonly exit?: number
  readonly stderr?: string
  readonly accepted: Readonly<Record<string, number>>
  readonly at: number
  readonly tokens?: Readonly<Record<string, string>>
}

const ROWS = readRows<KeyRow>('rust-0.9/keys.jsonl').filter(({ file }) => file !== null)

/** What the server did with a key file and with the tokens of the row. */
function replay({ file, at, tokens = {} }: KeyRow): Omit<KeyRow, 'id' | 'file' | 'at'> {
  const load = loadVectorKey(file ?? '')
  if (!load.starts)
    return { starts: false, exit: load.exit, stderr: `Fatal: ${load.message}\n`, accepted: {} }
  const { key } = load
  const accepted = Object.entries(tokens).map(([alg, token]): [string, number] => {
    const { authenticated } = authenticate(Buffer.from(token), { key }, at)
    return [alg, authenticated ? 200 : 401]
  })
  return { starts: true, keyType: key.type, accepted: Object.fromEntries(accepted) }
}

test('every key file starts the server or stops it as recorded, and verifies what it verified', () => {
  const wrong = ROWS.filter((row) => {
    const { starts, keyType, exit, stderr, accepted } = row
    const expected = starts ? { starts, keyType, accepted } : { starts, exit, stderr, accepted }
    return !expect.objectContaining(expected).asymmetricMatch(replay(row))
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('a key that starts the server has a flaw exactly when no token of the row fits', () => {
  const wrong = ROWS.filter(({ file, starts, tokens, accepted }) => {
    if (!starts || tokens === undefined) return false
    const load = loadVectorKey(file ?? '')
    const works = Object.values(accepted).includes(200)
    return load.starts && works === (load.key.flaw !== undefined)
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})

test.each(
  readRows<KeyRow>('rust-0.9/keys.jsonl').filter(({ file, starts }) => file === null && !starts),
)(
  '$id: a file that cannot be read is told in the words of the operating system',
  ({ path = '', stderr = '' }) => {
    const message = /': (.*)\n$/.exec(stderr)?.[1]
    if (message === undefined) return
    expect(loadKey(path, { ok: false, failure: 'other', message })).toEqual({
      starts: false,
      exit: 1,
      message: stderr.slice('Fatal: '.length, -1),
    })
  },
)
