import { createSign, generateKeyPairSync } from 'node:crypto'
import { loadKey } from '../../../../src/target/resonate-go/key.ts'
import type { ServerKey } from '../../../../src/target/target.ts'

const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The public half as the server reads it. */
export const KEY: ServerKey = readKey()

function readKey(): ServerKey {
  const pem = PAIR.publicKey.export({ type: 'spki', format: 'pem' })
  const load = loadKey('key.pem', { ok: true, bytes: Buffer.from(pem) })
  if (!load.starts) throw new Error(load.message)
  return load.key
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** A compact JWS over `payload` (JSON text) with a right RS256 signature, whatever `header` says. */
export function signToken(payload: string, header = '{"alg":"RS256"}'): string {
  const input = `${encode(header)}.${encode(payload)}`
  const signature = createSign('RSA-SHA256').update(input).sign(PAIR.privateKey)
  return `${input}.${signature.toString('base64url')}`
}
