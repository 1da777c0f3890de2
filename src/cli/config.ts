import { closest } from 'fastest-levenshtein'
import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { action, type Cmd } from './command.ts'
import {
  addConfigurationOptions,
  type ConfigurationOptions,
  readConfiguration,
} from './configuration-source.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { onlyOperand } from './operands.ts'

interface Options extends ConfigurationOptions {
  readonly explain?: string
  readonly showSecrets?: boolean
}

/** `config`: the settings as the server would hold them, where each comes from, and whether it starts. */
export function config(command: Cmd, edge: Edge): void {
  command
    .usage('[file] [options] [-- serve [flags]]')
    .option('--explain <key>', 'only this key, e.g. auth.publickey')
    .option('--show-secrets', 'show the values of secrets too')
  addConfigurationOptions(command)
    .example('What the server would read here', 'resonate-auth config')
    .example('With the environment and flags', 'resonate-auth config --env -- serve --auth-iss a')
    .action(action<[string | undefined, readonly string[]], Options>(edge, run))
}

async function run(
  talk: Conversation,
  options: Options,
  file: string | undefined,
  more: readonly string[],
): Promise<ExitStatus> {
  const operand = onlyOperand(talk, 'configuration file', file, more)
  const gathered = await readConfiguration(talk, options, operand, 'server')
  const { server, configuration, source } = gathered
  const { readTexts } = await import('./configuration-texts.ts')
  const { describeEffective, effectiveMembers, writeJson } = await import('../report/effective.ts')
  const { file: own } = configuration
  const { IndexedText } = await import('../config/position.ts')
  const texts = new Map(await readTexts(talk, gathered))
  if (own !== undefined) texts.set(own.path, own.text)
  const effective = {
    configuration,
    texts: new Map([...texts].map(([name, text]) => [name, new IndexedText(text)])),
    showSecrets: options.showSecrets === true,
    ...(options.explain !== undefined && {
      only: knownKey(options.explain, [...configuration.settings.keys()]),
    }),
  }
  if (talk.json) {
    const document = {
      schema: 'resonate-auth/config/v1',
      target: server,
      ...effectiveMembers(effective),
    }
    await talk.product(`${writeJson(document, '  ')}\n`)
  } else {
    const { paintFor } = await import('./paint.ts')
    await talk.product(describeEffective(effective, await paintFor(talk, 'stdout')))
    if (source.variables === undefined)
      talk.note('the environment was not read; --env or --env-file reads one')
  }
  return configuration.start.starts === false ? ExitCode.no : ExitCode.ok
}

function knownKey(key: string, keys: readonly string[]): string {
  if (keys.includes(key)) return key
  throw new UsageError(`the server has no key "${key}"`, {
    hints: [`did you mean ${closest(key, [...keys])}?`],
  })
}
