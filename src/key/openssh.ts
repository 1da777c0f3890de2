import { AuthError } from '../errors.ts'
import { CURVES } from './curve.ts'
import { toBigInt } from './der.ts'
import type { ForeignKey, PublicNumbers } from './key-numbers.ts'
import { decodeBase64 } from './pem.ts'
import { ecPublic, ed25519Public, rsaPublic } from './public-numbers.ts'

/** The key blob in `ssh-ed25519 AAAA… comment` (RFC 4253 §6.6) or in the block of RFC 4716; undefined when there is none. */
export function findOpenSshBlob(text: string): Uint8Array | undefined {
  const line = /^(?:ssh-|ecdsa-sha2-|sk-)\S+[ \t]+([A-Za-z0-9+/=]+)/.exec(text)?.[1]
  const block = text.startsWith('---- BEGIN SSH2 PUBLIC KEY ----') ? readRfc4716(text) : undefined
  const bytes = decodeBase64(line ?? block ?? '')
  return bytes === undefined || bytes.length === 0 ? undefined : bytes
}

function readRfc4716(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).slice(1)
  const end = lines.findIndex((line) => line.startsWith('----'))
  let continued = false
  return lines
    .slice(0, end === -1 ? 0 : end)
    .filter((line) => {
      const header = continued || line.includes(':')
      continued = header && line.endsWith('\\')
      return !header
    })
    .join('')
    .trim()
}

/** One key blob of OpenSSH (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4). Throws AuthError. */
export function readOpenSshBlob(bytes: Uint8Array): PublicNumbers | ForeignKey {
  const [name, first, second] = readOpenSshStrings(bytes)
  const type = Buffer.from(name ?? []).toString('latin1')
  const missing = new AuthError('ERR_KEY_FORM', 'an OpenSSH key that is cut short')
  if (first === undefined) throw missing
  if (type === 'ssh-ed25519') return ed25519Public(first)
  if (second === undefined) throw missing
  if (type === 'ssh-rsa') return rsaPublic(toBigInt(second), toBigInt(first))
  const curve = Object.values(CURVES).find(({ size }) => type === `ecdsa-sha2-nistp${size * 8}`)
  if (curve !== undefined) return ecPublic(curve, second)
  return { type: 'foreign', name: type.replace(/[^\x21-\x7e]/g, '?').slice(0, 40) }
}

/** The public half that an openssh-key-v1 file carries in clear (PROTOCOL.key of OpenSSH). Throws AuthError. */
export function readOpenSshPrivate(bytes: Uint8Array): PublicNumbers | ForeignKey {
  const magic = 'openssh-key-v1\0'
  if (Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') !== magic)
    throw new AuthError('ERR_KEY_FORM', 'not an OpenSSH private key')
  const header = readOpenSshStrings(bytes.subarray(magic.length), 3)
  // Cipher, derivation and its options, each behind its length; then how many keys there are.
  const start = magic.length + header.reduce((size, { length }) => size + 4 + length, 0) + 4
  const [blob] = readOpenSshStrings(bytes.subarray(start), 1)
  if (blob === undefined) throw new AuthError('ERR_KEY_FORM', 'an OpenSSH key that is cut short')
  return readOpenSshBlob(blob)
}

function readOpenSshStrings(bytes: Uint8Array, limit = 3): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const strings: Uint8Array[] = []
  for (let at = 0; at + 4 <= bytes.length && strings.length < limit; ) {
    const end = at + 4 + view.getUint32(at)
    if (end > bytes.length) break
    strings.push(bytes.subarray(at + 4, end))
    at = end
  }
  return strings
}
