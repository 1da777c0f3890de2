import type { Ignored } from '../config/configuration.ts'
import { nodeAt, walk } from './document.ts'
import type { Facts } from './facts.ts'
import type { Edit, Fix } from './rule.ts'

/** Words of settings that decide who gets in; near them an ignored name is an error. */
const SECURITY =
  /auth|jwt|cors|origin|public_?key|issuer|audience|\biss\b|\baud\b|token|secret|password/i

/** What was written without effect, of one kind. */
export function ignored(facts: Facts, kind: Ignored['kind']): readonly Ignored[] {
  return facts.configuration.ignored.filter((entry) => entry.kind === kind)
}

/** Whether what was meant, or written, has to do with who gets in. */
export function isNearSecurity({ what, meant }: Ignored): boolean {
  return SECURITY.test(meant ?? what)
}

/** Whether the server has the key in another of its versions; the target says so in its own words. */
export function isOfAnotherVersion({ why }: Ignored): boolean {
  return /^the server ha[sd] this key/.test(why)
}

const PLUGIN_TABLES = /^(?:servers|workers|gateways)$/
const GO_TABLES = /^(?:api|aio)$/

/** The layout that an ignored top-level table belongs to, when it is not this target's. */
export function isOtherLayout(facts: Facts, { kind, what }: Ignored): 'plugins' | 'go' | undefined {
  if (kind !== 'key' || facts.target.name !== 'resonate') return undefined
  if (PLUGIN_TABLES.test(what)) return 'plugins'
  return GO_TABLES.test(what) ? 'go' : undefined
}

/** Whether an ignored table holds settings, at any depth, that decide who gets in. */
export function holdsSecurity(facts: Facts, { kind, what }: Ignored): boolean {
  const node = kind === 'key' ? nodeAt(facts.document, what) : undefined
  if (node === undefined || facts.document === undefined) return false
  for (const { path } of walk({ ...facts.document, root: node }))
    if (SECURITY.test(path)) return true
  return false
}

/** Whether the table for auth was meant, or something in it: by a key, or by the name of a variable. */
export function meansAuth({ concepts: { auth } }: Facts, { kind, meant }: Ignored): boolean {
  if (meant === undefined) return false
  if (kind === 'variable') return /^RESONATE_AUTH__/i.test(meant)
  return auth !== undefined && (meant === auth || meant.startsWith(`${auth}.`))
}

/** The fix that renames a key in a file to the last part of what was meant, when its parents are right. */
export function renameFix(facts: Facts, { what, meant, origin }: Ignored): Fix | undefined {
  if (meant === undefined || origin.kind !== 'file') return undefined
  const wrote = what.split('.')
  const wanted = meant.split('.')
  const name = wrote.at(-1)
  const replacement = wanted.at(-1)
  if (wrote.length !== wanted.length || name === undefined || replacement === undefined)
    return undefined
  if (wrote.slice(0, -1).join('.') !== wanted.slice(0, -1).join('.')) return undefined
  const text = facts.texts.get(origin.file)?.slice(origin.span.start, origin.span.end)
  if (text === undefined || !text.endsWith(name)) return undefined
  const edit: Edit = {
    file: origin.file,
    span: { start: origin.span.end - name.length, end: origin.span.end },
    insert: replacement,
  }
  return {
    title: `rename to ${replacement}`,
    safety: 'unsafe',
    edits: [edit],
    changes: [what, meant],
  }
}
