import type { Variable } from '../config/configuration.ts'
import type { Conversation } from './conversation.ts'
import { readInput } from './file-input.ts'

/** Where the server's environment comes from, as given by flags. */
export interface EnvironmentOptions {
  readonly env?: boolean
  readonly envFile?: readonly string[]
  readonly envFileFormat?: 'docker' | 'dotenv'
}

/** The server's variables; undefined when no option asks for an environment. Env files come over the process's own. */
export async function readVariables(
  talk: Conversation,
  options: EnvironmentOptions,
  limit: number,
): Promise<readonly Variable[] | undefined> {
  if (options.env !== true && options.envFile === undefined) return undefined
  const variables = new Map<string, Variable>()
  if (options.env === true)
    for (const [name, value] of Object.entries(talk.host.env))
      if (value !== undefined)
        variables.set(name, { name, value, origin: { kind: 'variable', name } })
  for (const file of options.envFile ?? [])
    for (const variable of await readEnvFile(talk, file, { ...options, limit })) {
      // A name keeps its last assignment, and with it its place in the order.
      variables.delete(variable.name)
      variables.set(variable.name, variable)
    }
  return [...variables.values()]
}

async function readEnvFile(
  talk: Conversation,
  file: string,
  { env, envFileFormat, limit }: EnvironmentOptions & { readonly limit: number },
): Promise<readonly Variable[]> {
  const bytes = await readInput(file, talk, { purpose: 'an env file', limit })
  const { decodeText } = await import('../deploy/source-text.ts')
  const { environmentScope, variableOf } = await import('../deploy/environment.ts')
  const source = { file, text: decodeText(bytes) }
  const scope = environmentScope(env === true ? processEnvironment(talk) : undefined)
  if (envFileFormat === 'dotenv') {
    const { readDotenv } = await import('../deploy/dotenv.ts')
    return readDotenv(source, scope).map(variableOf)
  }
  const { readDockerEnvFile } = await import('../deploy/env-file.ts')
  return readDockerEnvFile(source, scope).map(variableOf)
}

/** The variables of this process by name. */
export function processEnvironment(talk: Conversation): ReadonlyMap<string, string> {
  const entries = Object.entries(talk.host.env)
  return new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
