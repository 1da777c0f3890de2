import { InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../errors.ts'
import { knowsTokens, type Target, type TokenTarget } from '../target/target.ts'
import {
  DEFAULT_TARGET,
  loadTarget,
  parseTarget,
  suggestTarget,
  TARGET_IDS,
  type TargetId,
} from '../target/targets.ts'
import type { Conversation } from './conversation.ts'

/** `--target NAME[@VERSION]`, the one way to name a server or its version. */
export function targetOption(): Option {
  return new Option(
    '--target <server>',
    `the server that answers: ${TARGET_IDS.join(', ')}`,
  ).argParser(target)
}

/** A target, and the patch version that was asked for, e.g. `0.9.3`: it decides which keys there are. */
export interface AskedTarget {
  readonly id: TargetId
  readonly patch?: string
}

/** Parses a target's name and keeps its patch version. Throws InvalidArgumentError listing the known ones. */
export function target(text: string): AskedTarget {
  const id = parseTarget(text)
  const patch = /@(\d+\.\d+\.\d+)$/.exec(text)?.[1]
  if (id !== undefined) return { id, ...(patch !== undefined && { patch }) }
  const near = suggestTarget(text)
  throw new InvalidArgumentError(
    `${near === undefined ? '' : `Did you mean ${near}? `}Known: ${TARGET_IDS.join(', ')}.`,
  )
}

/** A target as it is typed and printed: `resonate@0.9`. */
export function serverName({ name, version }: Target): string {
  return `${name}@${version}`
}

/** The target as one that judges tokens. Throws UsageError for a server that knows none. */
export function tokenTarget(target: Target): TokenTarget {
  if (knowsTokens(target)) return target
  throw new UsageError(`${serverName(target)} knows no tokens, only basic auth`, {
    hints: [
      'name a server with tokens as --target, or judge a whole request with "resonate-auth answer"',
    ],
  })
}

/** The target in force: --target, else the settings' one, else the default. */
export async function chooseTarget(
  talk: Conversation,
  { target }: { readonly target?: AskedTarget },
): Promise<Target> {
  return loadTarget(target?.id ?? (await talk.settings()).settings.target ?? DEFAULT_TARGET)
}
