import type { ConfigurationSource } from '../../../../src/config/configuration.ts'
import type { FileRead } from '../../../../src/config/file.ts'

export interface Start {
  readonly files?: Readonly<Record<string, string | FileRead>>
  readonly named?: { readonly path: string; readonly text: string }
  readonly variables?: Readonly<Record<string, string>>
  readonly arguments?: readonly string[]
}

/** What a server that starts in `/srv` finds there; its home is `/root`. */
export function sourceOf(start: Start): ConfigurationSource {
  const { files = {}, named, variables = {}, arguments: args = [] } = start
  return {
    cwd: '/srv',
    files: (path) => {
      const file = Object.hasOwn(files, path) ? files[path] : undefined
      if (file === undefined) return { ok: false, failure: 'missing', message: `no ${path}` }
      return typeof file === 'string' ? { ok: true, bytes: Buffer.from(file) } : file
    },
    ...(named !== undefined && {
      named: { path: named.path, file: { ok: true, bytes: Buffer.from(named.text) } },
    }),
    variables: Object.entries({ HOME: '/root', ...variables }).map(([name, value]) => ({
      name,
      value,
      origin: { kind: 'variable', name },
    })),
    arguments: args.map((text, index) => ({
      text,
      origin: { kind: 'argument', name: text, index },
    })),
  }
}
