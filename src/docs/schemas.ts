import { CONFIGURATION_DOCUMENTS } from './configuration-schemas.ts'
import type { Document } from './documents.ts'
import { HELP_DOCUMENTS } from './help-schemas.ts'
import { formatJson, type JsonSchema, publish } from './json-schema.ts'
import { KEY_DOCUMENTS } from './key-schemas.ts'
import { LINE_SCHEMAS } from './line-schemas.ts'
import { PARTS } from './schema-parts.ts'
import { TOKEN_DOCUMENTS } from './token-schemas.ts'
import { tomlSchemas } from './toml-schema.ts'

const DOCUMENTS = {
  ...TOKEN_DOCUMENTS,
  ...KEY_DOCUMENTS,
  ...CONFIGURATION_DOCUMENTS,
  ...HELP_DOCUMENTS,
}

/** Titles of documents that are not what the command of their name prints under --json. */
const TITLES: Readonly<Record<string, string>> = {
  'mint-batch': 'what mint --batch --json prints',
  key: 'what key inspect --json prints',
  'lint-diff': 'what lint --diff --json prints',
  'lint-baseline': 'what lint --baseline-write --json and --baseline-prune --json print',
  baseline: 'a baseline of lint',
  error: 'an error under --json, on standard error',
}

/** All published schemas as files; `settings` is that of this tool's settings. */
export function schemaFiles(settings: JsonSchema): readonly Document[] {
  return [
    ...Object.entries(DOCUMENTS).map(([name, forms]) => file(name, documentSchema(name, forms))),
    ...Object.entries(LINE_SCHEMAS).map(([name, { title, line }]) =>
      file(name, publish(title, line, PARTS)),
    ),
    file('settings', publish('the settings of resonate-auth', settings, {})),
    ...tomlSchemas(),
  ]
}

function file(name: string, schema: JsonSchema): Document {
  return { path: `src/report/schema/${name}-v1.json`, text: `${formatJson(schema)}\n` }
}

/** The schema of a document that has one of `forms`, with the member that names the schema. */
function documentSchema(name: string, forms: readonly JsonSchema[]): JsonSchema {
  const [only, ...others] = forms.map((form) => withName(name, form))
  const title = TITLES[name] ?? `what ${name.replace('-', ' ')} --json prints`
  return publish(title, others.length === 0 && only ? only : { oneOf: [only, ...others] }, PARTS)
}

function withName(name: string, form: JsonSchema): JsonSchema {
  const { properties, required, ...rest } = form
  return {
    ...rest,
    // A record has both.
    properties: { schema: { const: `resonate-auth/${name}/v1` }, ...(properties as JsonSchema) },
    required: ['schema', ...(required as readonly string[])],
  }
}
