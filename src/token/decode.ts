import { type Claim, readMembers } from './claims.ts'

/** One segment of a token as a person may read it, however broken. */
export interface Segment {
  /** The decoded text; invalid UTF-8 shows as U+FFFD. Undefined when the segment is not base64 at all. */
  readonly text?: string
  /** The members of the JSON object in it, repeated names kept; undefined when there is none. */
  readonly members?: readonly Claim[]
  /** What is wrong with it, worst first; empty for a clean segment. */
  readonly problems: readonly string[]
}

export interface DecodedToken {
  readonly header: Segment
  readonly payload: Segment
  /** The bytes of the signature; undefined when the third segment is missing or not base64. */
  readonly signature?: Uint8Array
  /** What is wrong with the token as a whole. */
  readonly problems: readonly string[]
}

/** Reads a compact JWS (RFC 7515 §7.1) without checking anything; what cannot be read says why. */
export function decodeToken(token: string): DecodedToken {
  const parts = token.split('.')
  const [header = '', payload = '', signature] = parts
  const decoded = signature === undefined ? undefined : decodeLeniently(signature).bytes
  return {
    header: readSegment(header),
    payload: readSegment(payload),
    ...(decoded !== undefined && { signature: decoded }),
    problems: tokenProblems(token, parts.length),
  }
}

function tokenProblems(token: string, parts: number): readonly string[] {
  const problems: string[] = []
  if (parts === 5)
    problems.push('five segments: an encrypted token (JWE), which no Resonate server reads')
  else if (parts !== 3)
    problems.push(`${parts} ${parts === 1 ? 'segment' : 'segments'} between dots; a JWT has 3`)
  if (/\s/.test(token)) problems.push('white space inside the token')
  return problems
}

function readSegment(segment: string): Segment {
  if (segment === '') return { problems: ['empty'] }
  const { bytes, problems } = decodeLeniently(segment)
  if (bytes === undefined) return { problems }
  const found = [...problems]
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (text.includes('\u{fffd}')) found.push('bytes that are not UTF-8')
  const members = readMembers(text)
  if (!members.ok) return { text, problems: [...found, members.message] }
  return { text, members: members.claims, problems: [...found, ...repeatedMembers(members.claims)] }
}

function repeatedMembers(members: readonly Claim[]): readonly string[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name } of members) (seen.has(name) ? repeated : seen).add(name)
  return [...repeated].map((name) => `"${name}" stands in it more than once`)
}

interface Lenient {
  readonly bytes?: Uint8Array
  readonly problems: readonly string[]
}

/** Takes what base64 of any kind can be read, and says how it departs from unpadded base64url (RFC 7515 §2). */
function decodeLeniently(segment: string): Lenient {
  const problems: string[] = []
  const body = segment.replace(/[\s=]/g, '')
  if (/=/.test(segment)) problems.push('padded with "="; JWTs are not padded')
  if (/[+/]/.test(body)) problems.push('standard base64 ("+" or "/") instead of base64url')
  if (/[^A-Za-z0-9_+/-]/.test(body)) return { problems: ['not base64url', ...problems] }
  if (body.length % 4 === 1) problems.push('cut off: a length that no base64 text has')
  return { bytes: Buffer.from(body, 'base64url'), problems }
}
