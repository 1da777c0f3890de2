import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import fc from 'fast-check'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { nodeFiles } from '../../src/host/node-files.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { PRIVATE_PEM, PUBLIC_PEM, RSA_PEM, unsigned } from '../../src/lint/samples.ts'
import { folder, isStartable, NOW, type RunResult, run } from './run.ts'

/** What somebody starts: the arguments, what is piped in, and the files and variables that are there. */
export interface Scenario {
  readonly argv: readonly string[]
  readonly stdin: string | Uint8Array
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly env: Readonly<Record<string, string>>
}

const vector = (name: string): Buffer => readFileSync(resolve('test/vectors/keys', name))

const TOKEN = unsigned(`{"exp":${NOW + 600},"prefix":"worker-1.","aud":["a"],"iss":"i"}`)

const RSA_KEY = vector('h-rsa2048.pem')

/** The folder that every scenario starts in; the names stand in the values of options too. */
export const FIXTURES: Readonly<Record<string, string | Uint8Array>> = {
  'private.pem': PRIVATE_PEM,
  'public.pem': PUBLIC_PEM,
  'rsa.pem': RSA_KEY,
  'rsa.pub.pem': RSA_PEM,
  'ec.pem': vector('h-p256.pem'),
  'ec.pub.pem': vector('h-p384.pub.pem'),
  'encrypted.pem': vector('h-rsa2048.encrypted.pem'),
  'infinity.pem': vector('k-ec-p256-infinity.pem'),
  'openssh.pem': vector('h-rsa2048.openssh.pem'),
  'certificate.pem': vector('h-rsa2048.cert.pem'),
  'public.der': vector('h-rsa2048.pub.der'),
  'key.jwk.json': vector('h-rsa2048.jwk.json'),
  'keys.jwks.json': vector('h-rsa2048.jwks.json'),
  'worker.jwt': `${TOKEN}\n`,
  'resonate.toml': `[auth]
publickey = "public.pem"
iss = "i"

[server]
cors_allow_origins = ["https://app.example.com"]

[storage]
type = "postgres"

[transports.http_push.auth]
mode = "bearer"
token = "t"
`,
  'resonate.yaml':
    'api:\n  auth:\n    publickey: rsa.pub.pem\n  http:\n    cors: { allowOrigins: [a] }\n',
  'compose.yaml': `services:
  server:
    image: resonatehqio/resonate:0.9.8
    command: [serve, --auth-publickey, /keys/public.pem]
    environment: { RESONATE_AUTH__ISS: "\${ISS:-i}" }
    env_file: server.env
    volumes: [./public.pem:/keys/public.pem:ro]
`,
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: server }
spec:
  template:
    spec:
      containers:
        - name: server
          image: resonatehqio/resonate:0.9.8
          args: [serve]
          env: [{ name: RESONATE_AUTH__PUBLICKEY, value: public.pem }]
