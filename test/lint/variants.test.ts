import { expect, test } from 'vitest'
import type { Rule } from '../../src/lint/rule.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { schemaOf09 } from '../../src/target/resonate/settings-09.ts'
import {
  dotted,
  hasEmptyTable,
  inline,
  type Leaf,
  leavesOf,
  quoted,
  variablesOf,
} from './rewrite.ts'
import { type Input, runSample } from './sample-facts.ts'

const FILE = 'resonate.toml'

/** Samples of the Rust server whose file can be written in another way. */
const SAMPLES = RULES.filter((rule) => !['meta', 'legacy'].includes(rule.area)).flatMap((rule) =>
  [...rule.bad(), ...rule.good()].flatMap((sample, index) => {
    const toml = sample.files?.[FILE]
    // Rewriting drops the comment that makes a file too large.
    return toml === undefined || toml.length > 100_000
      ? []
      : [{ rule, sample, toml, name: `${rule.id} #${index}` }]
  }),
)

async function idsOf(input: Input, rule: Rule): Promise<readonly string[]> {
  const { diagnostics } = await runSample(input, rule)
  return diagnostics.map((found) => `${found.rule.id} ${found.messageId}`).sort()
}

async function differences(
  rewrite: (toml: string) => string | undefined,
): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { rule, sample, toml, name } of SAMPLES) {
    const other = rewrite(toml)
    if (other === undefined || other === toml) continue
    const wanted = await idsOf(sample, rule)
    const found = await idsOf({ ...sample, files: { ...sample.files, [FILE]: other } }, rule)
    if (wanted.join() !== found.join())
      wrong.push(`${name}: ${wanted.join()} became ${found.join()}`)
  }
  return wrong
}

function flattened(
  write: (leaves: readonly Leaf[]) => string,
): (toml: string) => string | undefined {
  return (toml) => {
    const leaves = hasEmptyTable(toml) ? undefined : leavesOf(toml)
    return leaves === undefined ? undefined : write(leaves)
  }
}

test.each<[string, (toml: string) => string | undefined]>([
  ['with CRLF', (toml) => toml.replaceAll('\n', '\r\n')],
  ['with a byte order mark', (toml) => (toml.startsWith('latin1:') ? undefined : `\ufeff${toml}`)],
  ['without a final newline', (toml) => toml.replace(/\n$/, '')],
  ['with dotted keys', flattened(dotted)],
  ['with inline tables', flattened(inline)],
  ['with quoted keys', flattened(quoted)],
])('the findings of every sample are the same %s', async (_, rewrite) => {
  expect(await differences(rewrite)).toEqual([])
})

/** Areas whose findings are about a value, wherever it comes from. */
const OF_VALUES = new Set(['auth', 'cors', 'push', 'exposure'])

const KNOWN = new Set(schemaOf09(8).rows.map(({ key }) => key))

test('the findings of every sample are the same when variables set the values', async () => {
  const wrong: string[] = []
  for (const { rule, sample, toml, name } of SAMPLES) {
    const leaves = leavesOf(toml) ?? []
    if (!OF_VALUES.has(rule.area) || isLayered(sample)) continue
    if (leaves.some(({ path }) => !KNOWN.has(path.join('.')))) continue
    const wanted = (sample.expect ?? []).map(({ message }) => message).sort()
    const variables = { ...variablesOf(leaves), ...sample.variables }
    const { diagnostics } = await runSample(
      { ...sample, files: { ...sample.files, [FILE]: '' }, variables },
      rule,
    )
    const found = diagnostics
      .filter((one) => one.rule === rule)
      .map(({ messageId }) => messageId)
      .sort()
    if (wanted.join() !== found.join())
      wrong.push(`${name}: ${wanted.join()} became ${found.join()}`)
  }
  expect(wrong).toEqual([])
})

test('the findings of every sample are the same when flags set the values', async () => {
  const flags = new Map(schemaOf09(8).rows.map(({ key, flag }) => [key, flag]))
  const wrong: string[] = []
  for (const { rule, sample, toml, name } of SAMPLES) {
    const leaves = leavesOf(toml) ?? []
    if (!OF_VALUES.has(rule.area) || isLayered(sample)) continue
    const given = leaves.flatMap((leaf) => flagWords(leaf, flags.get(leaf.path.join('.'))))
    if (given.includes(undefined)) continue
    const wanted = (sample.expect ?? []).map(({ message }) => message).sort()
    const { diagnostics } = await runSample(
      {
        ...sample,
        files: { ...sample.files, [FILE]: '' },
        arguments: [...given.filter((word) => word !== undefined), ...(sample.arguments ?? [])],
      },
      rule,
    )
    const found = diagnostics
      .filter((one) => one.rule === rule)
      .map(({ messageId }) => messageId)
      .sort()
    if (wanted.join() !== found.join())
      wrong.push(`${name}: ${wanted.join()} became ${found.join()}`)
  }
  expect(wrong).toEqual([])
})

/** Whether the sample is about one layer over another. */
function isLayered({
  target,
  title,
}: {
  readonly target?: string
  readonly title: string
}): boolean {
  return target !== undefined || title.includes('over the file')
}

/** The words that set a leaf; undefined among them when a flag cannot. */
function flagWords(
  { value }: Leaf,
  flag: { readonly name: string; readonly value?: string } | undefined,
): readonly (string | undefined)[] {
  if (flag === undefined) return [undefined]
  if (flag.value === undefined) return value === 'true' ? [flag.name] : []
  const list = value.startsWith('[') ? [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)] : undefined
  if (list !== undefined) return list.flatMap(([, entry]) => [`${flag.name}=${entry}`])
  return [`${flag.name}=${value.replace(/^"(.*)"$/, '$1')}`]
}
