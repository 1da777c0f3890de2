import { TARGET_PATTERN } from '../target/targets.ts'
import {
  count,
  flag,
  type JsonSchema,
  list,
  map,
  nullable,
  openRecord,
  part,
  record,
  text,
} from './json-schema.ts'
import { DECISION, OPERATION, VERDICT } from './schema-parts.ts'

/** A JSON Lines schema: what it is for, and one line. */
export interface LineSchema {
  readonly title: string
  readonly line: JsonSchema
}

const ID = { description: 'anything; the answer has it too' }
const AT = nullable({ description: 'the instant, Unix seconds', type: 'integer' })
const STRING = { type: 'string' }
const SWITCH = nullable({ type: 'boolean' })
const TEXT = nullable(STRING)
const WHEN = {
  description: 'a duration, an instant, or Unix seconds',
  anyOf: [nullable(STRING), count('Unix seconds')],
}
const TARGET = nullable(text('the server, e.g. resonate@0.9', { pattern: TARGET_PATTERN }))
const KEY = {
  publickey: nullable(text('the public key as the server reads it, or "none"; else auth is off')),
  iss: nullable(text('the issuer that the server is configured with')),
  aud: nullable(text('the audience that the server is configured with')),
}
const BODIES = ['body', 'body_base64', 'body_parts']

/** Only one of the members gives the body. */
const ONE_BODY = BODIES.flatMap((name, at) =>
  BODIES.slice(at + 1).map((other) => ({
    not: {
      required: [name, other],
      properties: { [name]: { not: { type: 'null' } }, [other]: { not: { type: 'null' } } },
    },
  })),
)

/** What `--jsonl` and `--batch` read and write, a line each; `input` is read, `line` is written. */
export const LINE_SCHEMAS: Readonly<Record<string, LineSchema>> = {
  'mint-input': {
    title: 'a line that mint --batch reads',
    line: {
      type: 'object',
      properties: {
        id: {
          description: 'a name',
          anyOf: [nullable({ ...STRING, minLength: 1 }), count('a number')],
        },
        prefix: TEXT,
        role: TEXT,
        'all-ids': SWITCH,
        'no-prefix': SWITCH,
        iss: TEXT,
        aud: {
          description: 'one audience or several',
          anyOf: [nullable(STRING), { type: 'array', items: STRING }],
        },
        sub: TEXT,
        exp: WHEN,
        nbf: WHEN,
        iat: WHEN,
        'no-iat': SWITCH,
        jti: TEXT,
        'no-jti': SWITCH,
        kid: TEXT,
      },
      patternProperties: {
        '^claim\\..': nullable(text('a claim of any name')),
        '^claim-json\\..': { description: 'a claim of any name and type' },
      },
      additionalProperties: false,
    },
  },
  'mint-line': {
    title: 'a line that mint --batch writes',
    line: record({
      id: { description: 'that of the row, or its line', anyOf: [STRING, count('a line', 1)] },
      token: text('the token'),
      'jti?': { description: 'its jti claim' },
      'exp?': { description: 'its exp claim' },
    }),
  },
  'verify-input': {
    title: 'a line that verify --jsonl reads',
    line: {
      ...openRecord({
        id: ID,
        token: nullable(text('the token; none is judged as none sent')),
        ...KEY,
        at: AT,
        kind: nullable(OPERATION.kind),
        data: OPERATION.data,
        target: TARGET,
      }),
      dependencies: { data: { required: ['kind'], properties: { kind: STRING } } },
    },
  },
  'verify-line': {
    title: 'a line that verify --jsonl writes',
    line: {
      oneOf: [
        record({ 'id?': ID, starts: flag('whether the server starts'), ...VERDICT }),
        part('lineError'),
      ],
    },
  },
  'can-input': {
    title: 'a line that can --jsonl reads',
    line: {
      ...openRecord({
        id: ID,
        token: nullable(text('the token')),
        claims: { description: 'claims instead of a token, as if rightly signed' },
        kind: nullable(OPERATION.kind),
        data: OPERATION.data,
        ...KEY,
        at: AT,
        target: TARGET,
      }),
      not: { required: ['token', 'claims'], properties: { token: {}, claims: {} } },
    },
  },
  'can-line': {
    title: 'a line that can --jsonl writes',
    line: {
      oneOf: [
        record({
          'id?': ID,
          decision: DECISION,
          status: count('the HTTP status'),
          reason: VERDICT.reason,
          log: VERDICT.log,
        }),
        part('lineError'),
      ],
    },
  },
  'answer-input': {
    title: 'a line that answer --jsonl reads',
    line: {
      ...openRecord({
        id: ID,
        at: AT,
        target: TARGET,
        server: {
          description: 'the server, or its configuration file',
          anyOf: [
            nullable(STRING),
            openRecord({
              ...KEY,
              debug: flag('debug = true'),
              config: nullable(text('its configuration file')),
              allow_origins: nullable(list('the origins that CORS allows', STRING)),
            }),
          ],
        },
        request: {
          ...openRecord({
            method: nullable(text('GET when absent')),
            path: nullable(text('the request target; / when absent')),
            headers: {
              description: '[name, value] pairs, or values by name',
              anyOf: [
                nullable({ type: 'array', items: pair(STRING, STRING) }),
                map('by name', { anyOf: [STRING, { type: 'array', items: STRING }] }),
              ],
            },
            body: TEXT,
            body_base64: TEXT,
            body_parts: {
              description: '[text, count] pairs: each text so many times',
              anyOf: [nullable({ type: 'array', items: pair(STRING, count('times')) })],
            },
            listener: nullable(text('the listener that is asked, e.g. metrics')),
          }),
          allOf: ONE_BODY,
        },
      }),
      required: ['request'],
    },
  },
  'answer-line': {
    title: 'a line that answer --jsonl writes',
    line: {
      oneOf: [
        record({
          'id?': ID,
          outcome: { enum: ['refused', 'passed'] },
          status: nullable(count('the HTTP status; null where only the operation decides it', 100)),
          reason: text('the id of the reason, or passed'),
          log: nullable(text('what the server logs, a line each')),
          'error?': text('the error field of the log'),
          'headers?': map('the headers that are known', STRING),
        }),
        part('lineError'),
      ],
    },
  },
}

function pair(first: JsonSchema, second: JsonSchema): JsonSchema {
  return { type: 'array', items: [first, second], minItems: 2, additionalItems: false }
}
