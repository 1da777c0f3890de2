import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { readEntry, walkEntries } from '../../src/docs/entry.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { SCHEMAS } from '../../src/report/schema/index.ts'
import { fromLines, readRows, toLines, VECTORS } from '../vectors/rows.ts'
import { folder, run } from './run.ts'

const ajv = new Ajv({ strict: true })
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
  'server.env': 'RESONATE_AUTH__AUD=y\nRESONATE_AUHT__AUD=z\nRESONATE_SERVER__PORT=x\n',
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
  ['explain-v1', ['explain', 'schema']],
  ['explain-v1', ['explain', 'schema', 'verify']],
  ['explain-v1', ['explain', '--target', 'resonate-go@0.8']],
  ['explain-v1', ['explain', '--target', 'resonate-go@0.7']],
  ['explain-v1', ['explain', '--target', 'resonate@0.10-plugins']],
  ['decode-v1', ['decode', '--claim', 'absent', 'TOKEN']],
  ['decode-v1', ['decode', 'a.b']],
  ['verify-v1', ['verify', 'TOKEN', '--publickey', 'none']],
  ['verify-v1', ['verify', 'TOKEN', '--publickey', 'batch.csv']],
  ['verify-v1', ['verify', 'TOKEN', '--publickey', 'public.pem', '--at', '2040-01-01']],
  ['verify-v1', ['verify', 'TOKEN', '--config', 'broken.toml']],
  ['can-v1', ['can', 'promise.get', 'a.1', '--claims', '{"role":"admin"}']],
  ['answer-v1', ['answer', '--path', '/poll/a/b', '--auth-off', '--header', 'origin: x']],
  ['answer-v1', ['answer', '--target', 'resonate-go@0.8', '--auth-off', '--path', '/promises/a']],
  ['export-v1', ['export', 'TOKEN', '--format', 'env', '--out', 'env.sh', '--force']],
  ['keygen-v1', ['keygen', '--out', '-', '--type', 'ec']],
  ['key-public-v1', ['key', 'public', 'private.pem', '--out', 'half.pem', '--force']],
  ['key-convert-v1', ['key', 'convert', 'public.pem', '--to', 'spki-der']],
  ['key-match-v1', ['key', 'match', 'k.pem', 'public.pem']],
  ['rules-v1', ['rules', '--area', 'cors']],
  ['lint-diff-v1', ['lint', 'resonate.toml', '--diff', '--fix', 'unsafe']],
  ['lint-baseline-v1', ['lint', 'resonate.toml', '--baseline-write', '--baseline', 'b.json']],
  ['lint-v1', ['lint', 'resonate.toml', '--baseline', 'b.json', '--profile', 'audit']],
  ['lint-v1', ['lint', 'resonate.toml', '--env-file', 'server.env', '--', '--auth-aud', 'x']],
  ['config-v1', ['config', 'resonate.toml', '--env-file', 'server.env', '--', '--auth-aud', 'x']],
  ['completion-v1', ['completion', 'powershell']],
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

interface RequestRow {
  readonly id: string
  readonly at: number
  readonly server: object | null
}

test('answer-input-v1 and answer-line-v1 hold every recorded request and its answer', async () => {
  const rows = ['envelope', 'poll'].flatMap((name) =>
    readRows<RequestRow>(`rust-0.9/${name}.jsonl`),
  )
  const lines = rows.map(({ id, at, server, ...request }) => ({ id, at, server, request }))
  const { stdout } = await run(['answer', '--jsonl'], { cwd: VECTORS, stdin: toLines(lines) })
  expect(lines.flatMap((line) => breaches('answer-input-v1', line))).toEqual([])
  expect(fromLines(stdout).flatMap((line) => breaches('answer-line-v1', line))).toEqual([])
})

/** Lines that are odd, and whether an input schema takes them just as the command does. */
const ODD = [
  '{}',
  '[]',
  'x',
  '{"id":null}',
  '{"id":[1],"token":null}',
  '{"id":7,"token":5}',
  '{"token":"a.b.c","publickey":7}',
  '{"token":"a.b.c","at":1.5}',
  '{"token":"a.b.c","at":"now"}',
  '{"token":"a.b.c","data":{}}',
  '{"token":"a.b.c","kind":null,"data":null}',
  '{"token":"a.b.c","kind":"promise.get","data":null}',
  '{"token":"a.b.c","target":"resonate@0.10"}',
  '{"token":"a.b.c","target":"resonate@0.9.3"}',
  '{"token":"a.b.c","target":"resonate@9"}',
  '{"token":"a.b.c","target":null}',
  '{"token":"a.b.c","claims":{}}',
  '{"claims":"x","kind":"promise.get"}',
  '{"request":{}}',
  '{"request":null}',
  '{"request":{"method":5}}',
  '{"request":{"headers":[["a"]]}}',
  '{"request":{"headers":[["a","b"]]}}',
  '{"request":{"headers":{"a":["b","c"],"d":"e"}}}',
  '{"request":{"headers":{"a":5}}}',
  '{"request":{"body":"a","body_base64":"YQ=="}}',
  '{"request":{"body":"a","body_base64":null}}',
  '{"request":{"body_parts":[["a",2],["b",0]]}}',
  '{"request":{"body_parts":[["a",-1]]}}',
  '{"server":{"allow_origins":"x"},"request":{}}',
  '{"server":{"allow_origins":["x"],"debug":true,"publickey":"none"},"request":{}}',
  '{"server":5,"request":{}}',
]

