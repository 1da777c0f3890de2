import type { ConfigurationSource } from '../../src/config/configuration.ts'
import type { FileRead } from '../../src/config/file.ts'
import { parseBaseline } from '../../src/lint/baseline.ts'
import { createFacts, type Facts } from '../../src/lint/facts.ts'
import { EVERYTHING_DEFAULT, type Selection } from '../../src/lint/lint.ts'
import type { Rule, Sample } from '../../src/lint/rule.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { type RunResult, runLint } from '../../src/lint/run.ts'
import { PUBLIC_PEM } from '../../src/lint/samples.ts'
import { loadTarget, parseTarget } from '../../src/target/targets.ts'

/** 2026-11-22T12:00:00Z */
export const NOW = 1_795_348_800

export type Input = Pick<
  Sample<string>,
  'files' | 'variables' | 'arguments' | 'command' | 'target' | 'modes' | 'tokens'
>

export const BASELINE = 'resonate-auth-baseline.json'

/** The facts of a sample, as the command gathers them; `latin1:` before a text makes bytes that are not UTF-8. */
export async function factsOf(input: Input): Promise<Facts> {
  const id = parseTarget(input.target ?? 'resonate@0.9')
  if (id === undefined) throw new Error(`no target ${input.target}`)
  const target = await loadTarget(id)
  const patch = /@(\d+\.\d+\.\d+)$/.exec(input.target ?? '')?.[1]
  const files: Readonly<Record<string, string>> = { 'public.pem': PUBLIC_PEM, ...input.files }
  const bytesOf = (text: string): Uint8Array =>
    text.startsWith('latin1:') ? Buffer.from(text.slice(7), 'latin1') : Buffer.from(text)
  const source: ConfigurationSource = {
    cwd: '/srv/resonate',
    files: (path): FileRead => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined
      return text === undefined
        ? { ok: false, failure: 'missing', message: 'No such file or directory (os error 2)' }
        : { ok: true, bytes: bytesOf(text) }
    },
    variables: Object.entries(input.variables ?? {}).map(([name, value]) => ({
      name,
      value,
      origin: { kind: 'variable', name },
    })),
    arguments: words(input).map((text, index) => ({
      text,
      origin: { kind: 'argument', name: text, index },
    })),
  }
  const configure = await target.configure(patch)
  return createFacts({
    target,
    version: patch ?? (target.version === '0.9' ? '0.9.8' : target.version),
    configuration: configure(source),
    variables: source.variables,
    arguments: source.arguments,
    command: input.command ?? 'serve',
    searched: true,
    files: source.files,
    nearby: new Map(
      Object.entries(input.modes ?? {}).map(([path, mode]) => [
        path,
        { mode, ...(files[path] !== undefined && { text: files[path] }) },
      ]),
    ),
    texts: new Map(Object.entries(files).filter(([name]) => /\.(?:toml|yaml)$/.test(name))),
    outlines: new Map(),
    tokens: (input.tokens ?? []).map((text, index) => ({ name: `token ${index + 1}`, text })),
    now: NOW,
  })
}

function words({ command = 'serve', arguments: flags = [] }: Input): readonly string[] {
  return command === 'serve' && flags.length === 0 ? [] : [command, ...flags]
}

/** What a run over `input` finds: the default rules and, where it is of another profile, `rule`. */
export async function runSample(
  input: Input,
  rule?: Rule,
  selection: Partial<Selection> = {},
): Promise<RunResult & { readonly facts: Facts }> {
  const facts = await factsOf(input)
  const rules =
    rule === undefined
      ? RULES
      : RULES.filter((other) => (other.profile ?? 'default') === 'default' || other === rule)
  const baseline = input.files?.[BASELINE]
  const result = runLint(facts, rules, {
    targetId: `${facts.target.name}@${facts.target.version}`,
    selection: { ...EVERYTHING_DEFAULT, profile: rule?.profile ?? 'default', ...selection },
    suppressions: [],
    neverIgnore: new Set(),
    honour: true,
    ...(baseline !== undefined && {
      baseline: { file: BASELINE, entries: parseBaseline(baseline, BASELINE) },
    }),
  })
  return { ...result, facts }
}
