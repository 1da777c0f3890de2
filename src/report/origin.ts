import type { Origin } from '../config/setting.ts'

/** An origin as a JSON document tells it; `at` are the members about its place in a file. */
export function originMembers(
  origin: Origin,
  at: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  switch (origin.kind) {
    case 'file':
      return { kind: 'file', ...at }
    case 'variable':
      return { kind: 'variable', name: origin.name, ...at }
    case 'argument':
      return { kind: 'argument', name: origin.name, index: origin.index, ...at }
    case 'default':
      return { kind: 'default' }
  }
}
