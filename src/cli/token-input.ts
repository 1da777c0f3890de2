import { AuthError, UsageError } from '../errors.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'

/** No request of more than 2 MiB reaches the server's token check (axum's body limit); a token cannot be longer. */
export const TOKEN_LIMIT = 2 * 1024 * 1024

/**
 * The token that an operand names: itself, `@file`, `-` or nothing for standard input. White space, quotes, `KEY=` and
 * `Bearer ` around it are taken off and told, unless `exact`. Throws UsageError when there is none.
 */
export async function readToken(
  operand: string | undefined,
  talk: Conversation,
  exact = false,
): Promise<string> {
  const text = await readTokenText(operand, talk)
  if (exact) return text
  const { token, removed } = unwrapToken(text)
  if (removed.length > 0) talk.note(`took off ${removed.join(', ')} around the token`)
  if (token === '')
    throw new UsageError('the token is empty', {
      hints: ['give a token, @FILE, or - for standard input'],
    })
  return token
}

async function readTokenText(operand: string | undefined, talk: Conversation): Promise<string> {
  const fromStdin = operand === '-' || (operand === undefined && !talk.host.terminal.stdin)
  if (operand === undefined && !fromStdin)
    throw new UsageError('a token is missing', {
      hints: ['give a token, @FILE, or - for standard input'],
    })
  if (operand !== undefined && !fromStdin && !operand.startsWith('@')) return limited(operand)
  const bytes = await readInput(fromStdin ? '-' : (operand ?? '').slice(1), talk, {
    purpose: 'the token',
    limit: TOKEN_LIMIT,
    tooLarge: 'ERR_TOKEN_SIZE',
  })
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function limited(token: string): string {
  if (token.length > TOKEN_LIMIT)
    throw new AuthError('ERR_TOKEN_SIZE', `the token has more than ${TOKEN_LIMIT} bytes`, {
      hints: ['the server refuses such a request with 413 before it looks at the token'],
    })
  return token
}

/** What people paste around a token, each with how it comes off. */
const WRAPPINGS: readonly { readonly name: string; readonly takeOff: (text: string) => string }[] =
  [
    { name: 'a byte order mark', takeOff: (text) => text.replace(/^\u{feff}/u, '') },
    { name: 'white space', takeOff: (text) => text.trim() },
    { name: 'quotes', takeOff: takeOffQuotes },
    { name: '"export"', takeOff: (text) => text.replace(/^export\s+(?=[A-Za-z_])/, '') },
    { name: '"Authorization:"', takeOff: (text) => text.replace(/^authorization:\s*/i, '') },
    { name: '"Bearer"', takeOff: (text) => text.replace(/^bearer\s+/i, '') },
    {
      name: 'the name before "="',
      // A padded token has "=" too, but only after what every JSON object begins with in base64.
      takeOff: (text) => text.replace(/^(?!ey)[A-Za-z_][A-Za-z0-9_.-]*=(?=.)/, ''),
    },
  ]

/** Nobody pastes more layers; a text that is all layers would take a round for each. */
const ROUNDS = 8

/** Takes off, again and again, what people paste around a token; `removed` names each kind once. */
export function unwrapToken(text: string): {
  readonly token: string
  readonly removed: readonly string[]
} {
  const removed = new Set<string>()
  let token = text
  for (let round = 0, before = ''; round < ROUNDS && before !== token; round++) {
    before = token
    for (const { name, takeOff } of WRAPPINGS) {
      const rest = takeOff(token)
      if (rest !== token) removed.add(name)
      token = rest
    }
  }
  // A final newline is what every file and pipe ends with.
  const silent =
    removed.size === 1 && text.startsWith(token) && /^\r?\n$/.test(text.slice(token.length))
  return { token, removed: silent ? [] : [...removed] }
}

/** `"token"`, also with the comma or semicolon that follows it in JSON or code. */
function takeOffQuotes(text: string): string {
  const [quote = ''] = text
  if (!/["'`]/.test(quote)) return text
  const end = /[;,]$/.test(text) ? text.length - 1 : text.length
  return end > 1 && text[end - 1] === quote ? text.slice(1, end - 1) : text
}
