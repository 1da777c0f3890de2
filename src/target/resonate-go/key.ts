import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { FileFailure, FileRead } from '../../config/file.ts'
import type { Algorithm } from '../../key/algorithm.ts'
import { toBigInt } from '../../key/der.ts'
import { toBytes } from '../../key/der-encoding.ts'
import { countBits, power } from '../../key/key-numbers.ts'
import { encodeBase64url } from '../../token/base64url.ts'
import type { KeyFlaw, KeyLoad, ServerKey } from '../target.ts'
import {
  isDerOid,
  isPkcs1PublicKey,
  type PublicKeyInfo,
  readDer,
  readDerInteger,
  readPublicKeyInfo,
} from './asn1.ts'
import { CURVE_OIDS, complainAboutPoint } from './ec-point.ts'
import { decodePem } from './pem.ts'

/** The errors of the operating system as Go words them (syscall, zerrors_linux_amd64.go). */
const FAILURES: Readonly<Record<Exclude<FileFailure, 'other' | 'too-large'>, string>> = {
  missing: 'no such file or directory',
  denied: 'permission denied',
  directory: 'is a directory',
  'not-a-directory': 'not a directory',
  'name-too-long': 'file name too long',
  loop: 'too many levels of symbolic links',
}

/** Go's text for the failure to open or read `path` (os.ReadFile). */
export function describeFailure(
  path: string,
  { failure, message }: FileRead & { readonly ok: false },
): string {
  const step = failure === 'directory' ? 'read' : 'open'
  if (failure === 'other' || failure === 'too-large') return `${step} ${path}: ${message}`
  return `${step} ${path}: ${FAILURES[failure]}`
}

/**
 * The public-key file as the server reads it when it starts: the first PEM block, an RSA SubjectPublicKeyInfo. Any size of
 * key starts. `message` is what follows `Error: ` on stderr. Source: v0.8.2 internal/api/middleware.go, cmd/config.
 */
export function loadKey(path: string, file: FileRead): KeyLoad {
  if (path.includes('\0')) return refuse(`open ${path}: invalid argument`)
  if (!file.ok) return refuse(describeFailure(path, file))
  const der = decodePem(file.bytes)
  if (der === undefined) return refuse('failed to decode PEM block')
  const info = readPublicKeyInfo(der)
  if (!info.ok) return refuseParse(isPkcs1PublicKey(der) ? PKCS1 : info.message)
  if (info.value.rest > 0) return refuseParse('x509: trailing data after ASN.1 of public-key')
  if (info.value.oid === Oid.rsa) return loadRsa(info.value)
  const complaint = complainAboutOther(info.value)
  return complaint === undefined ? refuse('not an RSA public key') : refuseParse(complaint)
}

const PKCS1 =
  'x509: failed to parse public key (use ParsePKCS1PublicKey instead for this key format)'

const Oid = {
  rsa: '1.2.840.113549.1.1.1',
  ec: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
  x25519: '1.3.101.110',
  dsa: '1.2.840.10040.4.1',
} as const

function refuse(message: string): KeyLoad {
  return { starts: false, exit: 1, message }
}

function refuseParse(message: string): KeyLoad {
  return refuse(`failed to parse public key: ${message}`)
}

/** What crypto/x509 finds wrong with a key that is not RSA; undefined when it is a good key of its kind. */
function complainAboutOther({ oid, parameters, key }: PublicKeyInfo): string | undefined {
  switch (oid) {
    case Oid.ec: {
      const curve = readDer(parameters, 6)
      if (curve === undefined || !isDerOid(curve.content)) return 'x509: invalid ECDSA parameters'
      const name = CURVE_OIDS.get(Buffer.from(curve.content).toString('hex'))
      return name === undefined ? 'x509: unsupported elliptic curve' : complainAboutPoint(name, key)
    }
    case Oid.ed25519:
      if (parameters.length > 0) return 'x509: Ed25519 key encoded with illegal parameters'
      return key.length === 32 ? undefined : 'x509: wrong Ed25519 public key size'
    case Oid.x25519:
      if (parameters.length > 0) return 'x509: X25519 key encoded with illegal parameters'
      return key.length === 32 ? undefined : 'crypto/ecdh: invalid public key'
    case Oid.dsa:
      return complainAboutDsa(parameters, key)
    default:
      return 'x509: unknown public key algorithm'
  }
}

