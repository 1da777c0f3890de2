import { ExitCode, type ExitStatus } from '../errors.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'

interface Options {
  readonly area?: string
}

/** `rules`: every rule of the linter, and the pitfalls that cannot be rules. */
export function rules(command: Cmd, edge: Edge): void {
  command
    .option('--area <area>', 'only the rules of an area, e.g. auth')
    .example('Every rule', 'resonate-auth rules')
    .example('The rules about CORS for a script', 'resonate-auth rules --area cors --json')
    .action(action<[], Options>(edge, run))
}

async function run(talk: Conversation, { area }: Options): Promise<ExitStatus> {
  const { RULES } = await import('../lint/rules/index.ts')
  const { listRules, rulesMembers } = await import('../report/rules.ts')
  const chosen = RULES.filter((rule) => area === undefined || rule.area === area)
  if (talk.json) await talk.document('rules/v1', rulesMembers(chosen))
  else await talk.product(listRules(chosen))
  return chosen.length === 0 ? ExitCode.no : ExitCode.ok
}
