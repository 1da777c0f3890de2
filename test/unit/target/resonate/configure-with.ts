import type { Configuration } from '../../../../src/config/configuration.ts'
import type { FileRead } from '../../../../src/config/file.ts'
import { configure } from '../../../../src/target/resonate/configure.ts'
import type { LoadKey } from '../../../../src/target/resonate/startup.ts'

export interface Written {
  readonly toml?: string
  readonly env?: Readonly<Record<string, string>>
  /** The server's arguments, `serve` or `dev` first. */
  readonly args?: readonly string[]
  readonly files?: Readonly<Record<string, FileRead>>
  readonly version?: string
  readonly loadKey?: LoadKey
}

const MISSING: FileRead = {
  ok: false,
  failure: 'missing',
  message: 'No such file or directory (os error 2)',
}

/** The configuration of a server in /srv/app: its resonate.toml, its environment and its arguments. */
export function configureWith({
  toml,
  env = {},
  args = [],
  files = {},
  ...more
}: Written): Configuration {
  return configure(
    more.version ?? '0.9',
    {
      cwd: '/srv/app',
      files: (path) => {
        if (path === 'resonate.toml' && toml !== undefined)
          return { ok: true, bytes: Buffer.from(toml) }
        return files[path] ?? MISSING
      },
      variables: Object.entries(env).map(([name, value]) => ({
        name,
        value,
        origin: { kind: 'variable', name },
      })),
      arguments: args.map((text, index) => ({
        text,
        origin: { kind: 'argument', name: text, index },
      })),
    },
    more.loadKey ?? (() => ({ starts: false, exit: 1, message: 'no key was expected' })),
  )
}

/** The value of one key. */
export function settingOf(written: Written, key: string): unknown {
  return configureWith(written).settings.get(key)?.value
}

/** What the server prints when it does not start. */
export function messageOf(written: Written): string | undefined {
  const { start } = configureWith(written)
  return start.starts === false ? start.message : undefined
}