`,
  'server.service':
    '[Service]\nEnvironment=RESONATE_AUTH__ISS=i\nExecStart=/bin/resonate serve --auth-aud a\n',
  Dockerfile:
    'FROM resonatehqio/resonate:0.9.8\nCOPY public.pem /\nENV RESONATE_AUTH__AUD=a\nCMD ["serve"]\n',
  'server.env': 'RESONATE_AUTH__AUD=a\nRESONATE_SERVER__PORT="8001"\n',
  'rows.csv': 'id,prefix,exp\nw1,worker-1.,7d\nw2,worker-2.,15m\n',
  'rows.jsonl': '{"id":"w1","prefix":"worker-1."}\n',
  'questions.jsonl': `{"token":"${TOKEN}","kind":"promise.get","id":"worker-1.x","path":"/"}\n`,
  'request.http': `POST / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n{"kind":"promise.get","head":{},"data":{"id":"a"}}`,
  'settings.json':
    '{"target":"resonate@0.9","rules":{"RA101":"warning"},"policy":{"maxTtl":"30d"}}',
  'baseline.json': '{"version":1,"entries":[]}',
  'claims.json': '{"a":{"b":[1,2.5,"c"]}}',
  passphrase: 'secret\n',
  empty: '',
  binary: Uint8Array.of(0, 255, 254, 0, 239, 187, 191, 10, 13, 0),
}

/** Texts that have broken readers of command lines before. */
const HOSTILE = [
  '',
  ' ',
  '\0',
  '-',
  '--',
  '@',
  '@-',
  '=',
  '/',
  '.',
  '%',
  '%s',
  '\\',
  '"',
  "'",
  '`',
  '$(id)',
  '*',
  '#',
  '\n',
  '\r\n',
  '\t',
  '\u{feff}',
  '\u{202e}',
  '\u{1b}[2J',
  '\u{1f511}',
  '\u{d800}',
  '\u{7f}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'none',
  'true',
  'NaN',
  'Infinity',
  '-1',
  '0',
  '1',
  '1e400',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '3600',
  '15m',
  '1h30m',
  'P1DT2H',
  '-5m',
  '7d',
  '999999999999w',
  '2026-12-31T00:00:00Z',
  '2026-02-30',
  '+275760-09-13T00:00:00Z',
  'a=b',
  '=b',
  'a={}',
  'exp=1',
  'exp="x"',
  '__proto__={}',
  'a=[[[[',
  '{}',
  '[]',
  '"x"',
  '{"id":"a"}',
  '{"exp":1e999}',
  '{"__proto__":{"x":1}}',
  '{"a":1,"a":2}',
  'promise.get',
  'task.acquire',
  'schedule.create',
  'worker-1.x',
  'admin',
  'ADMIN',
  'http://a',
  'https://app.example.com',
  'https://[::1]:8001',
  'null',
  'file:///etc',
  'Authorization: Bearer x',
  'a: b',
  ': b',
  'no colon',
  'GET',
  '/poll/workers/w1',
  '//',
  '/%zz',
  '?',
  '/..',
  'curl -X POST localhost:8001 -d @claims.json',
  'curl',
  'curl "',
  "curl -H 'A: B' --json {} http://a",
  'wget x',
  'resonate@0.9',
  'resonate@0.10',
  'resonate@0.10-plugins',
  'resonate-go@0.8',
  'resonate-go@0.7',
  'resonate@9',
  'resonate@0.9.3',
  'compose.yaml#server',
  'compose.yaml#',
  '#server',
  'deployment.yaml#server/server',
  'Dockerfile#0',
  'missing.pem',
  'directory',
  'loop',
  'dangling',
  'directory/missing',
  'missing/file',
  `${'n'.repeat(300)}`,
  '[',
  'auth.publickey',
  'RA101',
  'RA999',
  'auth',
  'cors',
  'json=r.json',
  'sarif=r.sarif',
  'json=',
  'x=y',
  '401',
  'sdk ts',
  'Ed25519',
  'x'.repeat(5000),
  'eyJhbGciOiJub25lIn0.e30.',
  'a.b.c',
  '..',
  TOKEN,
  `Bearer ${TOKEN}`,
  'unsafe',
  'safe',
  'expired',
  'HS256',
  'EdDSA',
  'RS256',
  'ES256',
  'jwk',
  'pkcs8',
  'spki',
  'ed25519',
  'rsa',
  'ec',
  '2048',
] as const

const SERVER_ARGUMENTS = [
  'serve',
  'resonate',
  'dev',
  '--auth-publickey',
  'public.pem',
  '--auth-publickey=none',
  '--auth-iss',
  '--auth-aud=a',
  '--server-port',
  '--server-port=8001',
  '--config',
  'resonate.toml',
  '--help',
  '--version',
  '-h',
  '-',
  '--',
  '--debug',
  '--api-auth-publickey',
  '--no-such',
] as const

/** A command that does something itself, and the words that lead to it. */
interface Leaf {
  readonly path: readonly string[]
  readonly options: readonly Option[]
}

function leavesOf(command: Command, path: readonly string[] = []): readonly Leaf[] {
  const below = command.commands.flatMap((each) => leavesOf(each, [...path, each.name()]))
  const help = new Option('-h, --help', '')
  return [...(path.length === 0 ? [] : [{ path, options: [...command.options, help] }]), ...below]
}

/** Every command of the tree. */
export const LEAVES = leavesOf(await program(createEdge(nodeHost())))

const bytes = fc.uint8Array({ maxLength: 64 })

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(FIXTURES)) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(FIXTURES)).map((name) => `@${name}`) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)

