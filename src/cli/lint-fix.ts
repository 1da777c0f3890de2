import { AuthError, type ErrorCode } from '../errors.ts'
import type { Facts } from '../lint/facts.ts'
import type { Fix } from '../lint/rule.ts'
import type { RunResult } from '../lint/run.ts'
import type { Conversation } from './conversation.ts'
import type { Run } from './lint-report.ts'

/** A configuration after its fixes. */
export interface FixedRun extends Run {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** Makes the fixes of a run, in memory. Throws AuthError when there is no file to mend. */
export async function fixRun(
  talk: Conversation,
  { gathered, result }: Run,
  safety: Fix['safety'],
  judge: (facts: Facts) => RunResult,
): Promise<FixedRun> {
  const { file } = gathered.facts.configuration
  if (file === undefined)
    throw nothingToMend('there is no configuration file to mend', 'ERR_NOTHING_TO_JUDGE')
  const { fixAll } = await import('../lint/fix.ts')
  const fixed = fixAll(
    file.path,
    { text: file.text, diagnostics: result.diagnostics },
    safety,
    (text) => judge(gathered.withText(text)).diagnostics,
  )
  for (const { title, why } of fixed.refused) talk.warn(`not mended (${title}): ${why}`)
  const facts = gathered.withText(fixed.text)
  return {
    gathered: { ...gathered, facts },
    result: judge(facts),
    path: file.path,
    before: file.text,
    after: fixed.text,
  }
}

/** Writes what was mended into its file. Throws AuthError when it came from standard input. */
export async function writeFixes(talk: Conversation, runs: readonly FixedRun[]): Promise<void> {
  if (runs.some(({ gathered }) => gathered.fromStdin))
    throw nothingToMend('standard input cannot be mended in place', 'ERR_INPUT_FORM')
  for (const { gathered, path, before, after } of runs) {
    if (before === after) continue
    await gathered.writeText(after)
    talk.note(`mended ${path}`)
  }
}

function nothingToMend(message: string, code: ErrorCode): AuthError {
  return new AuthError(code, message, { hints: ['name a file, or use --diff to see the change'] })
}
