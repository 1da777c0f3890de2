import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHEMAS } from '../../src/report/schema/index.ts'
import { fromLines, readRows, toLines, VECTORS } from '../vectors/rows.ts'
import { folder, run } from './run.ts'

const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false })
// Read by an editor of TOML files.
ajv.addKeyword('x-tombi-toml-version')

function readSchema(name: string): object {
  const path = join(import.meta.dirname, `../../src/report/schema/${name}.json`)
  // A file of ours that holds one object.
  return JSON.parse(readFileSync(path, 'utf8')) as object
}

const validators = new Map([...SCHEMAS.keys()].map((name) => [name, ajv.compile(readSchema(name))]))

/** What `document` breaks of the schema `name`; empty when it breaks nothing. */
function breaches(name: string, document: unknown): readonly unknown[] {
  const validate = validators.get(name)
  if (validate === undefined) return [`no schema ${name}`]
  return validate(document) ? [] : (validate.errors ?? [])
}

const work = folder({
  'resonate.toml': '[auth]\npublickey = "public.pem"\n[server.cors]\nallow_origins = ["*"]\n',
  'broken.toml': 'port = \n',
  'batch.csv': 'id,prefix\na,a.\nb,b.\n',
})
afterAll(work.remove)
const cwd = work.path
let token = ''

beforeAll(async () => {
  await run(['keygen'], { cwd })
  token = (await run(['mint', '--prefix', 'a.', '--quiet'], { cwd })).stdout.trim()
})

test.each<readonly [string, readonly string[]]>([
  ['mint-v1', ['mint', '--prefix', 'a.']],
  ['mint-v1', ['mint', '--prefix', 'a.', '--out', 'a.jwt']],
  ['decode-v1', ['decode', 'TOKEN']],
  ['decode-v1', ['decode', 'opaque-text-that-is-no-token']],
  ['decode-v1', ['decode', 'ey.x.y']],
  ['decode-v1', ['decode', '--claim', 'prefix', 'TOKEN']],
  ['verify-v1', ['verify', 'TOKEN']],
  ['verify-v1', ['verify', 'TOKEN', '--publickey', 'private.pem']],
  ['verify-v1', ['verify', 'TOKEN', '--iss', 'x']],
  ['can-v1', ['can', 'promise.get', 'a.1', '--prefix', 'a.']],
  ['can-v1', ['can', 'promise.get', 'b.1', '--prefix', 'a.']],
  ['can-v1', ['can', '--matrix', 'a.1', '--prefix', 'a.']],
  ['can-v1', ['can', '--origin', 'https://a.example']],
  ['answer-v1', ['answer', '--method', 'GET', '--path', '/health', '--auth-off']],
  ['answer-v1', ['answer', '--method', 'GET', '--path', '/poll/a/b']],
  ['export-v1', ['export', 'TOKEN', '--format', 'env']],
  ['keygen-v1', ['keygen', '--out', 'k.pem', '--force']],
  ['key-v1', ['key', 'inspect', 'public.pem']],
  ['key-public-v1', ['key', 'public', 'private.pem']],
  ['key-convert-v1', ['key', 'convert', 'private.pem', '--to', 'jwk']],
  ['key-match-v1', ['key', 'match', 'private.pem', 'public.pem']],
  ['config-v1', ['config', 'resonate.toml']],
  ['config-v1', ['config', 'broken.toml']],
  ['config-v1', ['config', '--', 'serve', '--nonsense']],
  ['lint-v1', ['lint', 'resonate.toml']],
  ['lint-v1', ['lint', 'broken.toml']],
  ['rules-v1', ['rules']],
  ['explain-v1', ['explain']],
  ['explain-v1', ['explain', '401']],
  ['explain-v1', ['explain', 'sdk', 'ts']],
  ['explain-v1', ['explain', 'RA101']],
  ['explain-v1', ['explain', 'TOKEN']],
  ['completion-v1', ['completion', 'bash']],
  ['mint-batch-v1', ['mint', '--batch', 'batch.csv', '--out', 'tokens.jsonl']],
])('%s holds what %j prints', async (name, args) => {
  const argv = [...args.map((word) => (word === 'TOKEN' ? token : word)), '--json']
  const separator = argv.indexOf('--')
  // What stands behind -- is the server's.
  if (separator !== -1) argv.splice(separator, 0, argv.pop() ?? '')
  const { stdout } = await run(argv, { cwd })
  const document: unknown = JSON.parse(stdout)
  expect(document).toMatchObject({ schema: expect.stringMatching(/^resonate-auth\/[a-z-]+\/v1$/) })
  expect(breaches(name, document)).toEqual([])
})

test.each([[['mint']], [['verify', 'a.b.c', '--publickey', 'nowhere']], [['mnit']]])(
  'error-v1 holds what %j prints on standard error',
  async (args) => {
    const { stderr } = await run([...args, '--json'], { cwd })
    expect(breaches('error-v1', JSON.parse(stderr))).toEqual([])
  },
)

interface TokenRow {
  readonly id: string
  readonly token: string | null
  readonly at: number
  readonly server: object
}

test('verify-input-v1 and verify-line-v1 hold every recorded token and its answer, and a broken line', async () => {
  const rows = readRows<TokenRow>('rust-0.9/tokens.jsonl')
  const lines = rows.map(({ id, token: text, at, server }) => ({ id, token: text, at, ...server }))
  const { stdout } = await run(['verify', '--jsonl'], {
    cwd: VECTORS,
    stdin: `${toLines(lines)}x\n`,
  })
  expect(lines.flatMap((line) => breaches('verify-input-v1', line))).toEqual([])
  expect(fromLines(stdout).flatMap((line) => breaches('verify-line-v1', line))).toEqual([])
})

test('can-input-v1 and can-line-v1 hold every recorded operation and its decision', async () => {
  const rows = readRows<{ id: string; claims: unknown; kind: string; data: unknown }>(
    'rust-0.9/authz.jsonl',
  )
  const lines = rows.map(({ id, claims, kind, data }) => ({ id, claims, kind, data }))
  const { stdout } = await run(['can', '--jsonl'], { cwd: VECTORS, stdin: toLines(lines) })
  expect(lines.flatMap((line) => breaches('can-input-v1', line))).toEqual([])
  expect(fromLines(stdout).flatMap((line) => breaches('can-line-v1', line))).toEqual([])
})

test('every document of a command has a schema that refuses a member of another', () => {
  const documents = [...SCHEMAS.keys()].filter(
    (name) => name.endsWith('-v1') && !/^(?:settings|baseline)|-(?:line|input)-/.test(name),
  )
  expect(
    documents.filter((name) => breaches(name, { schema: 'resonate-auth/x/v1' }).length === 0),
  ).toEqual([])
  expect(documents.length).toBeGreaterThan(15)
})
