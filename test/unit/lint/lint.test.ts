import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EVERYTHING_DEFAULT, selectRules } from '../../../src/lint/lint.ts'
import { RULES } from '../../../src/lint/rules/index.ts'
import { QUIET } from '../../../src/lint/samples.ts'
import { runSample } from '../../lint/sample-facts.ts'

const WORDS = [
  'auth',
  'server',
  'cors',
  'allow_origins',
  'publickey',
  'iss',
  'transports',
  'http_push',
  'token',
  'mode',
  'level',
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  ' = ',
  '.',
  ',',
  '"',
  "'",
  '"""',
  '\n',
  '\r\n',
  '#',
  '\\',
  '\u0000',
  '\u001b',
  'é',
  '😀',
  '\ufeff',
  '"none"',
  '"*"',
  '"bearer"',
  'true',
  '1',
  '-',
  '1e999',
  '# resonate-auth: ignore[RA101] -- x\n',
  '__proto__',
  'constructor',
  '"a/"',
  'resonate-auth:',
  '-----BEGIN PUBLIC KEY-----',
]

test('nothing that can be written into the file, a variable or a flag makes the linter throw', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }),
      fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }),
      fc.array(
        fc.constantFrom(
          '--auth-aud',
          '--debug',
          '--server-cors-allow-origin',
          'x',
          '',
          '--',
          '-x',
          '*',
        ),
        { maxLength: 4 },
      ),
      async (toml, value, flags) => {
        const { diagnostics } = await runSample(
          {
            files: { 'resonate.toml': toml.join(''), 'public.pem': value.join('') },
            variables: {
              RESONATE_AUTH__PUBLICKEY: value.join(''),
              RESONATE_SERVER: value.join(''),
            },
            arguments: flags,
            tokens: [value.join('')],
          },
          undefined,
          { profile: 'audit' },
        )
        expect(Array.isArray(diagnostics)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

test('deep nesting and long values are no trouble', async () => {
  for (const toml of [
    `a = ${'['.repeat(20_000)}`,
    `${'a.'.repeat(20_000)}b = 1`,
    `a = "${'x'.repeat(200_000)}"`,
    `[server.cors]\nallow_origins = [${'"https://a/",'.repeat(5000)}]`,
    '# resonate-auth: ignore[RA101] -- x\n'.repeat(2000),
  ]) {
    const { diagnostics } = await runSample({ files: { 'resonate.toml': toml } })
    expect(diagnostics.length).toBeGreaterThan(0)
  }
})

const ids = (
  selection: Partial<typeof EVERYTHING_DEFAULT>,
  target = 'resonate@0.9',
): readonly string[] =>
  selectRules(RULES, target, { ...EVERYTHING_DEFAULT, ...selection }).map(({ id }) => id)

test('each profile holds the rules of the one before it', () => {
  const [some, more, all] = (['default', 'pedantic', 'audit'] as const).map((profile) =>
    ids({ profile }),
  )
  expect(more).toEqual(expect.arrayContaining([...(some ?? [])]))
  expect(all).toEqual(expect.arrayContaining([...(more ?? [])]))
  expect(all?.length).toBeGreaterThan(some?.length ?? 0)
})

test('--only runs a rule of any profile, --skip and off leave one out', () => {
  expect(ids({ only: new Set(['RA405']) })).toEqual(['RA405'])
  expect(ids({ skip: new Set(['auth-absent']) })).not.toContain('RA102')
  expect(ids({ severities: new Map([['RA102', 'off']]) })).not.toContain('RA102')
})

test('rules about the Go server are not run for the Rust server, nor the other way round', () => {
  expect(ids({}).filter((id) => id.startsWith('RA8'))).toEqual([])
  expect(ids({}, 'resonate-go@0.8')).not.toContain('RA102')
})

test('an empty token on the command line is no secret that others see', async () => {
  const given = async (token: string): Promise<readonly string[]> => {
    const { diagnostics } = await runSample({
      files: { 'resonate.toml': QUIET },
      arguments: [
        '--transports-http-push-auth-mode',
        'bearer',
        '--transports-http-push-auth-token',
        token,
      ],
    })
    return diagnostics.map(({ rule }) => rule.id)
  }
  expect(await given('a-random-text')).toContain('RA702')
  expect(await given('')).not.toContain('RA702')
})

test.each([
  ['RESONATE_AUTH__ISS', 'RESONATE_AUTH.iss', true],
  ['RESONATE_AUTH__ISS', 'RESONATE__AUTH__ISS', false],
  // The server drops both: neither sets a key.
  ['RESONATE_AUTH____ISS', 'resonate_auth____iss', false],
])('%s and %s set the same key: %s', async (one, other, same) => {
  const { diagnostics } = await runSample({
    files: { 'resonate.toml': QUIET },
    variables: { [one]: 'a', [other]: 'b' },
  })
  expect(diagnostics.some(({ rule }) => rule.id === 'RA508')).toBe(same)
})
