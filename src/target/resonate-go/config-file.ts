import type { ConfigurationSource } from '../../config/configuration.ts'
import type { FileRead } from '../../config/file.ts'
import type { Grammar } from '../../config/outline.ts'
import type { Origin } from '../../config/setting.ts'
import { decodeConfig, grammarOf } from './config-format.ts'
import type { ServerCommand } from './flags.ts'
import type { Held } from './held.ts'
import { describeFailure } from './key.ts'

export type ConfigFile =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'read'
      readonly path: string
      readonly text: string
      readonly grammar?: Grammar
      /** Where what is read of it ends, in a file of several documents. */
      readonly end?: number
      readonly entries: ReadonlyMap<string, Held>
    }
  /** The server stops with `message` (without `Error: `). */
  | {
      readonly kind: 'refused'
      readonly message: string
      readonly path: string
      readonly text?: string
      readonly origin?: Origin
    }
  | { readonly kind: 'unknown'; readonly decides: string; readonly path: string }

/** The endings viper v1.21.0 looks for, in its order (viper.go, SupportedExts). */
export const EXTENSIONS: readonly string[] =
  'json toml yaml yml properties props prop hcl tfvars dotenv env ini'.split(' ')

/** The name without its ending that a command looks for (v0.8.2 cmd/serve/serve.go:38, cmd/dev/dev.go:23). */
export function fileNameOf(command: ServerCommand): string {
  return command === 'serve' ? 'resonate' : 'resonate-dev'
}

/**
 * The file the server reads: the one of `--config`, else the one the user named, else the first that there is of `resonate.json`, `.toml`, `.yaml` …
 * in the working directory and then in $HOME (viper file.go, findConfigFileOld). Directories are passed over.
 */
export function readConfigFile(
  source: ConfigurationSource,
  command: ServerCommand,
  flag: { readonly path: string; readonly origin: Origin } | undefined,
): ConfigFile {
  if (flag === undefined && source.named !== undefined) return readNamed(source, source.named)
  const path = flag?.path ?? findFile(source, command)
  if (path === undefined) return { kind: 'none' }
  const extension = extensionOf(path)
  if (!EXTENSIONS.includes(extension)) {
    const message = `Unsupported Config Type "${extension}"`
    return { kind: 'refused', message, path, ...(flag !== undefined && { origin: flag.origin }) }
  }
  const file = source.files(path)
  if (file === undefined) return { kind: 'unknown', decides: `what ${path} holds`, path }
  const shown = flag === undefined && !path.startsWith('/') ? join(source.cwd, path) : path
  return readFound(source, path, shown, extension, file, flag?.origin)
}

/** The file that the user named; one without an ending of the server's own counts as YAML. */
function readNamed(
  source: ConfigurationSource,
  { path, file }: NonNullable<ConfigurationSource['named']>,
): ConfigFile {
  const extension = extensionOf(path)
  const format = EXTENSIONS.includes(extension) ? extension : 'yaml'
  return readFound(source, path, path, format, file, undefined)
}

function readFound(
  source: ConfigurationSource,
  path: string,
  shown: string,
  extension: string,
  file: FileRead,
  origin: Origin | undefined,
): ConfigFile {
  if (!file.ok && (file.failure === 'too-large' || file.failure === 'other'))
    return { kind: 'unknown', decides: `${path}: ${file.message}`, path }
  if (!file.ok) {
    const message = describeFailure(shown, file)
    return { kind: 'refused', message, path, ...(origin !== undefined && { origin }) }
  }
  const read = decodeConfig(extension, file.bytes, path, source.variables ?? [])
  switch (read.kind) {
    case 'read': {
      const grammar = grammarOf(extension)
      return { ...read, path, ...(grammar !== undefined && { grammar }) }
    }
    case 'refused':
      return {
        kind: 'refused',
        message: `While parsing config: ${read.message}`,
        path,
        text: read.text,
        ...(read.span !== undefined && { origin: { kind: 'file', file: path, span: read.span } }),
      }
    case 'unknown':
      return { kind: 'unknown', decides: `${path}: ${read.decides}`, path }
  }
}

/** The ending of the last part of a path, without its dot (filepath.Ext). */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1)
}

function join(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`
}

/** The paths the server tries, in order, as `ConfigurationSource.files` is asked for them. */
export function candidatePaths(
  source: ConfigurationSource,
  command: ServerCommand,
): readonly string[] {
  const home = source.variables?.find(({ name }) => name === 'HOME')?.value ?? '$HOME'
  const name = fileNameOf(command)
  const here = EXTENSIONS.map((extension) => `${name}.${extension}`)
  if (home === source.cwd || home === '') return here
  return [...here, ...here.map((file) => join(home, file))]
}

function findFile(source: ConfigurationSource, command: ServerCommand): string | undefined {
  return candidatePaths(source, command).find((path) => {
    const file = source.files(path)
    if (file === undefined) return false
    if (file.ok) return true
    return file.failure === 'denied' || file.failure === 'too-large' || file.failure === 'other'
  })
}