test.each(['verify', 'can', 'answer'])(
  '%s answers odd lines as its schemas say, and an input it refuses is no input',
  async (command) => {
    const { stdout } = await run([command, '--jsonl'], { cwd, stdin: `${ODD.join('\n')}\n` })
    const answers = fromLines<{ readonly error?: string; readonly line?: number }>(stdout)
    expect(answers.length).toBe(ODD.length)
    expect(answers.flatMap((line) => breaches(`${command}-line-v1`, line))).toEqual([])
    const unlike = ODD.filter((line, at) => {
      const refused = answers[at]?.line !== undefined
      return (
        refused === (parsed(line) && breaches(`${command}-input-v1`, JSON.parse(line)).length === 0)
      )
    })
    expect(unlike).toEqual([])
  },
)

function parsed(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

test.each([
  '{"id":"a","prefix":"a."}',
  '{"id":1,"role":"admin","exp":"7d"}',
  '{"prefix":"a.","aud":["x","y"],"exp":1795352400}',
  '{"prefix":null,"all-ids":true}',
  '{"no-prefix":true,"no-iat":true,"no-jti":true}',
  '{"prefix":"a.","claim.team":"blue","claim-json.level":3}',
  '{"prefix":"a.","jti":"one","kid":"two"}',
])('mint-input-v1 and mint-line-v1 hold row %s and its token', async (row) => {
  const { status, stdout } = await run(['mint', '--batch', '-', '--json'], { cwd, stdin: row })
  expect(status).toBe(0)
  expect(breaches('mint-input-v1', JSON.parse(row))).toEqual([])
  expect(fromLines(stdout).flatMap((line) => breaches('mint-line-v1', line))).toEqual([])
})

test.each([
  '{"prefix":5}',
  '{"prefix":"a.","all-ids":"yes"}',
  '{"prefix":"a.","aud":[5]}',
  '{"prefix":"a.","exp":-1}',
  '{"prefix":"a.","claim.team":5}',
  '{"prefix":"a.","team":"blue"}',
  '[]',
])('mint-input-v1 refuses row %s as the command does, whose error is error-v1', async (row) => {
  const { status, stderr } = await run(['mint', '--batch', '-', '--json', '--quiet'], {
    cwd,
    stdin: row,
  })
  expect(status).toBe(3)
  expect(breaches('mint-input-v1', JSON.parse(row))).not.toEqual([])
  expect(fromLines(stderr).flatMap((line) => breaches('error-v1', line))).toEqual([])
})

test('key-v1 holds what is said of every recorded key file', async () => {
  const wrong: unknown[] = []
  for (const name of readdirSync(join(VECTORS, 'keys'))) {
    const { stdout, stderr } = await run(['key', 'inspect', join('keys', name), '--json'], {
      cwd: VECTORS,
    })
    const found =
      stdout === ''
        ? breaches('error-v1', JSON.parse(stderr))
        : breaches('key-v1', JSON.parse(stdout))
    if (found.length > 0) wrong.push([name, found])
  }
  expect(wrong).toEqual([])
})

interface ConfigRow {
  readonly id: string
  readonly toml: string | null
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
}

test('config-v1 and lint-v1 hold what is said of recorded configurations', async () => {
  const rows = readRows<ConfigRow>('rust-0.9/configs.jsonl').filter((_, at) => at % 8 === 0)
  const wrong: unknown[] = []
  for (const { id, toml, env, args } of rows)
    for (const command of ['config', 'lint']) {
      const { stdout, stderr } = await run(
        [command, '-', '--env', '--json', '--', 'serve', ...args],
        { cwd, env, stdin: toml ?? '' },
      )
      const found =
        stdout === ''
          ? breaches('error-v1', JSON.parse(stderr.trim().split('\n').at(-1) ?? ''))
          : breaches(`${command}-v1`, JSON.parse(stdout))
      if (found.length > 0) wrong.push([command, id, found])
    }
  expect(wrong).toEqual([])
})

test('baseline-v1 holds the baseline that lint writes', async () => {
  await run(['lint', 'resonate.toml', '--baseline-write', '--baseline', 'written.json'], { cwd })
  const written: unknown = JSON.parse(readFileSync(join(cwd, 'written.json'), 'utf8'))
  expect(written).toMatchObject({ entries: expect.arrayContaining([expect.anything()]) })
  expect(breaches('baseline-v1', written)).toEqual([])
})

/** The schema of a command is named after it; key inspect has that of key. */
test('every command of the tree has a schema', async () => {
  const tree = readEntry(await program(createEdge(nodeHost())))
  const commands = [...walkEntries(tree)].filter(
    ({ path, commands: below }) => path.length > 0 && below.length === 0,
  )
  const names = commands.map(({ path }) => `${path.join('-').replace('key-inspect', 'key')}-v1`)
  expect(names.filter((name) => !SCHEMAS.has(name))).toEqual([])
})

test.each([['verify'], ['resonate-auth/verify/v1'], ['verify-v1.json']])(
  'explain schema %s prints the published file',
  async (name) => {
    const { status, stdout } = await run(['explain', 'schema', name])
    expect({ status, document: JSON.parse(stdout) }).toEqual({
      status: 0,
      document: readSchema('verify-v1'),
    })
  },
)

test('an unknown schema is a usage error', async () => {
  expect(await run(['explain', 'schema', 'nope'])).toMatchObject({ status: 2, stdout: '' })
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