/** Values that fit, by the placeholder that the option's flags show. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  '<server>': [
    'resonate@0.9',
    'resonate@0.10',
    'resonate@0.10-plugins',
    'resonate-go@0.8',
    'resonate-go@0.7',
    'resonate@0.9.3',
  ],
  '<when>': ['15m', '7d', '2026-12-31T00:00:00Z', '-1h'],
  '<instant>': ['2026-12-31T00:00:00Z', '1795348800'],
  '<json>': ['{"id":"worker-1.x"}', '[]', '{"prefix":"worker-1."}', '{"exp":1e999}'],
  '<name=json>': ['a={}', 'exp=1', 'prefix=[1]'],
  '<name=text>': ['a=b', 'exp=x'],
  '<number>': ['0', '3', '2048'],
  '<format=file>': ['json=r.json', 'sarif=r.sarif'],
  '<line>': ['Authorization: Bearer x', 'a: b'],
  '<line|->': [
    'curl -X POST localhost:8001 -d @claims.json',
    '-',
    "curl -H 'A: B' --json {} http://a",
  ],
  '<method>': ['GET', 'POST', 'OPTIONS'],
  '<path>': ['/', '/poll/workers/w1', '/%zz?a=b'],
  '<url>': ['http://a', 'https://[::1]:8001'],
  '<origin>': ['https://app.example.com', 'null'],
  '<rule>': ['RA101', 'RA202'],
  '<key>': ['auth.publickey', 'server.port'],
  '<prefix>': ['worker-1.', ''],
  '<role>': ['admin', 'worker'],
  '<kind>': ['promise.get', 'task.acquire'],
  '<file#service>': ['compose.yaml', 'compose.yaml#server'],
  '<file#container>': ['deployment.yaml', 'deployment.yaml#server'],
  '<unit>': ['server.service'],
  '<file#stage>': ['Dockerfile', 'Dockerfile#0'],
  '<file|none>': ['public.pem', 'none', 'rsa.pub.pem', 'ec.pub.pem', 'private.pem'],
  '<directory>': ['directory', 'new-directory'],
  '<text|@file>': ['{"kind":"promise.get","data":{"id":"x"}}', '@claims.json'],
}

/** Files that fit, by the option. */
const FITTING_FILES: Readonly<Record<string, readonly string[]>> = {
  '--config': ['resonate.toml', 'resonate.yaml', '-'],
  '--env-file': ['server.env'],
  '--settings': ['settings.json', 'resonate.toml'],
  '--baseline': ['baseline.json', 'new.json'],
  '--key': ['private.pem', 'rsa.pem', 'ec.pem', 'openssh.pem', 'key.jwk.json', '-'],
  '--batch': ['rows.csv', 'rows.jsonl', '-'],
  '--claims': ['@claims.json', '-'],
  '--out': ['out', '-', 'worker.jwt'],
  '--public-out': ['public.out', '-'],
  '--passphrase-file': ['passphrase'],
  '--new-passphrase-file': ['passphrase'],
}

/** Operands that fit, by the command. */
const OPERANDS: Readonly<Record<string, readonly string[]>> = {
  decode: ['@worker.jwt', TOKEN],
  verify: ['@worker.jwt', TOKEN, '-'],
  can: ['promise.get', 'worker-1.x', '@worker.jwt', 'task.acquire'],
  export: ['@worker.jwt', TOKEN],
  key: [
    'private.pem',
    'rsa.pem',
    'ec.pem',
    'public.pem',
    'public.der',
    'key.jwk.json',
    'keys.jwks.json',
    'openssh.pem',
    'certificate.pem',
    'encrypted.pem',
    'infinity.pem',
    '-',
  ],
  config: ['resonate.toml', 'resonate.yaml', '-'],
  lint: ['resonate.toml', 'resonate.yaml', '-'],
  explain: ['expired', '401', 'sdk', 'go', 'RA101', TOKEN, '-'],
  completion: ['bash', 'zsh', 'fish', 'powershell'],
}

const COMMON = new Set([
  '--json',
  '--quiet',
  '--no-input',
  '--no-color',
  '--settings',
  '--no-settings',
  '--help',
])

function fitting(option: Option): readonly string[] {
  const placeholder = /[<[].*$/.exec(option.flags)?.[0] ?? ''
  return option.argChoices ?? FITTING_FILES[option.long ?? ''] ?? FITTING[placeholder] ?? []
}

function wordsOf(option: Option): fc.Arbitrary<readonly string[]> {
  const flag =
    option.short !== undefined && option.long === undefined ? option.short : (option.long ?? '')
  if (!option.required && !option.optional) return fc.constant([flag])
  const known = fitting(option)
  const value =
    known.length === 0 ? word : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...known) }, word)
  return fc.oneof(
    { weight: 36, arbitrary: value.map((text) => [flag, text]) },
    { weight: 4, arbitrary: value.map((text) => [`${flag}=${text}`]) },
    { weight: 1, arbitrary: fc.constant([flag]) },
  )
}

/** A command line made of the real commands and options, right and wrong. */
export function argvOf(leaves: readonly Leaf[]): fc.Arbitrary<readonly string[]> {
  return fc.constantFrom(...leaves).chain(({ path, options }) => {
    const isCommon = ({ long }: Option): boolean => COMMON.has(long ?? '')
    const ownOptions = options.filter((option) => !isCommon(option))
    const option = fc.oneof(
      {
        weight: 5,
        arbitrary: fc
          .constantFrom(...(ownOptions.length === 0 ? options : ownOptions))
          .chain(wordsOf),
      },
      { weight: 1, arbitrary: fc.constantFrom(...options.filter(isCommon)).chain(wordsOf) },
    )
    const operands = OPERANDS[path[0] ?? '']
    const operand = (
      operands === undefined
        ? word
        : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...operands) }, word)
    ).map((text) => [text])
    const own = fc.array(
      operands === undefined
        ? fc.oneof({ weight: 20, arbitrary: option }, operand)
        : fc.oneof(option, operand),
      { maxLength: 6 },
    )
    const server = fc.array(fc.oneof(fc.constantFrom(...SERVER_ARGUMENTS), word), { maxLength: 4 })
    return fc
      .tuple(own, fc.option(server, { freq: 3, nil: undefined }))
      .map(([words, after]) => [
        ...path,
        ...words.flat(),
        ...(after === undefined ? [] : ['--', ...after]),
      ])
  })
}

