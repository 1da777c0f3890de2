import type { Variable } from '../../config/configuration.ts'
import type { Grammar } from '../../config/outline.ts'
import type { Span } from '../../config/setting.ts'
import { readDotenv } from './dotenv.ts'
import { decodeUtf8 } from './go-text.ts'
import type { Held } from './held.ts'
import { holdJson } from './json-config.ts'
import { holdToml } from './toml-config.ts'
import { holdYaml } from './yaml-config.ts'

/** A configuration file's text as viper's codec for its ending makes of it; names are in lower case. */
export type FormatRead =
  | {
      readonly kind: 'read'
      readonly text: string
      /** Where the first document of a YAML text ends, which is all that is read of it. */
      readonly end?: number
      readonly entries: ReadonlyMap<string, Held>
    }
  | {
      readonly kind: 'refused'
      readonly text: string
      readonly message: string
      readonly span?: Span
    }
  | { readonly kind: 'unknown'; readonly text: string; readonly decides: string }

/** Decodes `bytes` by the file's ending (viper encoding.go); endings it looks for but cannot read stop the server. */
export function decodeConfig(
  extension: string,
  bytes: Uint8Array,
  file: string,
  variables: readonly Variable[],
): FormatRead {
  switch (extension) {
    case 'yaml':
    case 'yml':
      return holdYaml(bytes, file)
    case 'json':
      return holdJson(bytes, file)
    case 'toml':
      return holdToml(bytes, file)
    case 'env':
    case 'dotenv':
      return readDotenv(bytes, file, variables)
    default:
      return {
        kind: 'refused',
        text: decodeUtf8(bytes),
        message: 'decoder not found for this format',
      }
  }
}

/** What is a comment in a file with this ending; undefined where nothing is. */
export function grammarOf(extension: string): Grammar | undefined {
  return GRAMMARS[extension]
}

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  env: 'dotenv',
  dotenv: 'dotenv',
}
