import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { SCHEMAS } from '../report/schema/index.ts'
import type { Conversation } from './conversation.ts'

/** `explain schema`: the published JSON Schemas, or the one that `asked` names, e.g. `verify` or `verify-line-v1`. */
export async function explainSchema(
  talk: Conversation,
  asked: string | undefined,
): Promise<ExitStatus> {
  if (asked === undefined) return listSchemas(talk)
  const name = findName(asked)
  const document = await loadSchema(name)
  if (talk.json)
    await talk.document('explain/v1', { schemas: [{ name, title: titleOf(document), document }] })
  else await talk.product(`${JSON.stringify(document, undefined, 2)}\n`)
  return ExitCode.ok
}

async function listSchemas(talk: Conversation): Promise<ExitStatus> {
  const rows = await Promise.all(
    [...SCHEMAS.keys()].map(async (name) => ({ name, title: titleOf(await loadSchema(name)) })),
  )
  if (talk.json) await talk.document('explain/v1', { schemas: rows })
  else {
    const width = Math.max(...rows.map(({ name }) => name.length))
    await talk.product(rows.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join(''))
  }
  return ExitCode.ok
}

/** The schema's name as it is listed, also for the `schema` member of a document and for a command's name alone. */
function findName(asked: string): string {
  const name = asked
    .toLowerCase()
    .replace(/^resonate-auth\//, '')
    .replace('/', '-')
    .replace(/\.json$/, '')
  const found = [name, `${name}-v1`].find((each) => SCHEMAS.has(each))
  if (found !== undefined) return found
  throw new UsageError(`no schema "${asked}"`, {
    hints: ['all schemas: "resonate-auth explain schema"'],
  })
}

async function loadSchema(name: string): Promise<object> {
  return (await SCHEMAS.get(name)?.())?.default ?? {}
}

function titleOf(document: object): string {
  return 'title' in document ? String(document.title) : ''
}
