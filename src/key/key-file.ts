import { AuthError } from '../errors.ts'
import { type DerElement, readDer, readElements, Tag } from './der.ts'
import { findOpenSshBlob } from './openssh.ts'
import { decodeBase64, decodePem, hasPem, type PemContent, readPem } from './pem.ts'

/** What the bytes of one key are written in. */
export type KeySyntax =
  | 'PKCS#8'
  | 'encrypted PKCS#8'
  | 'PKCS#1'
  | 'encrypted PKCS#1'
  | 'SEC1'
  | 'encrypted SEC1'
  | 'SPKI'
  | 'PKCS#1 public'
  | 'X.509 certificate'
  | 'JWK'
  | 'OpenSSH public'
  | 'OpenSSH private'

/** One key of a file, found but not yet read. */
export interface KeyEntry {
  readonly encoding: 'PEM' | 'DER' | 'JSON' | 'text'
  readonly syntax: KeySyntax
  /** The PEM label, where there is one. */
  readonly label?: string
  /** DER, an OpenSSH key blob, or the JSON text of one JWK. */
  readonly bytes: Uint8Array
  /** DEK-Info of a traditional encrypted PEM block (RFC 1421 §4.6.1.3). */
  readonly encryption?: string
}

/** Blocks that are no key and may stand beside one. */
const BYSTANDERS: ReadonlySet<string> = new Set([
  'EC PARAMETERS',
  'DSA PARAMETERS',
  'DH PARAMETERS',
])

/** What people give instead of a key, by PEM label. */
const NOT_KEYS: Readonly<Record<string, string>> = {
  'CERTIFICATE REQUEST': 'a certificate request',
  'NEW CERTIFICATE REQUEST': 'a certificate request',
  'X509 CRL': 'a revocation list',
  PKCS7: 'a PKCS#7 bundle',
  CMS: 'a CMS message',
  'PGP PUBLIC KEY BLOCK': 'an OpenPGP key',
  'PGP PRIVATE KEY BLOCK': 'an OpenPGP key',
}

/** What people give instead of a key, by how the text begins. */
const NOT_KEY_TEXTS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^PuTTY-User-Key-File-/, 'a PuTTY key'],
  [/^AGE-SECRET-KEY-/i, 'an age identity'],
  [/^untrusted comment:/, 'a minisign or signify key'],
  [/^eyJ[A-Za-z0-9_-]+\./, 'a token, not a key'],
]

/**
 * The keys in a file, in their order, told apart by content and not by name or label: PEM, DER, JWK, JWKS, OpenSSH, and
 * base64 around PEM or DER. At least one. Throws AuthError ERR_KEY_FORM for anything else.
 */
