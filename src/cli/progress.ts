import type { Conversation } from './conversation.ts'

const FRAMES = ['-', '\\', '|', '/'] as const

/** Milliseconds between two frames. */
const PERIOD = 120

/**
 * The outcome of `work`; meanwhile a line with `text` (or what it says at the moment) moves where a terminal watches, and
 * is gone afterwards.
 */
export async function withProgress<Outcome>(
  talk: Conversation,
  text: string | (() => string),
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const { stderr, terminal, env } = talk.host
  if (!terminal.stderr || talk.quiet || env['TERM'] === 'dumb') return work()
  let ticks = 0
  const draw = (): void => {
    const seconds = Math.floor((ticks * PERIOD) / 1000)
    const says = typeof text === 'string' ? text : text()
    stderr.write(`\r${FRAMES[ticks % FRAMES.length]} ${says} (${seconds} s)`)
    ticks++
  }
  draw()
  const timer = setInterval(draw, PERIOD)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    stderr.write('\r\u{1b}[2K')
  }
}
