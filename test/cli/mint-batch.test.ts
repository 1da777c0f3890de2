import { spawnSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { nodeHost } from '../../src/host/node-host.ts'
import { PROGRAM } from './program.ts'
import { folder, NOW, type RunOptions, type RunResult, run } from './run.ts'

/** RFC 8037 A.1 as PKCS#8. */
const PRIVATE =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n'

const PUBLIC = createPublicKey(PRIVATE)

const made: { remove: () => void }[] = []
afterAll(() => {
  for (const { remove } of made) remove()
})

interface Batch extends RunResult {
  readonly path: string
  readonly records: readonly Readonly<Record<string, unknown>>[]
}

/** Runs `mint --batch` over `rows` in a new folder with the key and `files`. */
async function mintFile(
  rows: string | Uint8Array,
  argv: readonly string[] = [],
  options: RunOptions & {
    readonly name?: string
    readonly files?: Readonly<Record<string, string>>
  } = {},
): Promise<Batch> {
  const { name = 'batch.csv', files = {} } = options
  const { path, remove } = folder({ ...files, 'private.pem': { text: PRIVATE, mode: 0o600 } })
  made.push({ remove })
  writeFileSync(join(path, name), rows)
  return mintAgain(path, ['--batch', name, ...argv], options)
}

async function mintAgain(
  path: string,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Batch> {
  const result = await run(['mint', ...argv], { ...options, cwd: path })
  return { ...result, path, records: argv.includes('--json') ? [] : recordsOf(result.stdout) }
}

function recordsOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

function claimsOf(token: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString())
}

function isSigned(token: unknown): boolean {
  const text = String(token)
  const [signature = ''] = text.split('.').slice(2)
  const input = Buffer.from(text.slice(0, text.lastIndexOf('.')))
  return verify(null, input, PUBLIC, Buffer.from(signature, 'base64url'))
}

test('each row of a CSV file becomes one signed token, in order, with its id', async () => {
  const { status, records, stderr } = await mintFile(
    'id,prefix,exp,sub\nw1,worker-1.,15m,a\nw2,worker-2.,2026-12-01,\n',
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'resonate-auth: minted 2 tokens\n' })
  expect(records.map(({ id }) => id)).toEqual(['w1', 'w2'])
  expect(records.map(({ token }) => isSigned(token))).toEqual([true, true])
  expect(records.map(({ token, exp, jti }) => [claimsOf(token), exp, jti])).toEqual([
    [
      { sub: 'a', exp: NOW + 900, iat: NOW, jti: records[0]?.['jti'], prefix: 'worker-1.' },
      NOW + 900,
      expect.stringMatching(/^[\w-]{22}$/),
    ],
    [
      { exp: 1_796_083_200, iat: NOW, jti: records[1]?.['jti'], prefix: 'worker-2.' },
      1_796_083_200,
      expect.stringMatching(/^[\w-]{22}$/),
    ],
  ])
})

test.each([
  ['CRLF', 'id,prefix\r\na,a.\r\nb,b.\r\n'],
  ['a byte order mark', '\u{feff}id,prefix\na,a.\nb,b.\n'],
  ['a byte order mark before a quote', '\u{feff}"id",prefix\na,a.\nb,b.\n'],
  ['no final line end', 'id,prefix\na,a.\nb,b.'],
  ['empty lines', '\nid,prefix\n\na,a.\n\n\nb,b.\n\n'],
  ['quotes', '"id","prefix"\n"a","a."\n"b","b."\n'],
])('a CSV file with %s reads the same', async (_name, rows) => {
  const { status, records } = await mintFile(rows)
  expect(status).toBe(0)
  expect(records.map(({ id, token }) => [id, claimsOf(token)['prefix']])).toEqual([
    ['a', 'a.'],
    ['b', 'b.'],
  ])
})

test('quoted fields keep commas, quotes and line ends, and later rows their line numbers', async () => {
  const fine = await mintFile('id,prefix,claim.note\na,"a,""b"".","two\r\nlines"\n')
  expect(claimsOf(fine.records[0]?.['token'])).toMatchObject({
    prefix: 'a,"b".',
    note: 'two\r\nlines',
  })
  const wrong = await mintFile('id,prefix,claim.note\na,a.,"two\nlines"\nb,b.,x,y\n')
  expect(wrong.stderr).toContain('batch.csv: line 4: 4 fields where the header has 3')
})

