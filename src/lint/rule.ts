import type { Origin, Span } from '../config/setting.ts'
import type { Facts } from './facts.ts'

export type Severity = 'error' | 'warning' | 'info'
export type Confidence = 'high' | 'medium' | 'low'
/** How much noise a run asks for: each profile holds the rules of those before it. */
export type Profile = 'default' | 'pedantic' | 'audit'
/** The hundreds of a rule's number say its area: 0 config, 1 auth and keys, 2 cors, 3 push … */
export type Area =
  | 'config'
  | 'auth'
  | 'cors'
  | 'push'
  | 'exposure'
  | 'layer'
  | 'token'
  | 'secret'
  | 'legacy'
  | 'meta'

/** Replaces the text of `span` in `file`; an empty span inserts. */
export interface Edit {
  readonly file: string
  readonly span: Span
  readonly insert: string
}

/** A safe fix cannot switch a check on or off, or open anything; every other one is unsafe. */
export interface Fix {
  readonly title: string
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly [Edit, ...Edit[]]
  /** The settings, by dotted path, that may differ afterwards; all others stay as they are. */
  readonly changes: readonly string[]
}

/** Another place that has to do with a finding. */
export interface Related {
  readonly origin: Origin
  readonly note: string
}

export type Messages = Readonly<Record<string, string>>

type Blanks<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Blanks<Rest>
  : never

type Blank = string | number | bigint

type Values<Template extends string> = string extends Template
  ? { readonly values?: Readonly<Record<string, Blank>> | undefined }
  : [Blanks<Template>] extends [never]
    ? { readonly values?: undefined }
    : { readonly values: Readonly<Record<Blanks<Template>, Blank>> }

/** What a rule says of one place; `message` names a template of the rule, `values` fill its blanks. */
export type Finding<M extends Messages> = {
  [Id in keyof M & string]: {
    readonly message: Id
    readonly origin: Origin
    /** The setting it is about, by dotted path; part of the finding's identity. */
    readonly path?: string
    /** What is said under the marked text. */
    readonly note?: string
    readonly related?: readonly Related[]
    /** Places where an ignore comment counts although they are not shown. */
    readonly hidden?: readonly Origin[]
    /** Instead of the rule's own severity. */
    readonly severity?: Severity
    /** Instead of the rule's own remediation. */
    readonly mend?: string
    readonly fix?: Fix
  } & Values<M[Id]>
}[keyof M & string]

/** An input of a rule: documentation and test in one. */
export interface Sample<Id extends string> {
  readonly title: string
  /** `resonate.toml` and the key files, by name; `public.pem` is there even when not named. */
  readonly files?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  /** The server's flags. */
  readonly arguments?: readonly string[]
  /** Instead of `serve`. */
  readonly command?: 'serve' | 'dev'
  /** Instead of the newest patch version of `resonate@0.9`. */
  readonly target?: string
  readonly modes?: Readonly<Record<string, number>>
  readonly tokens?: readonly string[]
  /** The findings of this rule; `mark` is the exact text that the primary span covers. */
  readonly expect?: readonly {
    readonly message: Id
    readonly path?: string
    readonly mark?: string
  }[]
  /** Findings of other rules that the same input rightly gives. */
  readonly also?: readonly string[]
  /** The files after the rule's fixes. */
  readonly fixed?: Readonly<Record<string, string>>
}

/** For rules that speak of the Go server too. */
export const ALL_TARGETS: readonly string[] = [
  'resonate@0.9',
  'resonate@0.10',
  'resonate@0.10-plugins',
  'resonate-go@0.8',
  'resonate-go@0.7',
]

export interface RuleOf<M extends Messages> {
  readonly id: `RA${number}`
  readonly name: string
  readonly aliases?: readonly string[]
  /** The version of this tool that has it first. */
  readonly since: string
  readonly area: Area
  readonly severity: Severity
  readonly confidence: Confidence
  readonly profile?: Profile
  /** For security rules: a CVSS-like score over 0 and up to 10, and the weaknesses (CWE numbers). */
  readonly security?: { readonly score: number; readonly cwe: readonly number[] }
  /** The targets it speaks of, e.g. `['resonate@0.9']`; every Resonate (Rust) target when absent. */
  readonly targets?: readonly string[]
  /** The rows of the pitfall list it stands for. */
  readonly pitfalls?: readonly number[]
  readonly fixable?: Fix['safety']
  readonly summary: string
  readonly why: string
  readonly remediation: string
  readonly references?: readonly string[]
  readonly messages: M
  /** Made when they are asked for: no run of `lint` needs them. */
  readonly bad: () => readonly [Sample<keyof M & string>, ...Sample<keyof M & string>[]]
  readonly good: () => readonly [Sample<never>, ...Sample<never>[]]
  check(facts: Facts): Iterable<Finding<M>>
}

export type Rule = RuleOf<Messages>

/** A rule, its messages checked against what its check gives; the one place where their types are forgotten. */
export function defineRule<const M extends Messages>(rule: RuleOf<M>): Rule {
  // Finding<M> is a Finding<Messages> whose message is one of M's keys; variance hides that from the compiler.
  return rule as unknown as Rule
}
