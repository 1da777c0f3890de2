/** One form that a key can be written in. */
export interface KeyFormatRow {
  /** Which half it can carry. */
  readonly half: 'private' | 'public' | 'either'
  /** Whether it is DER instead of text. */
  readonly binary?: true
  /** In words, e.g. `PKCS#8 in PEM`. */
  readonly says: string
}

/**
 * The forms that `--to` takes: RFC 5958, RFC 8017 A.1, RFC 5915, RFC 5280 §4.1.2.7 and RFC 7517. Adding one is adding a
 * row here and a branch in key-export.ts.
 */
export const KEY_FORMATS = {
  pkcs8: { half: 'private', says: 'PKCS#8 in PEM' },
  'pkcs8-der': { half: 'private', binary: true, says: 'PKCS#8 in DER' },
  'encrypted-pkcs8': { half: 'private', says: 'encrypted PKCS#8 in PEM' },
  pkcs1: { half: 'either', says: 'PKCS#1 in PEM' },
  sec1: { half: 'private', says: 'SEC1 in PEM' },
  spki: { half: 'public', says: 'SPKI in PEM' },
  'spki-der': { half: 'public', binary: true, says: 'SPKI in DER' },
  jwk: { half: 'either', says: 'JWK' },
  jwks: { half: 'either', says: 'JWKS' },
} as const satisfies Readonly<Record<string, KeyFormatRow>>

export type KeyFormat = keyof typeof KEY_FORMATS

/** Forms that can carry a public key. */
export type PublicFormat = {
  [Name in KeyFormat]: (typeof KEY_FORMATS)[Name]['half'] extends 'private' ? never : Name
}[KeyFormat]

/** Forms that can carry a private key as it is, without a passphrase. */
export type PrivateFormat = Exclude<
  {
    [Name in KeyFormat]: (typeof KEY_FORMATS)[Name]['half'] extends 'public' ? never : Name
  }[KeyFormat],
  'encrypted-pkcs8'
>

// The keys of a literal object are exactly its type's.
export const KEY_FORMAT_NAMES = Object.keys(KEY_FORMATS) as readonly KeyFormat[]

export const PUBLIC_FORMAT_NAMES: readonly PublicFormat[] = KEY_FORMAT_NAMES.filter(isPublicFormat)

/** Whether a public key can be written in `format`. */
export function isPublicFormat(format: KeyFormat): format is PublicFormat {
  return KEY_FORMATS[format].half !== 'private'
}

/** Whether `format` is one that a private key loses its secret in. */
export function isPublicOnly(format: KeyFormat): format is 'spki' | 'spki-der' {
  return KEY_FORMATS[format].half === 'public'
}
