import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Cmd } from '../../src/cli/command.ts'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { folder, isStartable, NOW, run } from './run.ts'

/** Stands in every secret of the folder; it may leave the program nowhere. */
const CANARY = 'canary0secret0canary'

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
}
const KINDS = Object.keys(pairs) as readonly (keyof typeof pairs)[]

const work = folder({
  ...Object.fromEntries(
    KINDS.flatMap((kind) => [
      [`${kind}.pem`, pairs[kind].privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
      [`${kind}.pub.pem`, pairs[kind].publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ]),
  ),
  'secret.toml': `[transports.http_push.auth]\nmode = "bearer"\ntoken = "${CANARY}"\n[storage.postgres]\nurl = "postgres://u:${CANARY}@h/d"\n`,
  'broken.toml': `[transports.http_push.auth]\ntoken = "${CANARY}\n`,
  'prod.env': `RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN=${CANARY}\nRESONATE_PORT=${CANARY}\n`,
  'compose.yaml': `services:\n  resonate:\n    image: resonate\n    command: serve --transports-http-push-auth-token ${CANARY}\n    environment:\n      RESONATE_STORAGE__POSTGRES__URL: postgres://u:${CANARY}@h/d\n`,
  'passphrase.txt': `${CANARY}\n`,
  'private.pem': `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----\n`,
})
afterAll(work.remove)
const cwd = work.path

interface Line {
  readonly words: readonly string[]
  readonly options: readonly { readonly flag: string; readonly valued: boolean }[]
}

/** Every command of the tree with its options. */
async function listLines(): Promise<readonly Line[]> {
  const walk = (command: Cmd, words: readonly string[]): readonly Line[] => [
    {
      words,
      options: command.options.map(({ long, required, optional }) => ({
        flag: long ?? '',
        valued: required || optional,
      })),
    },
    // The tree holds our own class alone.
    ...command.commands.flatMap((child) => walk(child as Cmd, [...words, child.name()])),
  ]
  return walk(await program(createEdge(nodeHost())), [])
}

const HELP = { flag: '--help', valued: false }

const HOSTILE = [
  '',
  '-',
  '--',
  '.',
  '@',
  '@secret.toml',
  'secret.toml',
  'broken.toml',
  'ed25519.pem',
  'nowhere/x',
  '\u0000',
  '{"a":1}',
  '[[[[',
  '1e999',
  '-1',
  '9'.repeat(30),
  'none',
  'resonate-go@0.8',
  'eyJhbGciOiJFZERTQSJ9.e30.AAAA',
  '__proto__',
  'ü\u202e\u009b',
]

test('nothing that can be typed crashes: a status of the table, one document under --json, no product on failure', async () => {
  // Writing keys and files is the product of these; they are tried elsewhere.
  const lines = (await listLines()).filter(({ words }) => words[0] !== 'keygen')
  const word = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 12 }))
  const typed = fc.constantFrom(...lines).chain(({ words, options }) =>
    fc
      .array(
        fc.oneof(
          fc
            .constantFrom(...options, HELP)
            .chain(({ flag, valued }) =>
              valued
                ? word.map((value): readonly string[] => [flag, value])
                : fc.constant<readonly string[]>([flag]),
            ),
          word.map((value): readonly string[] => [value]),
        ),
        { maxLength: 5 },
      )
      .map((parts): readonly string[] => [...words, ...parts.flat()])
      .filter(isStartable)
      // Nothing is written into the folder, and nobody asks for the secrets by name.
      .filter(
        (argv) =>
          !argv.some(
            (text) =>
              /^--(?:out|public-out|out-dir|report|fix|baseline|write|spool|show-secrets)/.test(
                text,
              ) || text === '-o',
          ),
      ),
  )
  await fc.assert(
    fc.asyncProperty(
      typed,
      fc.oneof(fc.string(), fc.constantFrom('{}\n', '{"token":1}\nx\n')),
      async (argv, stdin) => {
        const { status, stdout, stderr } = await run(argv, { cwd, stdin })
        expect([0, 1, 2, 3]).toContain(status)
        expect(stderr).not.toContain('this is a bug')
        if (status === 2 && !argv.includes('--jsonl')) expect(stdout).toBe('')
        expect(stdout + stderr).not.toContain(CANARY)
      },
    ),
    { numRuns: 400 },
  )
})

