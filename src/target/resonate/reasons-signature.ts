import { rejectedWith } from './reason-log.ts'
import type { Reason } from './reasons.ts'

const WRONG = rejectedWith('InvalidSignature')
const NEW_KEY = 'make a new pair with "resonate-auth keygen"'

/** Reasons that lie in the algorithm, the signature or the server's key. */
export const SIGNATURE_REASONS = {
  'alg-hmac': {
    status: 401,
    log: rejectedWith('InvalidAlgorithm'),
    meaning:
      'signed with a shared secret (HS256, HS384, HS512); the server has a public key and takes none',
    mending: 'sign with the private key: "resonate-auth mint --key private.pem"',
  },
  'alg-not-allowed': {
    status: 401,
    log: rejectedWith('InvalidAlgorithm'),
    meaning: "alg does not go with the type of the server's key",
    mending: 'sign with the private half of the configured key: "resonate-auth mint --key FILE"',
  },
  'key-private': {
    status: 401,
    log: WRONG,
    meaning:
      'the server holds a private RSA key where a public one belongs, and no token will ever fit',
    mending:
      'write its public half with "resonate-auth key public FILE" and name that file; replace the exposed key',
  },
  'key-rsa-too-small': {
    status: 401,
    log: WRONG,
    meaning: "the server's RSA key has less than 2041 bits, and no token will ever fit",
    mending: NEW_KEY,
  },
  'key-rsa-too-large': {
    status: 401,
    log: WRONG,
    meaning: "the server's RSA key has more than 8192 bits, and no token will ever fit",
    mending: NEW_KEY,
  },
  'key-rsa-exponent': {
    status: 401,
    log: WRONG,
    meaning:
      "the server's RSA key has an exponent outside of 3 to 2^33 - 1 or an even one; no token will ever fit",
    mending: NEW_KEY,
    certainty: 'source',
  },
  'key-unsupported-curve': {
    status: 401,
    log: WRONG,
    meaning: "the server's EC key is on neither P-256 nor P-384, and no token will ever fit",
    mending: 'make a new pair with "resonate-auth keygen --type ec --curve P-256"',
  },
  'key-point-form': {
    status: 401,
    log: WRONG,
    meaning:
      "the server's EC key is written as a compressed or hybrid point, which the server cannot use",
    mending: 'write it uncompressed: "resonate-auth key convert FILE"',
  },
  'key-mislabelled': {
    status: 401,
    log: WRONG,
    meaning:
      "the server's key file holds another kind of key than the server takes it for; no token will ever fit",
    mending:
      'see what it is with "resonate-auth key inspect FILE", write it anew with "resonate-auth key public FILE"',
  },
  'key-malformed': {
    status: 401,
    log: WRONG,
    meaning: "the server's key file loads, but holds no usable key; no token will ever fit",
    mending: 'see what it is with "resonate-auth key inspect FILE"',
  },
  'signature-missing': {
    status: 401,
    log: WRONG,
    meaning: 'the third segment is empty: the token is not signed',
    mending: 'sign it: "resonate-auth mint --key FILE"',
  },
  'curve-mismatch': {
    status: 401,
    log: WRONG,
    meaning:
      "alg is for another curve than that of the server's key: ES256 wants P-256, ES384 wants P-384",
    mending: 'sign with the private half of the configured key: "resonate-auth mint --key FILE"',
  },
  'signature-der': {
    status: 401,
    log: WRONG,
    meaning: 'the ECDSA signature is in DER; JWTs want the two numbers plain (RFC 7518 §3.4)',
    mending:
      'set the encoding to ieee-p1363 where it is signed, or mint with "resonate-auth mint --key FILE"',
  },
  'pss-salt': {
    status: 401,
    log: WRONG,
    meaning: 'the RSA-PSS salt is not as long as the digest (RFC 7518 §3.5)',
    mending:
      'set the salt length to that of the digest where it is signed, or mint with "resonate-auth mint --key FILE"',
  },
  'other-algorithm': {
    status: 401,
    log: WRONG,
    meaning: "the signature is the right key's, but made by another algorithm than alg says",
    mending: 'let alg name the algorithm that signs: "resonate-auth mint --key FILE --alg ALG"',
  },
  'wrong-signature': {
    status: 401,
    log: WRONG,
    meaning:
      "the signature does not fit: signed with another key than the server's, or changed afterwards",
    mending:
      'see whether the pair fits with "resonate-auth key match PRIVATE PUBLIC", then mint anew',
  },
} as const satisfies Readonly<Record<string, Reason>>
