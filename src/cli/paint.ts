import { type Paint, PLAIN } from '../report/paint.ts'
import type { Conversation } from './conversation.ts'

/** The colours for `stream`; chalk is loaded only where there are any. */
export async function paintFor(talk: Conversation, stream: 'stdout' | 'stderr'): Promise<Paint> {
  if (!talk.colors(stream)) return PLAIN
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
