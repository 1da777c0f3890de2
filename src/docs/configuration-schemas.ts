import {
  choice,
  count,
  type JsonSchema,
  list,
  map,
  nullable,
  part,
  record,
  text,
} from './json-schema.ts'
import { FIXES, RULE_DOCS, RULE_HEAD, SERVER } from './schema-parts.ts'

const VALUE = { description: 'the value; *** hides a secret, {"unknown": …} is not to be known' }
const LAYER = choice('the layer it comes from', ['file', 'env', 'flag', 'absent'])

/** The documents about configurations, by command. */
export const CONFIGURATION_DOCUMENTS: Readonly<Record<string, readonly JsonSchema[]>> = {
  config: [
    record({
      target: SERVER,
      starts: { description: 'whether the server starts', enum: [true, false, 'unknown'] },
      exit: nullable({ description: 'its exit status, where it does not', type: 'integer' }),
      message: nullable(text('what it says then')),
      decides: nullable(text('what decides, where it is not known')),
      settings: map(
        'by dotted path',
        record({
          value: VALUE,
          origin: part('origin'),
          shadows: list(
            'what this value stands in front of',
            record({ value: VALUE, origin: part('origin') }),
          ),
        }),
      ),
      ignored: list(
        'what has no effect',
        record({
          what: text('as written'),
          origin: part('origin'),
          why: text('why it has none'),
          meant: nullable(text('what was probably meant')),
        }),
      ),
    }),
  ],
  lint: [
    record({
      version: text('the version of this tool'),
      target: text('the server with its patch version'),
      inputs: record(
        {
          files: list('the configuration files', { type: 'string' }),
          variables: nullable(count('variables of the server; null where none were read')),
          arguments: count("the server's flags"),
          tokens: count('tokens that were looked at'),
          settings: nullable(text("the file of this tool's settings")),
        },
        'what was read',
      ),
      findings: list(
        'errors first',
        record({
          rule: text('the number of the rule', { pattern: '^RA\\d+$' }),
          ...RULE_HEAD,
          message: text('what is wrong'),
          note: nullable(text('what is said under the marked text')),
          why: text('why it matters'),
          mend: text('what to do'),
          docs: RULE_DOCS,
          path: nullable(text('the setting, by dotted path')),
          layer: LAYER,
          origin: part('origin'),
          location: record(
            {
              file: text('the file'),
              start: part('position'),
              end: part('position'),
            },
            'the place, or the nearest one in a file',
          ),
          related: list(
            'other places',
            record({ note: text('what is there'), origin: part('origin') }),
          ),
          fix: {
            description: 'what --fix would do',
            oneOf: [
              { type: 'null' },
              record({ title: text('in words'), safety: choice('how safe it is', FIXES) }),
            ],
          },
        }),
      ),
      summary: record(
        {
          error: count('errors'),
          warning: count('warnings'),
          info: count('infos'),
          suppressed: count('findings that are ignored'),
          baselined: count('findings that the baseline holds'),
          rules: count('rules that ran'),
          off: list('rules that were switched off', { type: 'string' }),
        },
        'numbers of findings and of rules',
      ),
    }),
  ],
  'lint-diff': [
    record({
      files: list(
        'the configuration files',
        record({
          file: text('the file'),
          diff: text('its change as a unified diff, secrets masked; empty when there is none'),
        }),
      ),
    }),
  ],
  'lint-baseline': [
    record({
      file: text('the baseline'),
      entries: count('entries it has now'),
      pruned: { description: 'whether it was pruned, not written anew', type: 'boolean' },
    }),
  ],
  baseline: [
    record({
      entries: list(
        'findings that are not reported again',
        record({
          rule: text('the number of the rule', { pattern: '^RA\\d+$' }),
          file: text('the file'),
          path: text('the setting, by dotted path'),
          layer: LAYER,
          hash: text('over what stood there, secrets masked'),
          count: count('how many', 1),
          'reason?': text('why they stay'),
        }),
      ),
    }),
  ],
}