/** A file's content with some bytes changed, or something else altogether. */
function spoilt(content: string | Uint8Array): fc.Arbitrary<Uint8Array> {
  const whole = Buffer.from(content)
  const splice = fc.record({
    at: fc.nat(whole.length),
    drop: fc.nat(8),
    put: fc.oneof(
      bytes,
      fc.constantFrom(...HOSTILE).map((text) => Buffer.from(text)),
    ),
  })
  return fc
    .array(splice, { minLength: 1, maxLength: 3 })
    .map((splices) =>
      splices.reduce<Uint8Array>(
        (text, { at, drop, put }) =>
          Buffer.concat([text.subarray(0, at), put, text.subarray(at + drop)]),
        whole,
      ),
    )
}

const names = Object.keys(FIXTURES)

const files = fc
  .array(
    fc
      .constantFrom(...names)
      .chain((name) => spoilt(FIXTURES[name] ?? '').map((text) => [name, text] as const)),
    { maxLength: 3 },
  )
  .map((entries) => Object.fromEntries(entries))

const stdin = fc.oneof(
  fc.constant(''),
  bytes,
  fc.constantFrom(...names).map((name) => FIXTURES[name] ?? ''),
  fc.constantFrom(...names).chain((name) => spoilt(FIXTURES[name] ?? '')),
)

const variable = fc.constantFrom(
  'RAUTH_KEY',
  'RESONATE_AUTH__PUBLICKEY',
  'RESONATE_SERVER__PORT',
  'ISS',
  'CI',
  'NO_COLOR',
  'FORCE_COLOR',
  'TERM',
  'private.pem',
  '-',
)

const env = fc.dictionary(
  variable,
  fc.oneof(word, fc.constant(PRIVATE_PEM)).map((text) => text.replaceAll('\0', '')),
  { maxKeys: 2 },
)

/** What somebody could start, with the commands of `leaves`. */
export function scenarios(leaves: readonly Leaf[] = LEAVES): fc.Arbitrary<Scenario> {
  return fc.record({ argv: argvOf(leaves).filter(isStartable), stdin, files, env })
}

/** A folder with the fixtures, in which scenarios are played one after the other. */
export class Playground {
  readonly #place = folder()
  readonly #cwd = join(this.#place.path, 'work')
  readonly #times = new Map<string, number>()

  constructor() {
    mkdirSync(this.#cwd)
    this.#restore({})
  }

  /** Runs `argv` where the files of `scenario` stand in for the fixtures. */
  async play({ stdin, files, env }: Scenario, argv: readonly string[]): Promise<RunResult> {
    this.#restore(files)
    return run(argv, {
      cwd: this.#cwd,
      stdin,
      env,
      host: {
        // The descriptors of this process are not the program's.
        files: {
          ...nodeFiles(this.#cwd),
          readDescriptor: async () => ({ ok: true, bytes: Buffer.from('secret\n') }),
        },
        generateRsa: async () => RSA_DER,
      },
    })
  }

  remove(): void {
    this.#place.remove()
  }

  /** Puts everything that the last run changed back into its place. */
  #restore(files: Scenario['files']): void {
    const wanted = { ...FIXTURES, ...files }
    for (const name of readdirSync(this.#cwd))
      if (!Object.hasOwn(wanted, name)) rmSync(join(this.#cwd, name), { recursive: true })
    mkdirSync(join(this.#cwd, 'directory'))
    symlinkSync('loop', join(this.#cwd, 'loop'))
    symlinkSync('missing', join(this.#cwd, 'dangling'))
    for (const [name, text] of Object.entries(wanted)) {
      const path = join(this.#cwd, name)
      const known = this.#times.get(name)
      if (known !== undefined && lstatSync(path, { throwIfNoEntry: false })?.mtimeMs === known)
        continue
      rmSync(path, { recursive: true, force: true })
      writeFileSync(path, text)
      if (Object.hasOwn(files, name)) this.#times.delete(name)
      else this.#times.set(name, lstatSync(path).mtimeMs)
    }
  }
}

const RSA_DER = Buffer.from(RSA_KEY.toString().replaceAll(/-----.*-----|\s/g, ''), 'base64')