function complainAboutDsa(parameters: Uint8Array, key: Uint8Array): string | undefined {
  const y = readDerInteger(key)
  if (y === undefined) return 'x509: invalid DSA public key'
  const numbers = [y.value]
  let rest = readDer(parameters, 0x30)?.content
  for (let count = 0; count < 3; count++) {
    const number = rest === undefined ? undefined : readDerInteger(rest)
    if (number === undefined) return 'x509: invalid DSA parameters'
    numbers.push(number.value)
    rest = number.rest
  }
  return numbers.every((number) => number > 0n) ? undefined : 'x509: zero or negative DSA parameter'
}

function loadRsa({ parameters, key }: PublicKeyInfo): KeyLoad {
  if (Buffer.from(parameters).toString('hex') !== '0500')
    return refuseParse('x509: RSA key missing NULL parameters')
  const sequence = readDer(key, 0x30)
  if (sequence === undefined) return refuseParse('x509: invalid RSA public key')
  const modulus = readDerInteger(sequence.content)
  if (modulus === undefined) return refuseParse('x509: invalid RSA modulus')
  const exponent = readDerInteger(modulus.rest)
  if (exponent === undefined || exponent.size > 8)
    return refuseParse('x509: invalid RSA public exponent')
  if (modulus.value <= 0n) return refuseParse('x509: RSA modulus is not a positive number')
  if (exponent.value <= 0n) return refuseParse('x509: RSA public exponent is not a positive number')
  return { starts: true, key: makeKey(modulus.value, exponent.value) }
}

const ALGORITHMS: readonly Algorithm[] = ['RS256', 'RS384', 'RS512']

function makeKey(modulus: bigint, exponent: bigint): ServerKey {
  const flaw = findFlaw(modulus, exponent)
  const common = { type: 'RSA', algorithms: ALGORITHMS }
  if (flaw !== undefined)
    return { ...common, verify: () => false, flaw: flaw.flaw, complaint: flaw.complaint }
  return { ...common, verify: makeVerifier(modulus, exponent) }
}

/** Why crypto/rsa refuses every signature under a key (Go 1.26, checkKeySize and checkPublicKey). */
function findFlaw(
  modulus: bigint,
  exponent: bigint,
): { readonly flaw: KeyFlaw; readonly complaint: string } | undefined {
  const bits = countBits(modulus)
  if (bits < 1024)
    return {
      flaw: 'rsa-too-small',
      complaint: `crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`,
    }
  if (modulus % 2n === 0n)
    return { flaw: 'malformed', complaint: 'crypto/rsa: public modulus is even' }
  if (exponent < 2n)
    return {
      flaw: 'rsa-exponent',
      complaint: 'crypto/rsa: public exponent too small or negative',
    }
  if (exponent % 2n === 0n)
    return { flaw: 'rsa-exponent', complaint: 'crypto/rsa: public exponent is even' }
  if (exponent > 2n ** 31n - 1n)
    return { flaw: 'rsa-exponent', complaint: 'crypto/rsa: public exponent too large' }
  return undefined
}

/** The runtime's crypto refuses larger moduli; Go knows no limit. */
const MAX_RUNTIME_BITS = 16_384

const DIGESTS = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' } as const

function makeVerifier(modulus: bigint, exponent: bigint): ServerKey['verify'] {
  const size = Math.ceil(modulus.toString(16).length / 2)
  const n = encodeBase64url(toBytes(modulus))
  const e = encodeBase64url(toBytes(exponent))
  let runtime: KeyObject | undefined
  return (alg, input, signature) => {
    if (alg !== 'RS256' && alg !== 'RS384' && alg !== 'RS512') return false
    if (signature.length !== size) return false
    if (size * 8 > MAX_RUNTIME_BITS)
      return verifyLarge(modulus, exponent, size, DIGESTS[alg], input, signature)
    runtime ??= createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })
    return verify(DIGESTS[alg], input, runtime, signature)
  }
}

/** The DigestInfo before each digest (RFC 8017 §9.2, note 1). */
const DIGEST_INFO = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
} as const

/** RSASSA-PKCS1-v1_5 by its definition (RFC 8017 §8.2.2). */
function verifyLarge(
  modulus: bigint,
  exponent: bigint,
  size: number,
  digest: keyof typeof DIGEST_INFO,
  input: Uint8Array,
  signature: Uint8Array,
): boolean {
  const base = toBigInt(signature)
  if (base >= modulus) return false
  const message = power(base, exponent, modulus)
  const tail = `00${DIGEST_INFO[digest]}${createHash(digest).update(input).digest('hex')}`
  const expected = `0001${tail.padStart(2 * (size - 2), 'f')}`
  return message.toString(16).padStart(2 * size, '0') === expected
}
