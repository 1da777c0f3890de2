import { ERROR_CODES } from '../errors.ts'
import { choice, count, type JsonSchema, list, part, record, text } from './json-schema.ts'
import { EXPLAINED, RULE, SERVER, VERDICT } from './schema-parts.ts'
import { SHELLS } from './shell.ts'

/** The documents of the commands that explain, and of errors. */
export const HELP_DOCUMENTS: Readonly<Record<string, readonly JsonSchema[]>> = {
  explain: [
    record({
      target: SERVER,
      reasons: list('the reasons that fit', part('reason')),
      'sdks?': list('every SDK', part('sdk')),
    }),
    record({ sdks: list('the SDK, its versions', part('sdk')) }),
    record({
      rule: record(
        {
          ...RULE,
          bad: list('configurations that it reports', part('sample')),
          good: list('configurations that it does not report', part('sample')),
        },
        'the rule',
      ),
    }),
    record({ target: SERVER, ...VERDICT, ...EXPLAINED }),
    record({
      schemas: list(
        'the published schemas',
        record({
          name: text('as "explain schema" takes it'),
          title: text('what it is for'),
          'document?': { description: 'the JSON Schema itself', type: 'object' },
        }),
      ),
    }),
  ],
  rules: [
    record({
      rules: list('every rule', record(RULE)),
      withoutRule: list(
        'pitfalls that have none',
        record({
          number: count('the number of the pitfall', 1),
          pitfall: text('what it is'),
          why: text('what is done instead'),
        }),
      ),
    }),
  ],
  completion: [record({ shell: choice('the shell', SHELLS), script: text('its script') })],
  error: [
    record({
      error: record(
        {
          code: choice('the kind of error', ERROR_CODES),
          message: text('what is wrong'),
          hints: list('what to do', { type: 'string' }),
        },
        'why it could not be done',
      ),
    }),
  ],
}
