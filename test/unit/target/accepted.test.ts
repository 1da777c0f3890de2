import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AuthSettings, TokenJudge } from '../../../src/target/target.ts'
import { loadTarget, type TargetId } from '../../../src/target/targets.ts'
import { AT, cases, claim, KEYS, object, pem, tokenOf } from './token-case.ts'
import { GO, RUST } from './token-rules.ts'

interface Loaded {
  readonly tokens: TokenJudge
  readonly keys: ReadonlyMap<string, AuthSettings['key']>
}

async function load(id: TargetId): Promise<Loaded> {
  const { tokens } = await loadTarget(id)
  if (tokens === undefined) throw new Error(`${id} knows tokens`)
  const keys = KEYS.flatMap((name) => {
    const key = tokens.loadKey(`${name}.pub.pem`, { ok: true, bytes: pem(`${name}.pub.pem`) })
    return key.starts ? [[name, key.key] as const] : []
  })
  const off = tokens.keyWords.unsigned === undefined ? [] : [['none', 'none'] as const]
  return { tokens, keys: new Map<string, AuthSettings['key']>([...keys, ...off]) }
}

const TARGETS = [
  ['resonate@0.9', RUST],
  ['resonate@0.10', RUST],
  ['resonate@0.10-plugins', RUST],
  ['resonate-go@0.8', GO],
] as const

test.each(TARGETS)('%s: accepted is what keeps every rule, and nothing else', async (id, rules) => {
  const { tokens, keys } = await load(id)
  let accepted = 0
  fc.assert(
    fc.property(cases, (one) => {
      const key = keys.get(one.key)
      fc.pre(key !== undefined)
      const token = tokenOf(one)
      const settings = { key: key ?? 'none', iss: one.iss, aud: one.aud }
      const { authenticated } = tokens.authenticate(Buffer.from(token), settings, AT)
      const broken = rules.filter(([, holds]) => !holds(one, token)).map(([name]) => name)
      expect({ authenticated, broken }).toEqual({ authenticated: broken.length === 0, broken })
      if (authenticated) accepted += 1
    }),
    { numRuns: 1500, maxSkipsPerRun: 1000 },
  )
  expect(accepted).toBeGreaterThan(30)
})

test.each(TARGETS)('%s: the order of claims that stand once changes nothing', async (id) => {
  const { tokens } = await load(id)
  const list = fc.uniqueArray(claim, { selector: ([name]) => name, maxLength: 6 })
  const shuffled = list.chain((members) =>
    fc.tuple(
      fc.constant(members),
      fc.shuffledSubarray([...members], { minLength: members.length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, (pair) => {
      const [first, second] = pair.map((members) => {
        const known = tokens.readClaims(Buffer.from(object(members)), { key: 'none' }, AT)
        return known.authenticated ? known.authority : 'refused'
      })
      expect(second).toEqual(first)
    }),
    { numRuns: 1000 },
  )
})
