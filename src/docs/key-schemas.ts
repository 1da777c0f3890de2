import {
  choice,
  count,
  flag,
  type JsonSchema,
  list,
  nullable,
  part,
  record,
  text,
} from './json-schema.ts'
import { ALGORITHMS, FORMAT, KID, SERVER, SPKI_SHA256 } from './schema-parts.ts'

const WRITTEN = record({
  format: FORMAT,
  private: flag('whether it holds a private key'),
  kid: KID,
  out: nullable(text('the file it went to')),
  text: nullable(text('the key, where it is text and went to no file')),
  base64: nullable(text('the DER, where it went to no file')),
})

const CURVE = nullable(text('the curve of an EC key'))
const BITS = nullable(count('bits of an RSA modulus', 1))

/** The documents about keys, by command. */
export const KEY_DOCUMENTS: Readonly<Record<string, readonly JsonSchema[]>> = {
  keygen: [
    record({
      type: choice('the key type', ['Ed25519', 'RSA', 'EC']),
      bits: BITS,
      curve: CURVE,
      algorithms: ALGORITHMS,
      kid: KID,
      spkiSha256: SPKI_SHA256,
      encrypted: flag('whether the private key is encrypted'),
      target: SERVER,
      privateKey: nullable(text('the file of the private key')),
      publicKey: nullable(text('the file of the public key')),
      privateKeyPem: nullable(text('the private key, where it went to no file')),
      publicKeyPem: text('the public key'),
      jwk: { description: 'the public key as JWK', type: 'object' },
    }),
  ],
  key: [
    record({
      file: nullable(text('the file; null for standard input')),
      mode: nullable(text('its permissions, octal', { pattern: '^[0-7]{4,}$' })),
      keys: list(
        'every key of the file',
        record({
          encoding: choice('how it is written', ['PEM', 'DER', 'JSON', 'text']),
          form: text('the syntax, e.g. PKCS#8'),
          label: nullable(text('the PEM label')),
          private: flag('whether it is a private key'),
          encrypted: flag('whether it is encrypted'),
          type: nullable(text('the key type, where it can be known')),
          bits: BITS,
          curve: CURVE,
          algorithms: ALGORITHMS,
          kid: nullable(text('the RFC 7638 thumbprint')),
          statedKid: nullable(text('the kid that a JWK states')),
          spkiSha256: nullable(SPKI_SHA256),
          problem: nullable(text('why nothing can be known of it')),
        }),
      ),
      targets: list('what servers do with the file as their public key', part('use')),
      publicHalf: list('what they do with the public half of its first key', part('use')),
    }),
  ],
  'key-public': [WRITTEN],
  'key-convert': [WRITTEN],
  'key-match': [
    record({
      match: flag('whether both hold the same pair'),
      keys: list(
        'the two that match, else all that were compared',
        record({
          name: text('the file, or standard input'),
          file: nullable(text('the file')),
          key: text('what it is, e.g. Ed25519'),
          form: text('the syntax'),
          private: flag('whether it is a private key'),
          kid: text('the RFC 7638 thumbprint'),
          spkiSha256: SPKI_SHA256,
        }),
      ),
    }),
  ],
}
