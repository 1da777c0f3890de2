import { Writable } from 'node:stream'
import type { Conversation } from './conversation.ts'

/** Asks for a secret without showing it; only where `talk.interactive` holds. Throws ExitPromptError on Ctrl-C. */
export async function askSecret(talk: Conversation, message: string): Promise<string> {
  const { password } = await import('@inquirer/prompts')
  return password({ message, mask: '*' }, streams(talk))
}

/** Asks for yes or no, no being what Enter alone answers. Throws ExitPromptError on Ctrl-C. */
export async function askYesNo(talk: Conversation, message: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts')
  return confirm({ message, default: false }, streams(talk))
}

/** Asks to choose one of `choices`. Throws ExitPromptError on Ctrl-C. */
export async function askChoice<Choice extends string>(
  talk: Conversation,
  message: string,
  choices: readonly { readonly value: Choice; readonly name: string }[],
): Promise<Choice> {
  const { select } = await import('@inquirer/prompts')
  return select({ message, choices: [...choices] }, streams(talk))
}

/** Asks for a line of text. Throws ExitPromptError on Ctrl-C. */
export async function askText(talk: Conversation, message: string): Promise<string> {
  const { input } = await import('@inquirer/prompts')
  return input({ message }, streams(talk))
}

/** Inquirer writes to standard output unless told otherwise; that one is for the product. */
function streams({ host }: Conversation): {
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
} {
  const screen = new Writable({
    decodeStrings: false,
    write: (text: string | Uint8Array, _, done) => {
      host.stderr.write(text, done)
    },
  })
  return { input: host.stdin, output: Object.assign(screen, { columns: host.terminal.columns }) }
}
