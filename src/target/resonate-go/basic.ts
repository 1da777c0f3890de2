import { decodeStandard } from './base64.ts'

/** User names and passwords as configured; an empty map = no basic auth. */
export type Accounts = ReadonlyMap<string, string>

/**
 * gin's basic auth (:8001): the whole value must be `Basic `, one blank, and the base64 text of `user:password` to the
 * letter (gin v1.11.0 auth.go, searchCredential). `value` = the header without the blanks around it.
 */
export function matchesExactly(accounts: Accounts, value: Uint8Array | undefined): boolean {
  const sent = Buffer.from(value ?? []).toString('latin1')
  return [...accounts].some(
    ([user, password]) => sent === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  )
}

/**
 * net/http's basic auth (:8002): `basic ` in any case, base64, and the first colon ends the user name (request.go,
 * parseBasicAuth; v0.8.2 internal/app/plugins/poll/poll.go:460-475).
 */
export function matchesCredentials(accounts: Accounts, value: Uint8Array | undefined): boolean {
  const sent = Buffer.from(value ?? [])
  if (!/^basic $/i.test(sent.subarray(0, 6).toString('latin1'))) return false
  const decoded = decodeStandard(sent.subarray(6))
  if (!decoded.ok) return false
  const colon = decoded.bytes.indexOf(0x3a)
  if (colon < 0) return false
  const user = decoded.bytes.subarray(0, colon)
  const password = decoded.bytes.subarray(colon + 1)
  return [...accounts].some(
    ([name, secret]) => Buffer.from(name).equals(user) && Buffer.from(secret).equals(password),
  )
}
