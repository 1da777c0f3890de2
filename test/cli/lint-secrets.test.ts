import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PRIVATE_PEM, PUBLIC_PEM, quiet } from '../../src/lint/samples.ts'
import { folder, run } from './run.ts'

const CANARY = 'canary-S3cr3t-9f8e7d6c5b4a-0a1b2c3d'
/** A secret that the server takes for a number, and repeats in its message. */
const DIGITS = '90817263545'
const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJjYW5hcnkiOjkwODE3MjYzfQ.c2lnbmF0dXJlLWNhbmFyeQ'
const KEY_BODY = 'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp'

const PUSH = '[transports.http_push.auth]\nmode = "bearer"\n'

interface Case {
  readonly toml?: string
  readonly env?: string
  readonly flags?: readonly string[]
  readonly secret?: string
}

const CASES: Readonly<Record<string, Case>> = {
  'a token in the file': { toml: quiet(`${PUSH}token = "${CANARY}"\n`) },
  'a token in a literal string': { toml: quiet(`${PUSH}token = '${CANARY}'\n`) },
  'a token of several lines': { toml: quiet(`${PUSH}token = """\n${CANARY}\n"""\n`) },
  'a token with an escape': { toml: quiet(`${PUSH}token = "${CANARY}\\u0007"\n`) },
  'a token without its closing quote': { toml: quiet(`${PUSH}token = "${CANARY}\n`) },
  'a token without quotes': { toml: quiet(`${PUSH}token = ${CANARY}\n`) },
  'an unterminated token of several lines': { toml: quiet(`${PUSH}token = """\n${CANARY}\n`) },
  'a token of the wrong type': { toml: quiet(`${PUSH}token = ["${CANARY}"]\n`) },
  'a token in an inline table': {
    toml: quiet(`[transports.http_push]\nauth = { mode = "bearer", token = "${CANARY}" }\n`),
  },
  'a token in gcp mode': {
    toml: quiet(`[transports.http_push.auth]\nmode = "gcp"\ntoken = "${CANARY}"\n`),
  },
  'a token with Bearer before it': { toml: quiet(`${PUSH}token = "Bearer ${CANARY}"\n`) },
  'a token under an unknown key': { toml: quiet(`[push]\nsecret_token = "${CANARY}"\n`) },
  'a password under an unknown key': { toml: quiet(`[x]\npassword = "${CANARY}"\n`) },
  'a token in a comment': { toml: quiet(`# token = ${CANARY}\n[x]\ny = 1\n`) },
  'a password in an origin': {
    toml: quiet(`[server.cors]\nallow_origins = ["https://u:${CANARY}@app.example.com/"]\n`),
  },
  'a password in an origin that is no list': {
    toml: quiet(`[server.cors]\nallow_origins = "https://u:${CANARY}@app.example.com"\n`),
  },
  'a token for the origins': {
    toml: quiet(`[server.cors]\nallow_origins = "${JWT}"\n`),
    secret: JWT.slice(-20),
  },
  'the end of a token in an origin that is cut': {
    toml: quiet(
      `[server.cors]\nallow_origins = ["https://${'app.'.repeat(20)}example.com/${JWT}"]\n`,
    ),
    secret: JWT.slice(-20),
  },
  'a token as the name of a key': { toml: `${quiet()}"${CANARY}" = 1\n` },
  'a token as a whole table': {
    toml: quiet(`[transports.http_push]\nauth = "${JWT}"\n`),
    secret: JWT,
  },
  'a database password': {
    toml: quiet(
      `[storage]\ntype = "postgres"\n\n[storage.postgres]\nurl = "postgres://u:${CANARY}@db/x"\n`,
    ),
  },
  'a database password in a broken file': {
    toml: quiet(`[storage.postgres]\nurl = "postgres://u:${CANARY}@db/x\n`),
  },
  'a private key as a public one': {
    toml: quiet().replace('"public.pem"', JSON.stringify(PRIVATE_PEM)),
    secret: KEY_BODY,
  },
  'a token variable': {
    toml: quiet(),
    env: `RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN=${CANARY}`,
  },
  'a token variable that is a number': {
    toml: quiet(),
    env: `RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN=${DIGITS}`,
    secret: DIGITS,
  },
  'a token variable that is a list': {
    toml: quiet(),
    env: `RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN=[${CANARY}]`,
  },
  'a misspelt token variable': { toml: quiet(), env: `RESONATE_PUSH_TOKEN=${CANARY}` },
  "the SDK's token": { toml: quiet(), env: `RESONATE_TOKEN=${JWT}`, secret: JWT },
  'a scalar for a table': {
    toml: quiet(),
    env: `RESONATE_TRANSPORTS__HTTP_PUSH__AUTH=${JWT}`,
    secret: JWT,
  },
  'a private key variable': {
    toml: quiet(),
    env: `RESONATE_AUTH__PUBLICKEY=-----BEGIN PRIVATE KEY-----${KEY_BODY}-----END PRIVATE KEY-----`,
    secret: KEY_BODY,
  },
  'a token flag': {
    toml: quiet(),
    flags: [
      '--transports-http-push-auth-mode',
      'bearer',
      '--transports-http-push-auth-token',
      CANARY,
    ],
  },
  'a token flag with an equals sign': {
    toml: quiet(),
    flags: [`--transports-http-push-auth-token=${CANARY}`],
  },
  'a token flag the server does not know': { toml: quiet(), flags: [`--token=${CANARY}`] },
  'a database flag': {
    toml: quiet(),
    flags: ['--storage-postgres-url', `postgres://u:${CANARY}@db/x`],
  },
}

const RUNS: readonly (readonly string[])[] = [
  ...['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson'].map(
    (format) => ['--format', format],
  ),
  ['--diff'],
  ['--fix=unsafe', '--diff'],
  ['--baseline', 'baseline.json', '--baseline-write'],
  ['--profile', 'audit', '--report', 'sarif=out.sarif', '--report', 'junit=out.xml'],
]

test.each(Object.entries(CASES))(
  '%s never leaves',
  async (_, { toml = quiet(), env, flags = [], secret = CANARY }) => {
    const leaks: string[] = []
    for (const argv of RUNS) {
      const { path, remove } = folder({
        'public.pem': PUBLIC_PEM,
        'resonate.toml': toml,
        'server.env': `${env ?? ''}\n`,
      })
      try {
        const { stdout, stderr } = await run(
          [
            'lint',
            ...argv,
            ...(env === undefined ? [] : ['--env-file', 'server.env']),
            '--',
            'serve',
            ...flags,
          ],
          { cwd: path, env: { GITHUB_ACTIONS: argv.includes('text') ? 'true' : '' } },
        )
        const written = readdirSync(path)
          .filter((name) => !['resonate.toml', 'server.env', 'public.pem'].includes(name))
          .map((name) => readFileSync(join(path, name), 'utf8'))
        if ([stdout, stderr, ...written].some((text) => text.includes(secret)))
          leaks.push(argv.join(' '))
      } finally {
        remove()
      }
    }
    expect(leaks).toEqual([])
  },
)