test('JSON Lines say the same with types', async () => {
  const { status, records } = await mintFile(
    [
      '{"id":7,"prefix":"","exp":1796083200,"aud":["x","y"],"no-jti":true,"sub":null}',
      '{"id":"b","role":"admin","claim.team":"blue","claim-json.big":18446744073709551617,"kid":"k"}',
    ].join('\n'),
    [],
    { name: 'batch.jsonl' },
  )
  expect(status).toBe(0)
  expect(claimsOf(records[0]?.['token'])).toEqual({
    aud: ['x', 'y'],
    exp: 1_796_083_200,
    iat: NOW,
    prefix: '',
  })
  const [header = '', payload = ''] = String(records[1]?.['token'])
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
  expect(JSON.parse(header)).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: 'k' })
  expect(payload).toMatch(/"role":"admin","team":"blue","big":18446744073709551617}$/)
})

test('the form is seen by itself, on standard input too', async () => {
  const csv = await mintFile('id,prefix\na,a.\n', [], { name: 'rows' })
  const json = await mintFile(' \n{"id":"a","prefix":"a."}\n', [], { name: 'rows' })
  const piped = await mintAgain(json.path, ['--batch', '-'], { stdin: '{"prefix":"a."}\n' })
  expect([csv, json, piped].map(({ status, records }) => [status, records[0]?.['id']])).toEqual([
    [0, 'a'],
    [0, 'a'],
    [0, 1],
  ])
})

test('flags hold for all rows; audiences come from several columns', async () => {
  const { records } = await mintFile('id,prefix,aud,aud\na,a.,x,y\nb,b.,,y\n', [
    '--iss',
    'me',
    '--claim-json',
    'n=1',
    '--no-iat',
    '--no-jti',
    '--exp',
    '1d',
  ])
  expect(records.map(({ token }) => claimsOf(token))).toEqual([
    { iss: 'me', aud: ['x', 'y'], exp: NOW + 86_400, prefix: 'a.', n: 1 },
    { iss: 'me', aud: ['y'], exp: NOW + 86_400, prefix: 'b.', n: 1 },
  ])
  expect(records.map(({ jti }) => jti)).toEqual([undefined, undefined])
})

test.each([
  ['id,prefix,prefix\na,a.,b.\n', 'header: "prefix" is given twice'],
  ['id,prefix,claim.prefix\na,a.,b.\n', 'header: "prefix" is given twice'],
  ['id,prefx\na,a.\n', 'line 1: unknown column "prefx"; did you mean "prefix"?'],
  [
    'id;prefix\na;a.\n',
    'line 1: unknown column "id;prefix"; the fields of a row are separated by commas',
  ],
  ['w1,worker-1.\n', 'line 1: unknown column "w1"; known: id, prefix'],
  ['', 'it is empty'],
  ['\n\n', 'it is empty'],
  ['[{"prefix":"a."}]\n', 'it is a JSON array'],
  ['\u{0}i\u{0}d\u{0}', 'it is no UTF-8 text'],
  ['id,prefix\na,a.,\n', 'line 2: 3 fields where the header has 2'],
  ['id,prefix\na\n', 'line 2: one field where the header has 2'],
  ['id,prefix\na,a."b\n', 'line 2: a quote inside an unquoted field'],
  ['id,prefix\na,"a."b\n', 'line 2: text after a closing quote'],
  ['id,prefix\na,"a.\n', 'line 2: a quoted field that does not end'],
  ['id,prefix\na,a\rb\n', 'line 2: a carriage return inside an unquoted field'],
  ['id,prefix\na,a.\na,b.\n', 'line 3: the id stands in line 2 already'],
  ['id,prefix,jti\na,a.,j\nb,b.,j\n', 'line 3: the jti stands in line 2 already'],
  ['id,prefix\n,a.\n', 'line 2: the id is empty'],
  ['id,prefix\na,\n', 'line 2: nothing says what the token opens'],
  ['id,role\na,operator\n', 'line 2: nothing says what the token opens'],
  ['id,prefix,exp\na,a.,tomorrow\n', 'line 2: "exp" is "tomorrow": expected a duration'],
  ['id,prefix,exp\na,a.,3600\n', 'line 2: "exp" is "3600": a bare number is an instant'],
  ['id,prefix,exp\na,a.,2020-01-01\n', 'line 2: the server would answer 401'],
  ['id,prefix,all-ids\na,a.,true\n', 'line 2: "all-ids" and "prefix" contradict each other'],
  ['id,prefix,no-prefix\na,a.,true\n', 'line 2: "no-prefix" and a prefix contradict each other'],
  ['id,prefix,no-prefix\na,a.,maybe\n', 'line 2: "no-prefix" is neither true nor false'],
  ['id,prefix,jti,no-jti\na,a.,j,true\n', 'line 2: "no-jti" and "jti" contradict each other'],
  ['id,prefix,claim-json.n\na,a.,{\n', 'line 2: "claim-json.n" is not JSON'],
  ['id,claim-json.role\na,7\n', 'line 2: the server would answer 401'],
])('%j is refused before the first token', async (rows, says) => {
  const { status, stdout, stderr, path } = await mintFile(rows, ['--out', 'out.jsonl'])
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain(`batch.csv: ${says}`)
  expect(readdirSync(path).toSorted()).toEqual(['batch.csv', 'private.pem'])
})