test('what is minted is what is decoded, and its own server accepts it with every kind of key', async () => {
  const name = fc
    .string({ minLength: 1 })
    .filter(
      (text) =>
        !['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'role', 'prefix'].includes(text) &&
        !text.includes('='),
    )
  const claims = fc.dictionary(name, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
  await fc.assert(
    fc.asyncProperty(
      claims,
      fc.string(),
      fc.constantFrom(...KINDS),
      fc.option(fc.string()),
      async (extra, prefix, kind, aud) => {
        const argv = ['mint', '--key', `${kind}.pem`, `--prefix=${prefix}`, '--quiet', '--no-jti']
        for (const [key, value] of Object.entries(extra))
          argv.push(`--claim-json=${key}=${JSON.stringify(value)}`)
        if (aud !== null) argv.push(`--aud=${aud}`)
        const minted = await run(argv, { cwd })
        expect(minted.status).toBe(0)
        const decoded = await run(['decode', '--json'], { cwd, stdin: minted.stdout })
        const { members } = JSON.parse(decoded.stdout).payload
        const expected = {
          exp: NOW + 3600,
          iat: NOW,
          prefix,
          ...(aud !== null && { aud: [aud] }),
          ...JSON.parse(JSON.stringify(extra)),
        }
        expect(members).toEqual(expected)
        const verify = [
          'verify',
          '--quiet',
          '--publickey',
          `${kind}.pub.pem`,
          ...(aud === null ? [] : [`--aud=${aud}`]),
        ]
        expect((await run(verify, { cwd, stdin: minted.stdout })).status).toBe(0)
      },
    ),
    { numRuns: 60 },
  )
})

test('the order of claims changes no verdict', async () => {
  const claim = fc.constantFrom(
    '"exp":4102444800',
    '"prefix":"a."',
    '"role":"admin"',
    '"role":5',
    '"aud":"x"',
    '"aud":["x"]',
    '"iss":"i"',
    '"x":[1]',
    '"nbf":{}',
    '"sub":"s"',
  )
  const claims = fc.uniqueArray(claim, { selector: (text) => text.split(':')[0], maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      claims.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
      ),
      async ([list, shuffled]) => {
        const decide = (members: readonly string[]): ReturnType<typeof run> =>
          run(['can', 'promise.get', 'a.1', '--claims', `{${members.join(',')}}`, '--json'])
        const [first, second] = [await decide(list), await decide(shuffled)]
        expect([second.status, JSON.parse(second.stdout).authenticated]).toEqual([
          first.status,
          JSON.parse(first.stdout).authenticated,
        ])
      },
    ),
    { numRuns: 100 },
  )
})

test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
  ['lint', ['lint', 'secret.toml'], {}],
  ['lint as JSON', ['lint', 'secret.toml', '--format', 'json'], {}],
  ['lint of a broken file', ['lint', 'broken.toml'], {}],
  ['config', ['config', 'secret.toml'], {}],
  ['config of a broken file', ['config', 'broken.toml'], {}],
  ['config as JSON', ['config', 'secret.toml', '--json'], {}],
  ['verify by a broken file', ['verify', 'a.b.c', '--config', 'broken.toml'], {}],
  ['can by a broken file', ['can', 'promise.get', 'a', 'ey.a.b', '--config', 'broken.toml'], {}],
  [
    'answer by a broken file',
    ['answer', '--method', 'GET', '--path', '/poll/a/b', '--config', 'broken.toml'],
    {},
  ],
  ['mint by a broken file', ['mint', '--all-ids', '--config', 'broken.toml'], {}],
  ['an env file', ['config', 'secret.toml', '--env-file', 'prod.env'], {}],
  ['the environment', ['config', '--env'], { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: CANARY }],
  [
    'a variable of the wrong type',
    ['lint', '--env'],
    { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH: CANARY },
  ],
  [
    'flags',
    [
      'config',
      '--',
      'serve',
      '--transports-http-push-auth-mode',
      'bearer',
      '--transports-http-push-auth-token',
      CANARY,
    ],
    {},
  ],
  ['compose', ['lint', '--compose', 'compose.yaml'], {}],
  ['a broken private key', ['mint', '--prefix', 'a.', '--key', 'private.pem'], {}],
  ['a key from a variable', ['mint', '--prefix', 'a.'], { RAUTH_KEY: CANARY }],
  [
    'a passphrase file',
    ['mint', '--prefix', 'a.', '--key', 'private.pem', '--passphrase-file', 'passphrase.txt'],
    {},
  ],
  ['an opaque token', ['decode', CANARY], {}],
  ['a private key as a public one', ['verify', 'a.b.c', '--publickey', 'private.pem'], {}],
])('%s never shows a secret, not even when asked to debug', async (_, argv, env) => {
  const { stdout, stderr } = await run(argv, { cwd, env: { ...env, RAUTH_DEBUG: '1' } })
  expect(stdout + stderr).not.toContain(CANARY)
  expect(stdout + stderr).not.toBe('')
})
