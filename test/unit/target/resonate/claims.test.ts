import { expect, test } from 'vitest'
import { authenticate, readClaims } from '../../../../src/target/resonate/authenticate.ts'

const AT = 1_795_377_192

function errorOf(payload: Buffer): string | undefined {
  const outcome = readClaims(payload, { key: 'none' }, AT)
  return outcome.authenticated ? 'accepted' : outcome.log?.error
}

// What the server 0.9.8 logged; texts are bytes, so that broken UTF-8 can be written.
test.each([
  ['{"role":1}', 'JSON error: invalid type: integer `1`, expected a string at line 1 column 9'],
  [
    '{"role":-0}',
    'JSON error: invalid type: floating point `-0.0`, expected a string at line 1 column 10',
  ],
  [
    '{"role":9007199254740993}',
    'JSON error: invalid type: integer `9007199254740993`, expected a string at line 1 column 24',
  ],
  ['{"role":1e400}', 'JSON error: number out of range at line 1 column 13'],
  ['{"role":01}', 'JSON error: invalid number at line 1 column 10'],
  ['{"role":1.}', 'JSON error: invalid number at line 1 column 11'],
  ['{"role":nul}', 'JSON error: expected ident at line 1 column 12'],
  ['{"role":tru', 'JSON error: EOF while parsing a value at line 1 column 11'],
  ['{"role" :{ }}', 'JSON error: invalid type: map, expected a string at line 1 column 9'],
  ['{"role":"a\\u0041\\n","role":2}', 'JSON error: duplicate field `role` at line 1 column 26'],
  ['{"role":"\\ud83d\\ude00"}', 'Missing required claim: exp'],
  ['{"role":"\\ud83d"}', 'JSON error: unexpected end of hex escape at line 1 column 16'],
  ['{"role":"\\ude00"}', 'JSON error: lone leading surrogate in hex escape at line 1 column 15'],
  ['{"role":"\\u12"}', 'JSON error: invalid escape at line 1 column 15'],
  [
    '{"role":"a\nb"}',
    'JSON error: control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0',
  ],
  ['{"role":"\xff"}', 'JSON error: invalid unicode code point at line 1 column 11'],
  ['{"x":"\xff"}', 'Missing required claim: exp'],
  ['{"x":"\\ud800"}', 'Missing required claim: exp'],
  ['{"aud":""}', 'JSON error: invalid type: string "", expected a sequence at line 1 column 9'],
  ['{"aud":["a",]}', 'JSON error: trailing comma at line 1 column 13'],
  ['{"exp":1,}', 'JSON error: trailing comma at line 1 column 10'],
  ['{"exp" 1}', 'JSON error: expected `:` at line 1 column 8'],
  ['{"x":[1,]}', 'JSON error: expected value at line 1 column 9'],
  ['{"x":{"a":1,}}', 'JSON error: key must be a string at line 1 column 13'],
  ['{"exp":[1]}', 'JSON error: expected `,` or `}` at line 1 column 9'],
  ['{"exp":[]}', 'Missing required claim: exp'],
  ['{"nbf":{"a":1}}', 'JSON error: expected `,` or `}` at line 1 column 9'],
  ['{"sub":[]}', 'JSON error: expected `,` or `}` at line 1 column 8'],
  ['{"sub":"\\ud800"}', 'Missing required claim: exp'],
  ['{"sub":"\\ud800x"}', 'JSON error: expected `,` or `}` at line 1 column 16'],
  [
    '["r"]',
    'JSON error: invalid length 1, expected struct Claims with 4 elements at line 1 column 5',
  ],
  [
    '[null,null,null,null]',
    'JSON error: invalid length 4, expected struct ClaimsForValidation with 5 elements at line 1 column 21',
  ],
  ['7', 'JSON error: invalid type: integer `7`, expected struct Claims at line 1 column 1'],
  ['', 'JSON error: EOF while parsing a value at line 1 column 0'],
  ['{} x', 'JSON error: trailing characters at line 1 column 4'],
  [
    '{"prefix":{"$serde_json::private::RawValue":"[1"}}',
    'JSON error: EOF while parsing a list at line 1 column 2',
  ],
])('the claims %j are read as the server reads them', (text, expected) => {
  expect(errorOf(Buffer.from(text, 'latin1'))).toBe(expected)
})

test.each([
  ['{"sub":{}}', 'sub-unreadable', 'sub'],
  ['{"nbf":[1]}', 'nbf-unreadable', 'nbf'],
  ['{"exp":{"a":1}}', 'exp-unreadable', 'exp'],
  ['{"exp":"4102444800"}', 'exp-type', 'exp'],
  ['{"exp":-1}', 'exp-range', 'exp'],
  ['{"exp":null}', 'missing-exp', 'exp'],
  ['{"aud":"x"}', 'string-aud', 'aud'],
  ['{"aud":[1]}', 'aud-type', 'aud'],
  ['{"iss":[]}', 'iss-type', 'iss'],
  ['{"role":{}}', 'role-type', 'role'],
  [`{"prefix":${'['.repeat(127)}`, 'too-deep', 'prefix'],
  ['{"prefix":1e400}', 'number-out-of-range', 'prefix'],
  ['{"role":"\\ud800"}', 'broken-text', 'role'],
  ['{"exp":1,"exp":1}', 'repeated-claim', 'exp'],
  ['[]', 'payload-not-object', undefined],
  ['{"x":}', 'payload-not-json', undefined],
])('%s is refused for %s', (text, reason, claim) => {
  const outcome = readClaims(Buffer.from(text), { key: 'none' }, AT)
  expect(outcome).toMatchObject({ authenticated: false, reason })
  expect('claim' in outcome ? outcome.claim : undefined).toBe(claim)
})

test.each([
  [AT - 60, 'accepted'],
  [AT - 61, 'ExpiredSignature'],
  [`${AT - 61}.5`, 'accepted'],
  [`${AT - 61}.4`, 'ExpiredSignature'],
  ['18446744073709551615', 'accepted'],
  ['18446744073709551616', 'Missing required claim: exp'],
  ['-0', 'ExpiredSignature'],
])('exp %s is judged to the second, 60 s late at most', (exp, expected) => {
  expect(errorOf(Buffer.from(`{"exp":${exp}}`))).toBe(expected)
})

test('the name of raw JSON makes a prefix of a map, as on the server', () => {
  const payload = '{"exp":4102444800,"prefix":{"$serde_json::private::RawValue":"\\"team-a:\\""}}'
  expect(readClaims(Buffer.from(payload), { key: 'none' }, AT)).toMatchObject({
    authority: { prefix: { kind: 'text', text: 'team-a:' } },
  })
})

test('no bytes make the judge throw, and its checks always name what failed', () => {
  for (const text of [
    '',
    '.',
    '..',
    'a.b.c',
    '\0',
    'Bearer a.b.c',
    `${'.'.repeat(9)}`,
    'e30.e30.',
    '🦀.🦀.🦀',
  ]) {
    const outcome = authenticate(Buffer.from(text), { key: 'none' }, AT)
    expect(outcome.authenticated).toBe(false)
    expect(outcome.checks.filter(({ state }) => state === 'fail')).toHaveLength(1)
  }
})
