import { fileSpan } from '../config/position.ts'
import { type Diagnostic, layerOf } from './diagnostic.ts'

/** The file a finding lies in; for something absent the configuration that was judged, where there is one. */
export function fileOf({ origin, file }: Diagnostic): string | undefined {
  return fileSpan(origin)?.file ?? file
}

/** What makes a finding the same in the next run: rule, file, path and layer; never the value, line or message. */
export function identify(diagnostic: Diagnostic): string {
  const { rule, path, origin } = diagnostic
  const named = origin.kind === 'variable' || origin.kind === 'argument' ? origin.name : ''
  return [rule.id, fileOf(diagnostic) ?? '', path ?? '', layerOf(origin), named].join('\u0000')
}
