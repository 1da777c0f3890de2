import { AuthError, ExitCode, type ExitStatus } from '../errors.ts'
import type { KeyDescription } from '../key/describe.ts'
import { toPublicKey } from '../key/key-numbers.ts'
import { exportSpkiPem, keyId } from '../key/public-key.ts'
import {
  describeKeyFile,
  type InspectedFile,
  type InspectedKey,
  isUsable,
  type KeyUse,
  keyFileMembers,
} from '../report/key-file.ts'
import { knowsTokens, type Target } from '../target/target.ts'
import { loadTarget, TARGET_IDS } from '../target/targets.ts'
import type { Conversation } from './conversation.ts'
import { loadKey } from './key-cache.ts'
import {
  type KeyFile,
  openKeyFile,
  passphraseAsker,
  readKeyFile,
  unreadError,
} from './key-operand.ts'
import type { PassphraseOptions } from './key-source.ts'
import { paintFor } from './paint.ts'
import { type AskedTarget, serverName, tokenTarget } from './target-option.ts'

export interface InspectOptions extends PassphraseOptions {
  readonly target?: AskedTarget
}

/** `key inspect`: every key of a file, and what each server does with the file as its public key. */
export async function inspectKey(
  talk: Conversation,
  options: InspectOptions,
  operand: string | undefined,
): Promise<ExitStatus> {
  const targets = await chooseTargets(options.target)
  const file = await readKeyFile(talk, operand)
  const { keys, problem } = await describe(talk, file, options)
  const mode = file.path === undefined ? undefined : await talk.host.files.stat(file.path)
  const inspected: InspectedFile = {
    name: file.name,
    ...(mode?.kind === 'file' && { mode: mode.mode }),
    keys: await Promise.all(keys.map(examine)),
    uses: judge(targets, file.path ?? '/dev/stdin', file.bytes),
    publicUses: judgePublicHalf(targets, keys),
  }
  if (talk.json) await talk.document('key/v1', keyFileMembers(inspected, file.path))
  else await talk.product(describeKeyFile(inspected, await paintFor(talk, 'stdout')))
  // Whether a server can use the file is known also where this tool cannot read it.
  if (options.target !== undefined)
    return inspected.uses.every(isUsable) ? ExitCode.ok : ExitCode.no
  if (problem !== undefined) throw problem
  return ExitCode.ok
}

/** The asked target, else all that know tokens. Throws UsageError for one that knows none. */
async function chooseTargets(asked: AskedTarget | undefined): Promise<readonly Target[]> {
  const targets = await Promise.all((asked === undefined ? TARGET_IDS : [asked.id]).map(loadTarget))
  return asked === undefined ? targets.filter(knowsTokens) : targets.map(tokenTarget)
}

interface Described {
  readonly keys: readonly KeyDescription[]
  /** The error about a file or a key that cannot be read; a missing passphrase and a foreign kind are none. */
  readonly problem?: unknown
}

async function describe(
  talk: Conversation,
  file: KeyFile,
  options: InspectOptions,
): Promise<Described> {
  try {
    const opened = await openKeyFile(talk, file, passphraseAsker(talk, options))
    const damaged = opened.keys.find(
      ({ problem, encrypted }) =>
        problem !== undefined && !(encrypted && opened.passphrase === undefined),
    )
    return {
      keys: opened.keys,
      ...(damaged !== undefined && { problem: unreadError(opened, damaged) }),
    }
  } catch (error) {
    if (error instanceof AuthError && error.code === 'ERR_KEY_FORM')
      return { keys: [], problem: error }
    throw error
  }
}

async function examine(description: KeyDescription): Promise<InspectedKey> {
  const numbers = description.key?.numbers
  if (numbers === undefined) return description
  const { algorithms } = toPublicKey(numbers)
  return { ...description, algorithms, thumbprint: await keyId({ numbers }) }
}

function judge(targets: readonly Target[], path: string, bytes: Uint8Array): readonly KeyUse[] {
  return targets.map((target) => ({
    target: serverName(target),
    certainty: target.certainty,
    load: loadKey(target, path, { ok: true, bytes }),
  }))
}

function judgePublicHalf(
  targets: readonly Target[],
  keys: readonly KeyDescription[],
): readonly KeyUse[] {
  const numbers = keys[0]?.key?.numbers
  if (numbers === undefined) return []
  return judge(targets, 'public.pem', Buffer.from(exportSpkiPem({ numbers })))
}