test.each([
  ['{"prefix":"a."', 'line 1: not JSON'],
  ['["a"]', 'it is a JSON array'],
  ['7', 'line 1: not a JSON object'],
  ['{"prefix":"a.","prefix":"b."}', 'line 1: "prefix" is given twice'],
  ['{"prfix":"a."}', 'line 1: unknown member "prfix"; did you mean "prefix"?'],
  ['{"prefix":7}', 'line 1: "prefix" is not a string'],
  ['{"prefix":"a.","exp":1.5}', 'line 1: "exp" is not a string and not a whole number'],
  ['{"prefix":"a.","aud":["x",1]}', 'line 1: "aud" holds something that is no string'],
  ['{"all-ids":"true"}', 'line 1: "all-ids" is no boolean'],
  ['{"prefix":"a.","claim.n":1}', 'line 1: "claim.n" is not a string; for other values use'],
  ['{"prefix":"a.\\ud800"}', 'line 1: the server would answer 401'],
  ['{"prefix":"a.","kid":"\\ud800"}', 'line 1: the server would answer 401'],
])('the JSON line %s is refused', async (row, says) => {
  const { status, stdout, stderr } = await mintFile(row, [], { name: 'b.jsonl' })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain(`b.jsonl: ${says}`)
})

test('bytes that are not UTF-8 are refused with their line', async () => {
  const rows = Buffer.concat([
    Buffer.from('id,prefix\na,a.\nb,'),
    Buffer.from([0xe9]),
    Buffer.from('\nc,c.\n'),
  ])
  const { status, stderr } = await mintFile(rows)
  expect(status).toBe(3)
  expect(stderr).toContain('batch.csv: line 3: not UTF-8')
})

test('of many wrong rows the first are told, and how many more there are', async () => {
  const rows = Array.from({ length: 50 }, (_, index) => `w${index},\n`).join('')
  const { status, stderr } = await mintFile(`id,prefix\n${rows}`)
  expect(status).toBe(3)
  expect(stderr).toContain('batch.csv: 50 rows are wrong, nothing was minted')
  expect(stderr.match(/hint: line /g)).toHaveLength(20)
  expect(stderr).toContain('and 30 more')
})

