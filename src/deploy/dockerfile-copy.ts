import { posix } from 'node:path'
import type { Heredoc } from './dockerfile-lines.ts'
import { type DockerScope, expandDockerWord } from './dockerfile-words.ts'
import { cleanPath, type Mount, type MountSource } from './mount.ts'
import { knownText, type Passage, readPassage } from './passage.ts'

interface Copy {
  readonly cwd: string | undefined
  readonly context: string | undefined
  readonly heredocs: readonly Heredoc[]
  readonly scope: DockerScope
  readonly rest: Passage
}

const NOT_SEEN = 'what it copies is not in the build context'

/**
 * What `COPY` or `ADD` puts into the image (Dockerfile reference, COPY): a destination with a trailing slash, or for
 * several sources, is a directory. Sources of another stage, archives and URLs are not known.
 */
export function copyInto(words: readonly Passage[], copy: Copy): Mount[] {
  const { cwd, context, heredocs, rest } = copy
  const flags = words.filter(({ text }) => text.startsWith('--'))
  const paths = words.filter(({ text }) => !text.startsWith('--'))
  const last = paths.at(-1)
  const sources = paths.slice(0, -1)
  if (last === undefined || sources.length === 0) return []
  const written = readPassage(last)
  if ('why' in written || (cwd === undefined && !posix.isAbsolute(written.value))) return []
  const target = cleanPath(
    posix.isAbsolute(written.value) ? written.value : posix.join(cwd ?? '/', written.value),
  )
  const directory =
    /(?:\/|^|\/\.)\.?$/.test(written.value) ||
    sources.length > 1 ||
    target === cwd ||
    target === '/'
  const put = (source: MountSource, at = target): Mount => ({ target: at, source, place: rest })
  const mounts: Mount[] = []
  for (const { name, quoted, text } of heredocs) {
    const read = readPassage(quoted ? text : expandDockerWord(text, copy.scope))
    const source: MountSource =
      'value' in read
        ? { kind: 'content', bytes: new TextEncoder().encode(read.value) }
        : { kind: 'unknown', why: read.why }
    mounts.push(put(source, directory ? cleanPath(posix.join(target, name)) : target))
  }
  const texts = sources.map(knownText)
  const files = texts.filter((text) => text === undefined || !text.startsWith('<<'))
  if (files.length === 0) return mounts
  const plain = files.filter((text): text is string => text !== undefined && isPlainSource(text))
  const foreign = flags.some(({ text }) => /^--(?:from|parents)/.test(text))
  if (foreign || context === undefined || plain.length < files.length)
    return [...mounts, ...unseen(files, directory, put)]
  const hosts = plain.map((path) => posix.join(context, posix.join('/', path)))
  const [only] = hosts
  if (!directory && only !== undefined && !/[*?[]/.test(only))
    return [...mounts, put({ kind: 'host', path: only, absent: 'unknown' })]
  return [...mounts, put({ kind: 'copied', paths: hosts })]
}

/** Into a directory, sources that are not seen hide no more than the files of their own names. */
function unseen(
  files: readonly (string | undefined)[],
  directory: boolean,
  put: (source: MountSource, at?: string) => Mount,
): Mount[] {
  const source: MountSource = { kind: 'unknown', why: NOT_SEEN }
  const { target } = put(source)
  const named = files.filter((file): file is string => file !== undefined && !/[/*?.]$/.test(file))
  if (!directory || named.length < files.length) return [put(source)]
  return named.map((file) => put(source, cleanPath(posix.join(target, posix.basename(file)))))
}

function isPlainSource(path: string): boolean {
  return !/^(?:https?:|git@|<<)|\.(?:tar|tgz|tbz2|txz)(?:\.|$)/.test(path)
}
