import { ALGORITHM_NAMES } from '../key/algorithm.ts'
import { TOKEN_FORMS } from '../report/token-form.ts'
import {
  choice,
  count,
  flag,
  type JsonSchema,
  list,
  map,
  nullable,
  part,
  record,
  text,
} from './json-schema.ts'
import { DECISION, EXPLAINED, OPERATION, SERVER, UNPROTECTED, VERDICT } from './schema-parts.ts'

const DECISIONS = choice('what the server does', ['allow', 'forbid'])

/** The documents about tokens, by command; each has `schema` besides. */
export const TOKEN_DOCUMENTS: Readonly<Record<string, readonly JsonSchema[]>> = {
  mint: [
    record({
      token: nullable(text('the token; null where it went to a file')),
      out: nullable(text('the file it went to')),
      key: text('where the private key came from'),
      header: record(
        {
          alg: choice('the JWS algorithm', ALGORITHM_NAMES),
          typ: { const: 'JWT' },
          'kid?': text('the key id'),
        },
        'the protected header',
      ),
      payload: { description: 'the claims', type: 'object' },
    }),
  ],
  'mint-batch': [
    record({
      batch: text('where the rows came from'),
      minted: count('tokens of this run'),
      already: count('tokens of earlier runs'),
      wrong: count('rows that were not minted'),
      form: choice('what was written', ['jsonl', 'token', 'env', 'dotenv']),
      out: nullable(text('the file')),
      outDir: nullable(text('the directory')),
    }),
  ],
  decode: [
    record({
      jwt: { const: true },
      header: part('segment'),
      payload: part('segment'),
      times: map('claims that are times, in words', { type: 'string' }),
      signature: record(
        { checked: { const: false }, bytes: count('its length') },
        'what is known of the signature',
      ),
      problems: list('what is wrong with the whole', { type: 'string' }),
    }),
    record({
      jwt: { const: false },
      what: text('what it is instead'),
      hint: text('what to do with it'),
    }),
    record({
      claim: text('the claim that was asked for'),
      value: { description: 'its value; null also where it is absent' },
    }),
  ],
  verify: [
    record({
      target: SERVER,
      publickey: text('the key that was judged with'),
      starts: flag('whether the server starts with that key'),
      ...VERDICT,
      ...EXPLAINED,
    }),
  ],
  can: [
    record({
      target: SERVER,
      ...OPERATION,
      decision: DECISION,
      ...VERDICT,
      ...EXPLAINED,
      unprotected: UNPROTECTED,
    }),
    record({
      target: SERVER,
      matrix: list(
        'every operation',
        record({ kind: OPERATION.kind, decisions: map('by id', DECISIONS) }),
      ),
      unprotected: UNPROTECTED,
    }),
    record({
      target: SERVER,
      origin: text('the origin of the page'),
      reads: flag('whether the page may read an answer'),
      requests: list(
        'what a page needs to do',
        record({ name: text('the request'), allowed: flag('whether a browser sends it') }),
      ),
      executes: text('what CORS does not prevent'),
    }),
  ],
  answer: [
    record({
      target: SERVER,
      method: text('the method that was asked'),
      path: text('the path without its query'),
      outcome: choice('passed: answered, or handed to the operation', ['refused', 'passed']),
      status: nullable(count('the HTTP status; null where only the operation decides it', 100)),
      reason: text('the id of the reason, or passed'),
      log: nullable(text('what the server logs, a line each')),
      error: nullable(text('the error field of the log')),
      headers: map('the headers that are known', { type: 'string' }),
      text: nullable(text('the body, where it is fixed')),
      ...EXPLAINED,
      correction: nullable(text('what is wrong with where the token stands')),
    }),
  ],
  export: [
    record({
      format: choice('the form', TOKEN_FORMS),
      name: text('the variable'),
      text: nullable(text('what was made; null where it went to a file')),
      out: nullable(text('the file it went to')),
    }),
  ],
}
