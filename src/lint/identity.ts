import type { Origin, Span } from '../config/setting.ts'
import { type Diagnostic, layerOf } from './diagnostic.ts'

/** The file and span behind an origin: its own, or that of the file that sets the variable or argument. */
export function fileSpan(
  origin: Origin,
): { readonly file: string; readonly span: Span } | undefined {
  switch (origin.kind) {
    case 'file':
      return origin
    case 'variable':
    case 'argument':
      return origin.at
    case 'default':
      return undefined
  }
}

/** What makes a finding the same in the next run: rule, file, path and layer; never the value, line or message. */
export function identify({ rule, path, origin, file }: Diagnostic): string {
  const named = origin.kind === 'variable' || origin.kind === 'argument' ? origin.name : ''
  return [rule.id, fileSpan(origin)?.file ?? file ?? '', path ?? '', layerOf(origin), named].join(
    '\u0000',
  )
}
