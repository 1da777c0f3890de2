import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isProcess } from './program.ts'
import { runHere } from './run-here.ts'
import { runProcess } from './run-process.ts'

export { NOW, type RunOptions, type RunResult } from './options.ts'

/** Runs the program: in this process, or where another one is named (`program.ts`) as a process of its own. */
export const run = isProcess ? runProcess : runHere

/** Whether `run` can give `argv` to the program: no process is ever started with a NUL in its arguments. */
export function isStartable(argv: readonly string[]): boolean {
  return !isProcess || argv.every((word) => !word.includes('\0'))
}

/** A new temporary directory holding `files` (path → text, or text with a mode); removed by `remove`. */
export function folder(
  files: Readonly<Record<string, string | { readonly text: string; readonly mode: number }>> = {},
): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'resonate-auth-'))
  for (const [name, file] of Object.entries(files)) {
    const target = join(path, name)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, typeof file === 'string' ? file : file.text)
    if (typeof file !== 'string') chmodSync(target, file.mode)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
