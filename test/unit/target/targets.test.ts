import { expect, test } from 'vitest'
import { loadTarget, parseTarget, suggestTarget, TARGET_IDS } from '../../../src/target/targets.ts'

test.each([
  ['resonate', 'resonate@0.9'],
  ['resonate@0.9', 'resonate@0.9'],
  ['resonate@0.9.4', 'resonate@0.9'],
  ['resonate@0.10-plugins', 'resonate@0.10-plugins'],
  ['resonate-go', 'resonate-go@0.8'],
  ['resonate-go@0.7', 'resonate-go@0.7'],
  ['resonate@0.11', undefined],
  ['resonate@', undefined],
  ['', undefined],
  ['__proto__', undefined],
])('parseTarget(%j) is %j', (text, id) => {
  expect(parseTarget(text)).toBe(id)
})

test('a near miss is suggested, nonsense is not', () => {
  expect(suggestTarget('resonat@0.9')).toBe('resonate@0.9')
  expect(suggestTarget('something else')).toBe(undefined)
})

test.each(TARGET_IDS)(
  '%s: reasons are unique, kinds are unique, every reason says what to do',
  async (id) => {
    const target = await loadTarget(id)
    const ids = target.reasons.map((reason) => reason.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(target.kinds).size).toBe(target.kinds.length)
    for (const { id: reason, meaning, mending } of target.reasons) {
      expect({ reason, said: meaning.length > 5 && mending.length > 5 }).toEqual({
        reason,
        said: true,
      })
      expect(meaning).not.toMatch(/\.$/)
      expect(reason).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/)
    }
  },
)