test.each([
  ['CSV', 'id,prefix\na,a.\n', 'b,b.\n'],
  ['JSON Lines', '{"id":"a","prefix":"a."}\n', '{"id":"b","prefix":"b."}\n'],
])(
  'a line of 100 MB in %s is passed over and told, the rows around it are read',
  async (_name, before, after) => {
    const { path } = await mintFile(before)
    async function* pieces(): AsyncGenerator<Buffer> {
      yield Buffer.from(before)
      for (let piece = 0; piece < 1600; piece++) yield Buffer.alloc(64 * 1024, 'x')
      yield Buffer.from(`\n${after}`)
    }
    const { status, records, stderr } = await mintAgain(path, ['--batch', '-'], {
      stdin: pieces(),
    })
    expect(status).toBe(3)
    expect(records.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(stderr).toMatch(/standard input: line [23]: longer than 1048576 bytes/)
  },
)

test('standard input is minted row by row: a wrong one is told and the run goes on', async () => {
  const { path } = await mintFile('id,prefix\n')
  const rows = 'id,prefix\na,a.\na,b.\nc,\nd,d.\n'
  const { status, records, stderr } = await mintAgain(path, ['--batch', '-'], { stdin: rows })
  expect(status).toBe(3)
  expect(records.map(({ id }) => id)).toEqual(['a', 'd'])
  expect(stderr).toContain('error: standard input: line 3: the id stands in line 2 already')
  expect(stderr).toContain('error: standard input: line 4: nothing says what the token opens')
  const spooled = await mintAgain(path, ['--batch', '-', '--spool'], { stdin: rows })
  expect(spooled).toMatchObject({ status: 3, stdout: '' })
  expect(spooled.stderr).toContain('standard input: 2 rows are wrong, nothing was minted')
})

test.each([
  [['--prefix', 'p.'], 'batch.csv has a column "prefix", which --prefix fixes'],
  [['--all-ids'], 'which --all-ids fixes'],
  [['--claim', 'team=red'], 'has a column "team", which --claim fixes'],
  [
    ['--exp', '1d', '--claim-json', 'exp=1'],
    'claim "exp" is given twice, by --exp and --claim-json',
  ],
  [['--out', 'a', '--out-dir', 'b'], '--out and --out-dir both say where the tokens go'],
  [['--resume'], '--resume has nothing to go on with'],
  [['--resume', '--out', 'a', '--force'], '--resume keeps what is there and --force replaces it'],
  [
    ['--resume', '--out', 'a', '--out-format', 'token'],
    '--resume cannot tell whose tokens are there',
  ],
  [['--out-format', 'env'], '--out-format env needs a file for each token'],
])('mint --batch batch.csv %j is a usage error', async (argv, says) => {
  const rows = 'id,prefix,claim.team\na,a.,blue\n'
  const { status, stdout, stderr } = await mintFile(rows, argv)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(says)
})

test('what goes with --batch alone is refused without it', async () => {
  const { path } = await mintFile('')
  const { status, stderr } = await mintAgain(path, ['--prefix', 'a.', '--out-dir', 'x'])
  expect(status).toBe(2)
  expect(stderr).toContain('--out-dir goes with --batch FILE')
})

test('a line of JSON cannot override what a flag fixed', async () => {
  const { status, stderr } = await mintFile('{"prefix":"a."}', ['--sub', 's', '--prefix', 'p'], {
    name: 'b.jsonl',
  })
  expect(status).toBe(2)
  expect(stderr).toContain('line 1 has "prefix", which --prefix fixes')
})

test('--out writes one private file and does not replace it without --force', async () => {
  const rows = 'id,prefix\na,a.\n'
  const first = await mintFile(rows, ['--out', 'out.jsonl'])
  const at = join(first.path, 'out.jsonl')
  const before = readFileSync(at, 'utf8')
  expect([first.stdout, statSync(at).mode & 0o777]).toEqual(['', 0o600])
  expect(recordsOf(before).map(({ id }) => id)).toEqual(['a'])
  const argv = ['--batch', 'batch.csv', '--out', 'out.jsonl']
  const again = await mintAgain(first.path, argv)
  expect(again.status).toBe(3)
  expect(again.stderr).toContain('out.jsonl: already exists, nothing was written')
  expect(readFileSync(at, 'utf8')).toBe(before)
  writeFileSync(join(first.path, 'batch.csv'), `${rows}b,\n`)
  expect((await mintAgain(first.path, [...argv, '--force'])).status).toBe(3)
  expect(readFileSync(at, 'utf8')).toBe(before)
  writeFileSync(join(first.path, 'batch.csv'), `${rows}b,b.\n`)
  expect((await mintAgain(first.path, [...argv, '--force'])).status).toBe(0)
  expect(recordsOf(readFileSync(at, 'utf8')).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(readdirSync(first.path).toSorted()).toEqual(['batch.csv', 'out.jsonl', 'private.pem'])
})

test.each([
  ['', 'w 1', 'w_1.jwt', /^[\w-]+\.[\w-]+\.[\w-]+\n$/],
  ['token', 'münchen:7', 'm_nchen_7.jwt', /^[\w-]+\.[\w-]+\.[\w-]+\n$/],
  ['env', 'a', 'a.env', /^export RESONATE_TOKEN=[\w.-]+\n$/],
  ['dotenv', 'a', 'a.env', /^RESONATE_TOKEN=[\w.-]+\n$/],
  ['jsonl', 'a', 'a.json', /^\{"id":"a","token":"[\w.-]+","jti":"[\w-]+","exp":\d+\}\n$/],
])('--out-dir with --out-format %j writes %j to %s', async (form, id, name, text) => {
  const argv = ['--out-dir', 'out', ...(form === '' ? [] : ['--out-format', form])]
  const { status, stdout, path } = await mintFile(`id,prefix\n"${id}",a.\n`, argv, {
    files: { 'out/.keep': '' },
  })
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  expect(readdirSync(join(path, 'out')).toSorted()).toEqual(['.keep', name])
  expect(readFileSync(join(path, 'out', name), 'utf8')).toMatch(text)
  expect(statSync(join(path, 'out', name)).mode & 0o777).toBe(0o600)
})

test.each([
  ['../a', 'it holds a path separator or a control character'],
  ['a\\b', 'it holds a path separator or a control character'],
  ['"a\nb"', 'it holds a path separator or a control character'],
  ['.bashrc', 'it begins with a dot'],
  ['con', 'Windows keeps that name for a device'],
  ['x'.repeat(201), 'it has more than 200 characters'],
])('the id %j is no file name', async (id, says) => {
  const { status, stderr, path } = await mintFile(
    `id,prefix\na,a.\n${id},a.\n`,
    ['--out-dir', 'out'],
    {
      files: { 'out/.keep': '' },
    },
  )
  expect(status).toBe(3)
  expect(stderr).toContain(says)
  expect(readdirSync(join(path, 'out'))).toEqual(['.keep'])
})

test('two ids for one file, a file that is there and a missing directory are found first', async () => {
  const files = { 'out/b.jwt': 'mine\n' }
  const argv = ['--out-dir', 'out']
  const twins = await mintFile('id,prefix\na b,a.\nA_B,b.\n', argv, { files })
  expect(twins.stderr).toContain('line 3: the token of line 2 goes to A_B.jwt already')
  const there = await mintFile('id,prefix\na,a.\nb,b.\n', argv, { files })
  expect(there.stderr).toContain('line 3: out/b.jwt already exists; go on with --resume')
  expect(readdirSync(join(there.path, 'out'))).toEqual(['b.jwt'])
  const missing = await mintFile('id,prefix\na,a.\n', argv)
  expect([missing.status, missing.stderr]).toEqual([
    3,
    expect.stringContaining('out: no such directory'),
  ])
})

test('--resume goes on behind the last whole token and mints nothing twice', async () => {
  const rows = `id,prefix\n${['a', 'b', 'c', 'd'].map((id) => `${id},${id}.\n`).join('')}`
  const whole = await mintFile(rows, ['--out', 'out.jsonl'])
  const at = join(whole.path, 'out.jsonl')
  const lines = readFileSync(at, 'utf8').split('\n')
  writeFileSync(at, `${lines[0]}\n${lines[1]}\n${lines[2]?.slice(0, 90)}`)
  const argv = ['--batch', 'batch.csv', '--out', 'out.jsonl', '--resume']
  const resumed = await mintAgain(whole.path, argv)
  expect(resumed).toMatchObject({
    status: 0,
    stderr: 'resonate-auth: minted 2 tokens to out.jsonl, 2 were there already\n',
  })
  const records = recordsOf(readFileSync(at, 'utf8'))
  expect(records.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  expect(records.map(({ token }) => isSigned(token))).toEqual([true, true, true, true])
  expect(readFileSync(at, 'utf8').split('\n').slice(0, 2)).toEqual(lines.slice(0, 2))
  const done = readFileSync(at, 'utf8')
  expect((await mintAgain(whole.path, argv)).stderr).toContain('minted 0 tokens')
  expect(readFileSync(at, 'utf8')).toBe(done)
  const piped = ['--batch', '-', '--out', 'out.jsonl', '--resume']
  expect((await mintAgain(whole.path, piped, { stdin: `${rows}e,e.\n` })).stderr).toContain(
    'minted 1 token to out.jsonl, 4 were there already',
  )
})

test('--resume with --out-dir mints the missing and the torn', async () => {
  const rows = 'id,prefix\na,a.\nb,b.\nc,c.\n'
  const files = { 'out/a.jwt': 'whole\n', 'out/b.jwt': 'torn' }
  const { status, stderr, path } = await mintFile(rows, ['--out-dir', 'out', '--resume'], { files })
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: 'resonate-auth: minted 2 tokens to out, 1 were there already\n',
  })
  const read = (name: string): string => readFileSync(join(path, 'out', name), 'utf8').trim()
  expect(read('a.jwt')).toBe('whole')
  expect([isSigned(read('b.jwt')), isSigned(read('c.jwt'))]).toEqual([true, true])
})

test.each([
  ['{"id":"z","token":"t"}\n', 'the output holds 1 token that batch.csv has no rows for'],
  ['eyJ.eyJ.x\n', 'out.jsonl: line 1 is not the output of a batch'],
])('--resume leaves an output alone that is not of this batch: %j', async (text, says) => {
  const { status, stderr, path } = await mintFile(
    'id,prefix\na,a.\n',
    ['--out', 'out.jsonl', '--resume'],
    {
      files: { 'out.jsonl': text },
    },
  )
  expect(status).toBe(3)
  expect(stderr).toContain(says)
  expect(readFileSync(join(path, 'out.jsonl'), 'utf8')).toBe(text)
})

test('--json tells what was done where the tokens go elsewhere', async () => {
  const { stdout } = await mintFile('id,prefix\na,a.\n', ['--out', 'o', '--json', '--quiet'])
  expect(JSON.parse(stdout)).toEqual({
    schema: 'resonate-auth/mint-batch/v1',
    batch: 'batch.csv',
    minted: 1,
    already: 0,
    wrong: 0,
    form: 'jsonl',
    out: 'o',
    outDir: null,
  })
})

test('tokens that open everything or nothing are counted', async () => {
  const { status, stderr } = await mintFile(
    'id,role,all-ids,no-prefix\na,admin,,\nb,,true,\nc,,,true\n',
  )
  expect(status).toBe(0)
  expect(stderr).toContain('warning: 2 tokens open everything')
  expect(stderr).toContain('warning: 1 token opens nothing but /poll')
})

test('the policy of the settings holds for every row', async () => {
  const files = { '.resonate-authrc.json': '{"policy":{"maxLifetime":"1h","forbidAdmin":true}}' }
  const { status, stdout, stderr } = await mintFile('id,prefix,exp\na,a.,\nb,b.,2h\n', [], {
    files,
  })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('line 3: the policy of the settings says that a token may live 60 min')
})

test('a key that the target cannot use stops the batch before its rows are read', async () => {
  const { status, stderr } = await mintFile('id,prefix\na,a.\n', ['--target', 'resonate-go@0.8'])
  expect(status).toBe(3)
  expect(stderr).toContain('resonate-go@0.8')
})

test('progress shows where a terminal watches', async () => {
  const { stderr } = await mintFile('id,prefix\na,a.\n', [], { terminal: { stderr: true } })
  expect(stderr).toContain('checking the rows: 0')
  expect(stderr).toContain('minting: 0 of 1')
})

const MANY = 6000

function manyRows(): string {
  const rows = Array.from(
    { length: MANY },
    (_, index) => `w${index},worker-${index}.,${'n'.repeat(60)}\n`,
  )
  return `id,prefix,claim.note\n${rows.join('')}`
}

test('all cores give what one gives, in the same order', async () => {
  const argv = ['--no-jti', '--out', 'out.jsonl']
  const alone = await mintFile(manyRows(), argv)
  const { workers } = nodeHost(resolve('bin/worker.js'))
  const host = { workers: workers && { ...workers, count: 3 } }
  const together = await mintFile(manyRows(), argv, { host })
  const read = ({ path }: Batch): string => readFileSync(join(path, 'out.jsonl'), 'utf8')
  expect(together.stderr).toBe(`resonate-auth: minted ${MANY} tokens to out.jsonl\n`)
  expect(read(together)).toBe(read(alone))
})

test('a wrong row that another thread finds is told with its line', async () => {
  const { workers } = nodeHost(resolve('bin/worker.js'))
  const host = { workers: workers && { ...workers, count: 2 } }
  const { status, stderr } = await mintFile(`${manyRows()}w1,a.,\nx,,\n`, [], { host })
  expect(status).toBe(3)
  expect(stderr).toContain(`line ${MANY + 2}: the id stands in line 3 already`)
  expect(stderr).toContain(`line ${MANY + 3}: nothing says what the token opens`)
})

const limits = spawnSync('sh', ['-c', 'ulimit -f 8'])

test.skipIf(limits.status !== 0)(
  'a full disk keeps what is whole, and --resume goes on',
  async () => {
    const { path } = await mintFile(manyRows().slice(0, 20_000), ['--out', 'unused'])
    const argv = ['mint', '--batch', 'batch.csv', '--out', 'out.jsonl']
    const full = spawnSync('sh', ['-c', 'ulimit -f 40; exec "$@"', 'sh', ...PROGRAM, ...argv], {
      cwd: path,
      encoding: 'utf8',
      env: {},
    })
    expect(full.status).toBe(3)
    expect(full.stderr).toMatch(/out\.jsonl: /)
  },
)
