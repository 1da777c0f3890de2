import type { Certainty } from './target.ts'

/** What is known of one SDK line: where its credential goes, which ids it makes, what its user sees. */
export interface SdkRow {
  /** As `explain sdk NAME` takes it. */
  readonly sdk: 'typescript' | 'python' | 'rust' | 'go' | 'java'
  readonly versions: string
  /** The servers it speaks to. */
  readonly server: string
  /** How the program gives it a token. */
  readonly token: string
  /** Where the token travels. */
  readonly travels: string
  readonly ids: SdkIds
  /** The `prefix` claim that fits, with an example for ids of worker-1. */
  readonly prefix: string
  readonly sees: { readonly unauthorized: string; readonly forbidden: string }
  readonly traps: readonly string[]
  readonly certainty: Certainty
}

export interface SdkIds {
  readonly root: string
  readonly child: string
  readonly detached: string
  /** The promise id template of its schedules; the server compares this text with the prefix. */
  readonly schedule: string
}

const POLL_ENV_TRAP =
  'with RESONATE_TOKEN alone the poll connection sends no credential and gets 401 forever; give the token to the constructor'
const TIMEOUT_401 = 'ResonateTimeoutException "platform failure: HTTP 401" at once'
const TIMEOUT_403 = 'ResonateTimeoutException "platform failure: HTTP 403" at once'
const NEW_PREFIX =
  'a prefix with a delimiter that ids may hold: "worker-1." "worker-1-" or "worker-1/"; "worker-1:" never matches a root id, which may not hold ":"'
const OLD_PREFIX =
  '"worker-1:" with the prefix option "worker-1" (ids become worker-1:ID), or "worker-1." with ids written so'
const FENCE_TRAP =
  'children travel inside task.fence, which the server does not check against the prefix: a child outside it succeeds'

