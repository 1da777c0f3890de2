import { ALGORITHM_NAMES } from '../key/algorithm.ts'
import { KEY_FORMAT_NAMES } from '../key/key-format.ts'
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

export const SERVER = text('the server, e.g. resonate@0.9')
const CERTAINTIES = ['recorded', 'source', 'inferred']
export const SEVERITIES = ['error', 'warning', 'info']
export const CONFIDENCES = ['high', 'medium', 'low']
export const FIXES = ['safe', 'unsafe']
const AREAS = 'config auth cors push exposure layer token secret legacy meta'.split(' ')
const SHA256 = { pattern: '^[0-9a-f]{64}$' }

export const ALGORITHMS = list('the JWS algorithms', {
  type: 'string',
  enum: ALGORITHM_NAMES,
})
export const FORMAT = choice('the form that was written', KEY_FORMAT_NAMES)
export const KID = text('the RFC 7638 thumbprint, or the kid that the key states')
export const SPKI_SHA256 = text('SHA-256 over the SPKI, in hexadecimal', SHA256)
export const UNPROTECTED = list('what a prefix does not protect', { type: 'string' })

/** What is known of a rule without its samples. */
export const RULE_HEAD = {
  name: text('the name, e.g. auth-publickey-none'),
  area: choice('what it is about', AREAS),
  severity: choice('how bad it is', SEVERITIES),
  confidence: choice('how sure it is', CONFIDENCES),
  securitySeverity: nullable({ description: 'like a CVSS score', type: 'number' }),
  cwe: list('weaknesses (CWE numbers)', { type: 'integer' }),
}

/** Where more is said of a rule. */
export const RULE_DOCS = record(
  {
    explain: text('the command that explains it'),
    page: text('its place in the page of rules, from the top of the repository'),
    links: list('addresses to read more, the best first', { type: 'string' }),
  },
  'where more is said',
)

/** The members of a verdict in all documents and lines. */
export const VERDICT = {
  authenticated: flag('whether the server knows who the bearer is'),
  status: nullable(count('the HTTP status; null where the server does not start')),
  reason: nullable(text('the id of the reason; "resonate-auth explain ID" tells more')),
  claim: nullable(text('the claim to blame')),
  log: nullable(text('what the server logs')),
}

/** What a verdict has in documents beyond that. */
export const EXPLAINED = {
  meaning: nullable(text('what the reason means')),
  mending: nullable(text('what to do')),
  checks: list('what was looked at, in order', part('check')),
}

export const DECISION = choice('what the server does', ['allow', 'forbid'])
export const OPERATION = {
  kind: text('the operation, e.g. promise.create'),
  data: { description: 'the data of the operation' },
}
/** The places that an origin may name. */
const PLACE = {
  'file?': text('the file'),
  'line?': count('from 1', 1),
  'column?': count('from 1, in UTF-16 units', 1),
  'endLine?': count('the line of the end', 1),
  'endColumn?': count('the column after the last character', 1),
}

const USE = {
  target: SERVER,
  certainty: choice('how sure that is', CERTAINTIES),
  usable: flag('whether tokens can be accepted'),
}

/** Definitions that several schemas share. */
export const PARTS: Readonly<Record<string, JsonSchema>> = {
  check: record({
    subject: text('form, header, alg, signature, role, prefix, a claim, …'),
    state: choice('unchecked: never looked at; unreached: it stopped before', [
      'pass',
      'fail',
      'unchecked',
      'unreached',
    ]),
    says: text('what was found'),
  }),
  lineError: record(
    {
      'id?': { description: 'the id of the line' },
      line: count('the number of the line, from 1', 1),
      error: text('why the line has no answer'),
    },
    'a line that could not be answered',
  ),
  segment: record(
    {
      members: nullable({ description: 'the JSON object', type: 'object' }),
      text: nullable(text('the decoded text')),
      problems: list('what is wrong with it', { type: 'string' }),
    },
    'a segment of a token',
  ),
  origin: {
    description: 'where a value stands',
    oneOf: [
      record({ kind: { const: 'file' }, ...PLACE }),
      record({ kind: { const: 'variable' }, name: text('its name'), ...PLACE }),
      record({
        kind: { const: 'argument' },
        name: text('the flag'),
        index: { description: 'among the arguments; -1 for one supplied', type: 'integer' },
        ...PLACE,
      }),
      record({ kind: { const: 'default' } }),
    ],
  },
  position: record({ line: count('from 1', 1), column: count('from 1, in UTF-16 units', 1) }),
  use: {
    description: 'what a server does with a file as its public key',
    oneOf: [
      record({
        ...USE,
        starts: { const: true },
        type: text("the key type in the server's words"),
        algorithms: ALGORITHMS,
        'flaw?': text('why every token is refused'),
        'because?': text('the same in words'),
      }),
      record({
        ...USE,
        starts: { const: false },
        exit: count('the exit status'),
        message: text('what the server says'),
      }),
    ],
  },
  reason: record(
    {
      id: text('its name'),
      status: count('the HTTP status; 0 = the connection is closed'),
      log: nullable(text('what the server logs; {…} varies')),
      detail: nullable(text('what the client is told; {…} varies')),
      claim: nullable(text('the claim to blame')),
      meaning: text('what it means'),
      mending: text('what to do'),
      certainty: choice('how sure that is', CERTAINTIES),
    },
    'a reason of a server',
  ),
  sdk: record({
    sdk: choice('the SDK', ['typescript', 'python', 'rust', 'go', 'java']),
    versions: text('the versions it speaks of'),
    server: text('the servers it speaks to'),
    token: text('how it is given a token'),
    travels: text('where the token travels'),
    ids: record(
      {
        root: text('ids of calls'),
        child: text('ids of children'),
        detached: text('ids of detached calls'),
        schedule: text('the promise ids of schedules'),
      },
      'the ids it makes',
    ),
    prefix: text('the prefix claim that fits'),
    sees: record({ unauthorized: text('on 401'), forbidden: text('on 403') }, 'what its user sees'),
    traps: list('what to mind', { type: 'string' }),
    certainty: choice('how sure that is', CERTAINTIES),
  }),
  sample: record({
    title: text('what it shows'),
    files: map('by name', { type: 'string' }),
    variables: map('by name', { type: 'string' }),
    arguments: list("the server's flags", { type: 'string' }),
  }),
}

/** A rule with what is said about it, as `rules` and `explain` show it. */
export const RULE = {
  id: text('the number', { pattern: '^RA\\d+$' }),
  ...RULE_HEAD,
  aliases: list('earlier names', { type: 'string' }),
  since: text('the version of this tool that has it first'),
  profile: choice('the smallest profile that runs it', ['default', 'pedantic', 'audit']),
  targets: list('the servers it speaks of', { type: 'string' }),
  fixable: nullable(choice('how its findings can be mended', FIXES)),
  summary: text('what it finds'),
  why: text('why it matters'),
  remediation: text('what to do'),
  messages: map('by id; {…} varies', { type: 'string' }),
  docs: RULE_DOCS,
}
