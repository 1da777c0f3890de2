import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Playground, scenarios } from './command-lines.ts'

const ground = new Playground()
afterAll(() => ground.remove())

/** These write as they go, or show what they found before they say what is wrong with it. */
function isStreamed(argv: readonly string[]): boolean {
  const whole = argv.includes('--jsonl') || argv.some((word) => /^--batch(?:=|$)/.test(word))
  return whole || (argv[0] === 'key' && argv[1] === 'inspect') || argv[0] === 'keygen'
}

test('nothing that can be started crashes, and what fails has no product', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios(), async (scenario) => {
      const { status, stdout, stderr } = await ground.play(scenario, scenario.argv)
      expect([0, 1, 2, 3, 130]).toContain(status)
      expect(stderr).not.toContain('this is a bug')
      if (status >= 2 && !isStreamed(scenario.argv)) expect(stdout).toBe('')
    }),
    { numRuns: 1200 },
  )
})

/** Their product is lines, a report in a form of its own, a patch, a script or the help. */
function hasOwnForm(argv: readonly string[]): boolean {
  const form = /^(?:-h|--help|--jsonl|--batch|--format|--diff|--json-schema)(?:=|$)/
  return argv.some((word) => form.test(word)) || argv.includes('--')
}

test('--json changes the form, never the status: one document, and one for an error', async () => {
  const plain = scenarios().filter(({ argv }) => !hasOwnForm(argv) && !argv.includes('--json'))
  await fc.assert(
    fc.asyncProperty(plain, async (scenario) => {
      const first = await ground.play(scenario, scenario.argv)
      const words = scenario.argv[0] === 'key' ? 2 : 1
      const argv = scenario.argv.toSpliced(words, 0, '--json')
      const { status, stdout, stderr } = await ground.play(scenario, argv)
      expect(status).toBe(first.status)
      if (stdout !== '') expect(JSON.parse(stdout)).toHaveProperty('schema')
      if (status >= 2) {
        const last = stderr.trimEnd().split('\n').at(-1) ?? ''
        expect(JSON.parse(last)).toHaveProperty('error.code')
      }
    }),
    { numRuns: 600 },
  )
})
