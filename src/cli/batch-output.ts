import { AuthError } from '../errors.ts'
import type { GrowingFile } from '../host/files.ts'
import type { BatchForm } from './batch-options.ts'
import { cutBlocks } from './blocks.ts'
import type { Conversation } from './conversation.ts'
import { type Hash, hashText, Seen } from './seen.ts'

/** Where the tokens of a batch go. */
export type Destination =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'directory'; readonly path: string }

/** Bytes that one line of an earlier output may have. */
const LINE_LIMIT = 4 * 1024 * 1024

const LINE_FEED = 0x0a

/** Takes the tokens of a batch in their order, each whole or not at all. */
export interface BatchOutput {
  /** Whether an earlier run is done with the row of this file name or hash; absent where nobody asked to go on. */
  readonly isDone?: (name: string, hash: Hash) => boolean | Promise<boolean>
  /** How many tokens an earlier run left. */
  readonly earlier: number
  /** Why the file of this name cannot be written, undefined when it can; absent where rows have no files. */
  readonly refuse?: (name: string) => Promise<string | undefined>
  write(outputs: readonly string[], names: readonly string[]): Promise<void>
  finish(): void
  stop(): void
}

export interface OutputOptions {
  readonly form: BatchForm
  readonly force: boolean
  readonly resume: boolean
}

/** Opens `destination`. Throws AuthError when it is there already and neither to be replaced nor gone on with. */
export async function openOutput(
  talk: Conversation,
  destination: Destination,
  options: OutputOptions,
): Promise<BatchOutput> {
  switch (destination.kind) {
    case 'stdout':
      return {
        earlier: 0,
        write: (outputs) => talk.product(outputs.join('')),
        finish: () => undefined,
        stop: () => undefined,
      }
    case 'file':
      return openFile(talk, destination.path, options)
    case 'directory':
      return openDirectory(talk, destination.path, options)
  }
}

async function openFile(
  { host }: Conversation,
  path: string,
  { force, resume }: OutputOptions,
): Promise<BatchOutput> {
  const { files } = host
  const stat = await files.stat(path)
  const writing = (file: GrowingFile): Pick<BatchOutput, 'write' | 'finish' | 'stop'> => ({
    write: async (outputs) => file.append(outputs.join('')),
    finish: () => file.finish(),
    stop: () => file.stop(),
  })
  if (stat === undefined) return { earlier: 0, ...writing(files.grow(path, { how: 'new' })) }
  if (stat.kind !== 'file') throw new AuthError('ERR_FILE_KIND', `${path}: not a regular file`)
  if (force) return { earlier: 0, ...writing(files.grow(path, { how: 'replace' })) }
  if (!resume)
    throw new AuthError('ERR_FILE_EXISTS', `${path}: already exists, nothing was written`, {
      hints: ['name another file, go on with it (--resume), or replace it with --force'],
    })
  const { ids, keep } = await readEarlier(path, files.stream(path))
  return {
    isDone: (_name, hash) => ids.has(hash),
    earlier: ids.size,
    ...writing(files.grow(path, { how: 'continue', keep })),
  }
}

/** The ids of whole lines, and how many bytes those have: a torn line at the end does not count. */
async function readEarlier(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly ids: Seen; readonly keep: number }> {
  const ids = new Seen()
  let keep = 0
  for await (const { bytes, line: first, cut } of cutBlocks(chunks, {
    limit: LINE_LIMIT,
    quoted: false,
  })) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
    const lines = text.split('\n')
    lines.pop()
    for (const [index, line] of lines.entries())
      ids.add(hashText(earlierId(path, line, first + index)), first + index)
    keep += bytes.lastIndexOf(LINE_FEED) + 1
    if (cut === true) throw foreign(path, first)
  }
  return { ids, keep }
}

function earlierId(path: string, text: string, line: number): string {
  try {
    const { id, token } = JSON.parse(text)
    if (typeof token === 'string' && (typeof id === 'string' || typeof id === 'number'))
      return String(id)
  } catch {
    // Told below.
  }
  throw foreign(path, line)
}

function foreign(path: string, line: number): AuthError {
  return new AuthError('ERR_INPUT_FORM', `${path}: line ${line} is not the output of a batch`, {
    hints: ['--resume goes on with a file that "mint --batch" began'],
  })
}

async function openDirectory(
  { host }: Conversation,
  path: string,
  { force, resume }: OutputOptions,
): Promise<BatchOutput> {
  const { files } = host
  const kind = (await files.stat(path))?.kind
  if (kind !== 'directory')
    throw new AuthError(
      kind === undefined ? 'ERR_FILE_MISSING' : 'ERR_FILE_KIND',
      `${path}: ${kind === undefined ? 'no such directory' : 'not a directory'}`,
      { hints: [`make one that only you can read: mkdir -m 700 ${path}`] },
    )
  const at = (name: string): string => `${path.replace(/[/\\]$/, '')}/${name}`
  return {
    ...(resume && { isDone: async (name) => isWhole(await files.read(at(name), LINE_LIMIT)) }),
    earlier: 0,
    refuse: async (name) => {
      if (force || resume || (await files.stat(at(name))) === undefined) return undefined
      return `${at(name)} already exists; go on with --resume, or replace it with --force`
    },
    write: async (outputs, names) => {
      for (const [index, name] of names.entries())
        await files.write(
          [{ path: at(name), content: outputs[index] ?? '', mode: 0o600, unsynced: true }],
          // What is left of an interrupted run under this name is torn.
          force || resume,
        )
    },
    finish: () => undefined,
    stop: () => undefined,
  }
}

function isWhole(read: Awaited<ReturnType<Conversation['host']['files']['read']>>): boolean {
  return read.ok && read.bytes.length > 1 && read.bytes.at(-1) === LINE_FEED
}
