import { expect, test } from 'vitest'
import { manPages, renewPart, renewReadme } from '../../../src/docs/documents.ts'
import { sampleProgram } from './sample.ts'

const README =
  'a\n<!-- commands -->\nold\n<!-- /commands -->\nb\n<!-- statuses --><!-- /statuses -->\n'

test('only what stands between the markers changes, and renewing twice changes nothing', () => {
  const once = renewReadme(README, sampleProgram())
  expect(once).toMatch(/^a\n<!-- commands -->\n\| command \| job \|\n/)
  expect(once).not.toContain('old')
  expect(renewReadme(once, sampleProgram())).toBe(once)
})

test('a command with subcommands has no row of its own', () => {
  const rows = renewReadme(README, sampleProgram()).matchAll(/^\| `(.*)` \|/gm)
  expect([...rows].map(([, name]) => name)).toEqual(['sign', 'key inspect', 'key match'])
})

test.each(['', '<!-- commands -->', '<!-- /commands --><!-- commands -->'])(
  'missing markers in %j are told',
  (readme) => {
    expect(() => renewPart(readme, 'commands', '')).toThrow(RangeError)
  },
)

test('a page is a file under man/', () => {
  expect(manPages(sampleProgram()).map(({ path }) => path)).toContain(
    'man/resonate-auth-key-match.1',
  )
})
