import type { Cmd } from '../cli/command.ts'
import { bashCompletion } from './bash.ts'
import { readEntry } from './entry.ts'
import { fishCompletion } from './fish.ts'
import { powershellCompletion } from './powershell.ts'
import type { Shell } from './shell.ts'
import { zshCompletion } from './zsh.ts'

/** The completion script of the whole command line for `shell`. */
export function completionScript(program: Cmd, shell: Shell): string {
  const root = readEntry(program)
  switch (shell) {
    case 'bash':
      return bashCompletion(root)
    case 'zsh':
      return zshCompletion(root)
    case 'fish':
      return fishCompletion(root)
    case 'powershell':
      return powershellCompletion(root)
  }
}
