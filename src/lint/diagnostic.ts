import type { Origin } from '../config/setting.ts'
import type { Confidence, Fix, Related, Rule, Severity } from './rule.ts'

/** One finding, finished: all texts are safe to print and hold no secret. */
export interface Diagnostic {
  readonly rule: Rule
  readonly severity: Severity
  readonly confidence: Confidence
  /** Which of the rule's messages it is. */
  readonly messageId: string
  /** What is wrong. */
  readonly message: string
  /** Why it matters. */
  readonly why: string
  /** What to do. */
  readonly mend: string
  readonly origin: Origin
  readonly note?: string
  readonly related: readonly Related[]
  readonly hidden: readonly Origin[]
  /** The setting it is about, by dotted path. */
  readonly path?: string
  /** The configuration file, or else the first file, that was judged; a finding about something absent has no other place. */
  readonly file?: string
  readonly fix?: Fix
}

/** The layer an origin belongs to, part of a finding's identity. */
export function layerOf(origin: Origin): 'file' | 'env' | 'flag' | 'absent' {
  switch (origin.kind) {
    case 'file':
      return 'file'
    case 'variable':
      return 'env'
    case 'argument':
      return 'flag'
    case 'default':
      return 'absent'
  }
}
