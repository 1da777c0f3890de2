import { expect, test } from 'vitest'
import { cells, type FrameStyle, frame } from '../../../src/report/frame.ts'
import { reportOf } from './lint-report.ts'

const PLAIN: FrameStyle = { width: 60, unicode: false, mark: (text) => text, dim: (text) => text }

/** The lines under the head of the frame for the characters from `start` to `end` of a file. */
async function shown(
  text: string,
  start: number,
  end: number,
  style = PLAIN,
): Promise<readonly string[]> {
  const report = await reportOf({ files: { 'resonate.toml': text } })
  const origin = { kind: 'file', file: 'resonate.toml', span: { start, end } } as const
  return frame(report, origin, undefined, style)
}

test.each([
  ['a = "x"\n', 4, 7, [' 1 | a = "x"', '   |     ^^^']],
  ['\ta = 1\n', 5, 6, [' 1 |  a = 1', '   |      ^']],
  ['k = "日本" # x\n', 4, 8, [' 1 | k = "日本" # x', '   |     ^^^^^^']],
  ['k = "e\u0301" # x\n', 4, 8, [' 1 | k = "e\u0301" # x', '   |     ^^^']],
  ['k = "a\u001b[31m"\n', 4, 12, [' 1 | k = "a·[31m"', '   |     ^^^^^^^^']],
])('%j from %d to %d is marked in place', async (text, start, end, wanted) => {
  expect((await shown(text, start, end)).slice(1)).toEqual(wanted)
})

test('a value of several lines shows its first line and says where it ends', async () => {
  const lines = await shown('k = [\n  "a",\n  "b",\n]\n', 4, 21)
  expect(lines).toEqual(['  --> resonate.toml:1:5', ' 1 | k = [', '   |     ^', '   : … to line 4'])
})

test.each([0, 40, 150, 290])('a long line is cut around the mark at %d', async (at) => {
  const text = `${'x'.repeat(at)}MARK${'y'.repeat(300 - at)}\n`
  const [, line = '', mark = ''] = await shown(text, at, at + 4)
  expect(cells(line)).toBeLessThanOrEqual(60)
  expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('MARK')
})

test('a mark longer than the line is cut too', async () => {
  const lines = await shown(`${'x'.repeat(500)}\n`, 0, 500)
  expect(Math.max(...lines.map(cells))).toBeLessThanOrEqual(60)
})

test('variables and flags are shown where no file sets them', async () => {
  const report = await reportOf({
    files: { 'resonate.toml': '' },
    variables: { RESONATE_DEBUG: '1' },
    arguments: ['--auth-aud', 'x'],
  })
  const variable = { kind: 'variable', name: 'RESONATE_DEBUG' } as const
  expect(frame(report, variable, 'no boolean', PLAIN)).toEqual([
    '  --> environment',
    '  | RESONATE_DEBUG=1',
    '  |                ^ no boolean',
  ])
  const argument = { kind: 'argument', name: '--auth-aud', index: 1 } as const
  expect(frame(report, argument, undefined, PLAIN)).toEqual([
    '  --> command line, argument 2',
    '  | serve --auth-aud x',
    '  |       ^^^^^^^^^^',
  ])
})
