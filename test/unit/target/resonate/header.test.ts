import { expect, test } from 'vitest'
import { readHeader } from '../../../../src/target/resonate/header.ts'
import { describeJsonFault } from '../../../../src/token/rust-json.ts'

const NAMES =
  '`HS256`, `HS384`, `HS512`, `ES256`, `ES384`, `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `EdDSA`'

const withJwk = (jwk: string): string => `{"alg":"HS256","jwk":${jwk}}`

// The answers are those of the server 0.9.8 in its unsigned mode: the error it logged, or that it went on.
test.each([
  ['{}', 'missing field `alg` at line 1 column 2'],
  ['{"alg":"none"}', `unknown variant \`none\`, expected one of ${NAMES} at line 1 column 13`],
  ['{"alg":"ES256K"}', `unknown variant \`ES256K\`, expected one of ${NAMES} at line 1 column 15`],
  ['{"alg":5}', 'expected value at line 1 column 8'],
  ['{"alg":{"EdDSA":null}}', 'EdDSA'],
  ['{"alg":{"EdDSA":1}}', 'invalid type: integer `1`, expected unit at line 1 column 17'],
  [
    '{"alg":{"nope":null}}',
    `unknown variant \`nope\`, expected one of ${NAMES} at line 1 column 14`,
  ],
  ['{"alg":{"EdDSA":null,"x":1}}', 'expected value at line 1 column 20'],
  ['{"alg":"HS256","kid":1}', 'invalid type: integer `1`, expected a string at line 1 column 22'],
  ['{"alg":"HS256","kid":null,"kid":null}', 'duplicate field `kid` at line 1 column 31'],
  ['{"alg":"HS256","x5c":[1]}', 'invalid type: integer `1`, expected a string at line 1 column 23'],
  [
    '{"alg":"HS256","x5c":"a"}',
    'invalid type: string "a", expected a sequence at line 1 column 24',
  ],
  ['["JWT","EdDSA",null,null,null,null,null,null,null,null]', 'EdDSA'],
  [
    '["JWT","EdDSA",null,null,null,null,null,null,null]',
    'invalid length 9, expected struct Header with 10 elements at line 1 column 50',
  ],
  [
    '["JWT","EdDSA",null,null,null,null,null,null,null,null,null]',
    'trailing characters at line 1 column 56',
  ],
  ['"x"', 'invalid type: string "x", expected struct Header at line 1 column 3'],
  ['{"alg":"HS256"}{', 'trailing characters at line 1 column 16'],
  [withJwk('[]'), 'invalid type: sequence, expected struct Jwk at line 1 column 21'],
  [withJwk('{"kty":"EC","crv":"P-256","x":"","y":"","use":"?","more":{}}'), 'HS256'],
  [withJwk('{"kty":"oct","k":"","alg":{"EdDSA":{}}}'), 'HS256'],
  [
    withJwk('{"kty":"OKP","crv":"X25519","x":""}'),
    'data did not match any variant of untagged enum AlgorithmParameters at line 1 column 56',
  ],
  [
    withJwk('{"kty":"EC","kty":"EC","crv":"P-256","x":"","y":""}'),
    'data did not match any variant of untagged enum AlgorithmParameters at line 1 column 72',
  ],
  [
    withJwk('{"kty":{"oct":{}},"k":""}'),
    'data did not match any variant of untagged enum AlgorithmParameters at line 1 column 46',
  ],
  [
    withJwk('{"kty":"oct","k":"","alg":"Ed25519"}'),
    `unknown variant \`Ed25519\`, expected one of ${NAMES}, \`RSA1_5\`, \`RSA-OAEP\`, \`RSA-OAEP-256\` at line 1 column 57`,
  ],
  [
    withJwk('{"kty":{"oct":null},"k":"","alg":{"EdDSA":[]}}'),
    'invalid type: sequence, expected unit at line 1 column 67',
  ],
  [
    withJwk('{"kty":"oct","k":"","alg":{}}'),
    'invalid value: map, expected map with a single key at line 1 column 50',
  ],
  [
    withJwk('{"kty":"oct","k":"","alg":1.5}'),
    'invalid type: floating point `1.5`, expected string or map at line 1 column 51',
  ],
  [
    withJwk('{"kty":"oct","k":"","use":null,"use":null}'),
    'duplicate field `use` at line 1 column 63',
  ],
  [
    withJwk('{"kty":"oct","k":"","key_ops":["a",null]}'),
    'invalid type: null, expected a string at line 1 column 62',
  ],
])('the header %s is read as the server reads it', (text, expected) => {
  const outcome = readHeader(Buffer.from(text))
  expect(outcome.ok ? outcome.alg : describeJsonFault(outcome.fault)).toBe(expected)
})