/** The SDK lines, newest first within a language (vectors/sdk; facts/resonate-legacy-and-sdks.md 3). */
export const SDKS: readonly SdkRow[] = [
  {
    sdk: 'typescript',
    versions: '0.11.5 and newer',
    server: 'resonate@0.9, resonate@0.10',
    token: 'option token; RESONATE_TOKEN for calls only',
    travels:
      'calls: head.auth and the Authorization header; poll: the header, from the option only',
    ids: {
      root: 'ID, no ":" allowed',
      child: 'ID:0',
      detached: 'ID:d<14 hex>',
      schedule: '{{.id}}-{{.timestamp}}',
    },
    prefix: NEW_PREFIX,
    sees: { unauthorized: TIMEOUT_401, forbidden: TIMEOUT_403 },
    traps: [
      POLL_ENV_TRAP,
      'the prefix option and RESONATE_PREFIX are ignored without a word',
      'a token limited by a prefix can never create a schedule: the template begins with {{.id}}',
      FENCE_TRAP,
      'a URL with a trailing slash polls //poll and gets 404',
    ],
    certainty: 'recorded',
  },
  {
    sdk: 'typescript',
    versions: '0.10.0 to 0.11.4',
    server: 'resonate@0.9',
    token: 'option token; RESONATE_TOKEN for calls only',
    travels:
      'calls: head.auth and the Authorization header; poll: the header, from the option only',
    ids: {
      root: 'PREFIX:ID, or ID without the prefix option',
      child: 'ROOT.0',
      detached: 'ROOT.d<14 hex> (0.10.0: ROOT.5)',
      schedule: '[PREFIX:]{{.id}}.{{.timestamp}}; its own name is as given',
    },
    prefix: OLD_PREFIX,
    sees: { unauthorized: TIMEOUT_401, forbidden: TIMEOUT_403 },
    traps: [
      POLL_ENV_TRAP,
      'a schedule made under a prefix cannot be deleted with it: its name has no prefix',
      'token: "" hides RESONATE_TOKEN',
      'without url and RESONATE_URL nothing is sent: an in-memory network answers',
      FENCE_TRAP,
    ],
    certainty: 'recorded',
  },
  {
    sdk: 'typescript',
    versions: '0.9.5 and 0.9.6',
    server: 'resonate-go@0.8, resonate-go@0.7',
    token:
      'option token or RESONATE_TOKEN; basic auth by option auth or RESONATE_USERNAME and RESONATE_PASSWORD',
    travels: 'the Authorization header, calls and poll',
    ids: {
      root: 'PREFIX:ID, or ID without the prefix option',
      child: 'ROOT.0',
      detached: 'ROOT.5',
      schedule: '[PREFIX:]{{.id}}.{{.timestamp}}; its own name is as given',
    },
    prefix: OLD_PREFIX,
    sees: {
      unauthorized:
        'ResonateError "The request is unauthorized"; the reason is in serverError.details',
      forbidden: 'ResonateError "The request is forbidden"',
    },
    traps: ['a Rust server answers 410 to every call of this line'],
    certainty: 'recorded',
  },
  {
    sdk: 'python',
    versions: '0.8.1 and newer',
    server: 'resonate@0.9, resonate@0.10',
    token: 'option token or RESONATE_TOKEN',
    travels: 'calls: head.auth and the Authorization header; poll: the header',
    ids: {
      root: 'ID, no ":" allowed',
      child: 'ID:1 (from 1)',
      detached: 'ID:d<16 hex>',
      schedule: '{{.id}}-{{.timestamp}}',
    },
    prefix: NEW_PREFIX,
    sees: {
      unauthorized:
        'run() and rpc() never return and never raise, one ERROR line is logged; get and schedule raise ServerError(401)',
      forbidden:
        'run() and rpc() never return and never raise; get and schedule raise ServerError(403)',
    },
    traps: [
      'the prefix option raises TypeError, RESONATE_PREFIX is ignored',
      'a token limited by a prefix can never create a schedule: the template begins with {{.id}}',
    ],
    certainty: 'recorded',
  },
  {
    sdk: 'python',
    versions: '0.7.4',
    server: 'resonate@0.9',
    token: 'option token or RESONATE_TOKEN',
    travels: 'calls: head.auth and the Authorization header; poll: the header',
    ids: {
      root: 'PREFIX:ID, or ID without the prefix option',
      child: 'ROOT.1 (from 1)',
      detached: 'ROOT.d<16 hex>',
      schedule: '[PREFIX:]{{.id}}.{{.timestamp}}; its own name is as given',
    },
    prefix: OLD_PREFIX,
    sees: {
      unauthorized:
        'run() and rpc() never return and never raise, one ERROR line is logged; get and schedule raise ServerError(401)',
      forbidden:
        'run() and rpc() never return and never raise; get and schedule raise ServerError(403)',
    },
    traps: ['a schedule made under a prefix cannot be deleted with it: its name has no prefix'],
    certainty: 'recorded',
  },
  {
    sdk: 'python',
    versions: '0.6.7',
    server: 'resonate-go@0.7, resonate-go@0.8 with basic auth',
    token:
      'none; basic auth by option auth=(user, password) or RESONATE_USERNAME and RESONATE_PASSWORD',
    travels: 'the Authorization header (Basic), calls and poll',
    ids: { root: 'ID', child: 'ROOT.1', detached: 'ROOT.N', schedule: 'as given' },
    prefix: 'none: this line has no tokens',
    sees: { unauthorized: 'ResonateStoreError', forbidden: 'ResonateStoreError' },
    traps: ['the message source polls port 8002, which needs basic auth of its own'],
    certainty: 'source',
  },
  {
    sdk: 'rust',
    versions: '0.4.0',
    server: 'resonate@0.9',
    token: 'token in ResonateConfig or RESONATE_TOKEN',
    travels: 'calls: head.auth and the Authorization header; poll: the header',
    ids: {
      root: 'PREFIX:ID, or ID without a prefix',
      child: 'ROOT.N',
      detached: 'ROOT.N',
      schedule: '[PREFIX:]{{.id}}.{{.timestamp}}; its own name is as given',
    },
    prefix: OLD_PREFIX,
    sees: {
      unauthorized: 'error "server error (code=401): Unauthorized"',
      forbidden: 'error "server error (code=403): Forbidden"',
    },
    traps: [],
    certainty: 'source',
  },
  {
    sdk: 'go',
    versions: 'main of July 2026',
    server: 'resonate@0.9',
    token: 'Config.Token for calls, HTTPOptions.Auth for poll; RESONATE_TOKEN is not read',
    travels: 'calls: head.auth; poll: the header, only from HTTPOptions.Auth',
    ids: {
      root: 'PREFIX:ID, or ID without a prefix',
      child: 'ROOT.N',
      detached: 'ROOT.N',
      schedule: 'PREFIX: before the template and before its own name',
    },
    prefix: OLD_PREFIX,
    sees: { unauthorized: '*ServerError with code 401', forbidden: '*ServerError with code 403' },
    traps: [
      'URL with Token leaves poll without a credential (401, retried in silence): leave URL empty and give Network: httpnet.NewHTTP(url, HTTPOptions{Auth: token})',
    ],
    certainty: 'source',
  },
  {
    sdk: 'java',
    versions: '0.1.1',
    server: 'resonate@0.9',
    token: 'builder token or RESONATE_TOKEN',
    travels: 'calls: head.auth and the Authorization header; poll: the header',
    ids: {
      root: 'PREFIX:ID, or ID without a prefix',
      child: 'ROOT.N',
      detached: 'ROOT.N',
      schedule: '[PREFIX:]{{.id}}.{{.timestamp}}; its own name is as given',
    },
    prefix: OLD_PREFIX,
    sees: { unauthorized: 'an exception with code 401', forbidden: 'an exception with code 403' },
    traps: ['a refused poll connection is retried in silence'],
    certainty: 'source',
  },
]
