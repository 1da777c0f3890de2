import { expect, test } from 'vitest'
import { LOCAL, NO_METRICS, QUIET, quiet, UNSIGNED, unsigned } from '../../src/lint/samples.ts'
import { type Input, runSample } from './sample-facts.ts'

const SAFE = { 'resonate.toml': QUIET }

/** Forms of the public documentation, guides and examples that the server refuses or ignores, and who says so. */
const FORMS: readonly (readonly [string, Input, string])[] = [
  [
    'origins as a plain text in a variable (security page)',
    { files: SAFE, variables: { RESONATE_SERVER__CORS__ALLOW_ORIGINS: 'https://app.example.com' } },
    'RA003',
  ],
  [
    'any origin, said to allow credentials (security page)',
    { files: { 'resonate.toml': quiet('[server.cors]\nallow_origins = ["*"]\n') } },
    'RA202',
  ],
  [
    'the plural of the origin flag (defaults page)',
    { files: SAFE, arguments: ['--server-cors-allow-origins', 'https://app.example.com'] },
    'RA006',
  ],
  [
    'a flag named after its key (defaults page)',
    { files: SAFE, arguments: ['--transports-http-push-auth-audience', 'https://worker'] },
    'RA006',
  ],
  [
    'a push token by flag without the mode flag (security page)',
    {
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      arguments: ['--transports-http-push-auth-token', 'a-random-text'],
    },
    'RA501',
  ],
  [
    'the key file by another name, said to stop the start (troubleshooting page)',
    { files: { 'resonate.toml': `${LOCAL}\n${NO_METRICS}\n[Auth]\npublickey = "public.pem"\n` } },
    'RA103',
  ],
  [
    'metrics on an interface of their own (production page)',
    {
      files: {
        'resonate.toml': QUIET.replace(
          'metrics_port = 0',
          'metrics_port = 0\nmetrics_bind = "127.0.0.1"',
        ),
      },
    },
    'RA013',
  ],
  ['a server without auth (Cloud Run page)', { files: { 'resonate.toml': NO_METRICS } }, 'RA102'],
  [
    'the variable of an install script (deployment skill)',
    {
      files: { 'resonate.toml': `${LOCAL}\n${NO_METRICS}` },
      variables: { RESONATE_PUBLIC_KEY: 'public.pem' },
    },
    'RA103',
  ],
  [
    'the switch of an install script (deployment skill)',
    { files: SAFE, variables: { RESONATE_AUTH_ENABLED: 'true' } },
    'RA011',
  ],
  [
    "the client's token as the server's (old guide)",
    { files: SAFE, variables: { RESONATE_TOKEN: '0123456789abcdef' } },
    'RA011',
  ],
  [
    'a flag of the Go server (token-auth example)',
    { files: SAFE, arguments: ['--api-auth-public-key', 'public.pem'] },
    'RA006',
  ],
  [
    'users of the Go server (old security page)',
    { files: SAFE, arguments: ['--api-http-auth', 'u=p'] },
    'RA006',
  ],
  [
    'keys of the Go server (old security page)',
    { files: { 'resonate.toml': quiet('[api.http]\ntoken = "x"\n') } },
    'RA018',
  ],
  [
    'the folder of bash scripts (run-server page)',
    { files: { 'resonate.toml': quiet('[transports.bash_exec]\nroot_dir = "/srv"\n') } },
    'RA015',
  ],
  [
    'the whole header as push token (security page)',
    {
      files: SAFE,
      variables: {
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__MODE: 'bearer',
        RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'Bearer a-random-text',
      },
    },
    'RA310',
  ],
  [
    'the plugin layout on a server of 0.9 (0.10 README)',
    {
      files: { 'resonate.toml': quiet('[gateways.gateway_http.auth]\npublickey = "public.pem"\n') },
    },
    'RA018',
  ],
  [
    'a token without claims (token-auth skill)',
    { files: { 'resonate.toml': UNSIGNED }, tokens: [unsigned('{}')] },
    'RA603',
  ],
  [
    'a token without expiry (token-auth example)',
    { files: { 'resonate.toml': UNSIGNED }, tokens: [unsigned('{"prefix":"a:"}')] },
    'RA603',
  ],
  [
    'a token with expiry and nothing else (deployment skill)',
    { files: { 'resonate.toml': UNSIGNED }, tokens: [unsigned('{"exp":4102444800}')] },
    'RA613',
  ],
  [
    "an identity provider's token with one audience (token-auth skill)",
    {
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"prefix":"a:","aud":"x"}')],
    },
    'RA602',
  ],
  [
    'an unsigned token with alg none (comments of the server)',
    {
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800}', '{"alg":"none"}')],
    },
    'RA607',
  ],
  [
    'a prefix beside the role admin (development README)',
    {
      files: { 'resonate.toml': UNSIGNED },
      tokens: [unsigned('{"exp":4102444800,"role":"admin","prefix":"a:"}')],
    },
    'RA614',
  ],
]

/** Forms of the public documentation that work, with what is rightly said of them. */
const WORKING: readonly (readonly [string, Input, readonly string[]])[] = [
  [
    'origins as repeated flags (defaults page)',
    {
      files: SAFE,
      arguments: [
        '--server-cors-allow-origin',
        'https://app.example.com',
        '--server-cors-allow-origin',
        'https://admin.example.com',
      ],
    },
    [],
  ],
  [
    'origins as a list in a variable',
    {
      files: SAFE,
      variables: {
        RESONATE_SERVER__CORS__ALLOW_ORIGINS:
          '["https://app.example.com","https://admin.example.com"]',
      },
    },
    [],
  ],
  [
    'the mode in the file, the push token in a variable (security page)',
    {
      files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "bearer"\n') },
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: 'a-random-text' },
    },
    [],
  ],
  [
    'push auth by flags (security page)',
    {
      files: SAFE,
      arguments: [
        '--transports-http-push-auth-mode',
        'bearer',
        '--transports-http-push-auth-token',
        'a-random-text',
      ],
    },
    ['RA702'],
  ],
  [
    'ID tokens for each target (security page)',
    { files: { 'resonate.toml': quiet('[transports.http_push.auth]\nmode = "gcp"\n') } },
    [],
  ],
  [
    'Postgres by variables (deployment page)',
    {
      files: SAFE,
      variables: {
        RESONATE_STORAGE__TYPE: 'postgres',
        RESONATE_STORAGE__POSTGRES__URL: 'postgres://u:p@localhost:5432/resonate',
      },
    },
    [],
  ],
]

test.each(WORKING)('%s has no more than its warnings', async (_, input, ids) => {
  const { diagnostics } = await runSample(input)
  expect(diagnostics.map(({ rule }) => rule.id)).toEqual(ids)
})

test.each(FORMS)('%s is reported', async (_, input, id) => {
  const { diagnostics } = await runSample(input)
  expect(diagnostics.map(({ rule }) => rule.id)).toContain(id)
})
