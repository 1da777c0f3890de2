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

const WRAPPINGS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'white space', pattern: /^\s+|\s+$/g },
  { name: 'a byte order mark', pattern: /^\u{feff}/u },
  { name: 'quotes', pattern: /^(["'`])([\s\S]*)\1[;,]?$/ },
  { name: '"export"', pattern: /^export\s+(?=[A-Za-z_])/ },
  { name: '"Authorization:"', pattern: /^authorization:\s*/i },
  { name: '"Bearer"', pattern: /^bearer\s+/i },
  // A padded token has "=" too, but only after what every JSON object begins with in base64.
  { name: 'the name before "="', pattern: /^(?!ey)[A-Za-z_][A-Za-z0-9_.-]*=(?=.)/ },
]

/** Takes off, again and again, what people paste around a token; `removed` names each kind once. */
export function unwrapToken(text: string): {
  readonly token: string
  readonly removed: readonly string[]
} {
  const removed: string[] = []
  let token = text
  for (let before: string | undefined; before !== token; ) {
    before = token
    for (const { name, pattern } of WRAPPINGS) {
      const rest = token.replace(pattern, '$2').replace(/^\$2|\$2$/g, '')
      if (rest === token) continue
      token = rest
      if (!removed.includes(name)) removed.push(name)
    }
  }
  // A final newline is what every file and pipe ends with.
  const silent = /^[^\s][\s\S]*[^\s]\r?\n$/.test(text) && removed.length === 1
  return { token, removed: silent ? [] : removed }
}