export function listKeys(bytes: Uint8Array): readonly KeyEntry[] {
  if (looksLikeDer(bytes)) return [derEntry(bytes, 'DER')]
  const text = decodeText(bytes).trim()
  if (text === '')
    throw new AuthError('ERR_KEY_FORM', 'is empty', {
      hints: ['make a key pair with "resonate-auth keygen"'],
    })
  if (hasPem(text)) return listPem(text)
  if (/^[{[]/.test(text)) return listJson(text)
  const blob = findOpenSshBlob(text)
  if (blob !== undefined) return [{ encoding: 'text', syntax: 'OpenSSH public', bytes: blob }]
  const wrapped = decodeBase64(text.replace(/\s+/g, ''))
  if (wrapped !== undefined && looksLikeDer(wrapped)) return [derEntry(wrapped, 'text')]
  if (wrapped !== undefined && hasPem(decodeText(wrapped))) return listPem(decodeText(wrapped))
  throw unknownForm(text)
}

function unknownForm(text: string): AuthError {
  const other = NOT_KEY_TEXTS.find(([pattern]) => pattern.test(text))
  const hint = /BEGIN/i.test(text)
    ? 'the first line of PEM is exactly like "-----BEGIN PRIVATE KEY-----"'
    : 'a key is PEM, DER, JWK or OpenSSH text'
  return new AuthError('ERR_KEY_FORM', other?.[1] ?? 'not a key in any known form', {
    hints: [hint],
  })
}

/** Text as editors save it: UTF-8, or UTF-16 with its byte order mark; bytes that are neither become U+FFFD. */
function decodeText(bytes: Uint8Array): string {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  return encoding === 'utf-16be'
    ? new TextDecoder('utf-16le').decode(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16())
    : new TextDecoder(encoding).decode(bytes)
}

/** Text never has a second byte like that of a long DER sequence; a short one must fit to the byte. */
function looksLikeDer(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes
  return tag === Tag.sequence && (length > 0x80 || length === bytes.length - 2)
}

function listPem(text: string): readonly KeyEntry[] {
  const entries: KeyEntry[] = []
  let other: string | undefined
  for (const block of readPem(text)) {
    if (BYSTANDERS.has(block.label)) continue
    if (Object.hasOwn(NOT_KEYS, block.label)) other ??= NOT_KEYS[block.label]
    else entries.push(pemEntry(block.label, decodePem(block)))
  }
  if (entries.length === 0)
    throw new AuthError(
      'ERR_KEY_FORM',
      other === undefined ? 'holds no key' : `${other}, not a key`,
    )
  return entries
}

function pemEntry(label: string, { headers, bytes }: PemContent): KeyEntry {
  if (label === 'OPENSSH PRIVATE KEY')
    return { encoding: 'PEM', syntax: 'OpenSSH private', label, bytes }
  const encryption = headers.get('DEK-Info')
  if (headers.get('Proc-Type')?.endsWith('ENCRYPTED') === true && encryption !== undefined) {
    const syntax = label === 'EC PRIVATE KEY' ? 'encrypted SEC1' : 'encrypted PKCS#1'
    return { encoding: 'PEM', syntax, label, bytes, encryption }
  }
  // OpenSSL puts its own trust settings behind such a certificate.
  if (label === 'TRUSTED CERTIFICATE')
    return { encoding: 'PEM', syntax: 'X.509 certificate', label, bytes }
  return { ...derEntry(bytes, 'PEM'), label }
}

function derEntry(bytes: Uint8Array, encoding: KeyEntry['encoding']): KeyEntry {
  const syntax = sniffDer(bytes)
  if (syntax === undefined) throw new AuthError('ERR_KEY_FORM', 'DER, but not of a key')
  return { encoding, syntax, bytes }
}

/** The syntax of a DER key by the tags of its first elements; undefined for none. Throws AuthError when it is no DER. */
export function sniffDer(bytes: Uint8Array): KeySyntax | undefined {
  const element = readDer(bytes)
  if (element.tag !== Tag.sequence) return undefined
  const parts = readElements(element.content)
  switch (
    parts
      .map(({ tag }) => TAG_LETTERS[tag] ?? '?')
      .join('')
      .slice(0, 3)
  ) {
    case 'iso':
      return 'PKCS#8'
    case 'io':
    case 'io?':
      return 'SEC1'
    case 'iii':
      return 'PKCS#1'
    case 'ii':
      return 'PKCS#1 public'
    case 'sb':
      return 'SPKI'
    case 'so':
      return 'encrypted PKCS#8'
    case 'ssb':
      return isRequest(parts[0]) ? undefined : 'X.509 certificate'
    default:
      return undefined
  }
}

const TAG_LETTERS: Readonly<Record<number, string>> = {
  [Tag.integer]: 'i',
  [Tag.sequence]: 's',
  [Tag.octetString]: 'o',
  [Tag.bitString]: 'b',
}

/** A certificate request has its version, its name and the key right at the front (RFC 2986 §4.1). */
function isRequest(content: DerElement | undefined): boolean {
  const parts = content === undefined ? [] : readElements(content.content)
  return parts[0]?.tag === Tag.integer && parts.length <= 4
}

function listJson(text: string): readonly KeyEntry[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AuthError('ERR_KEY_FORM', 'begins like JSON but is not')
  }
  const keys = keysOf(value)
  if (!Array.isArray(keys) || keys.length === 0)
    throw new AuthError('ERR_KEY_FORM', 'JSON without a key')
  return keys.map((key: unknown) => {
    if (!isJwk(key))
      throw new AuthError('ERR_KEY_FORM', 'JSON, but not a JWK', {
        hints: ['a JWK has a "kty" member'],
      })
    return { encoding: 'JSON', syntax: 'JWK', bytes: Buffer.from(JSON.stringify(flatten(key))) }
  })
}

/** Members that are no scalars mean nothing to a key, and writing deep ones again would overflow the stack. */
function flatten(jwk: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(jwk).map(([name, value]) => [name, typeof value === 'object' ? null : value]),
  )
}

/** The keys of a JWKS (RFC 7517 §5), of a bare array of JWKs, or a single JWK. */
function keysOf(value: unknown): unknown {
  if (!isObject(value)) return value
  const { keys = [value] } = value
  return keys
}

function isJwk(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false
  const { kty } = value
  return typeof kty === 'string'
}

/** Whether `value` is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
