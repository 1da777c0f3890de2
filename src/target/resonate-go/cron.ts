import { parseGoDuration } from './go-duration.ts'
import { lowerAscii } from './go-text.ts'
import { parseInt64 } from './json-decode.ts'

interface Bounds {
  readonly min: bigint
  readonly max: bigint
  readonly names: readonly string[]
}

const MONTHS = ['', ...'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')]
const DAYS = 'sun mon tue wed thu fri sat'.split(' ')

const FIELDS: readonly Bounds[] = [
  { min: 0n, max: 59n, names: [] },
  { min: 0n, max: 59n, names: [] },
  { min: 0n, max: 23n, names: [] },
  { min: 1n, max: 31n, names: [] },
  { min: 1n, max: 12n, names: MONTHS },
  { min: 0n, max: 6n, names: DAYS },
]

/** unicode.IsSpace, which is not JavaScript's white space. */
const BLANK = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const BLANKS = new RegExp(`${BLANK}+`, 'u')
const EDGES = new RegExp(`^${BLANK}+`, 'u')

const DESCRIPTORS: readonly string[] =
  '@yearly @annually @monthly @weekly @daily @midnight @hourly'.split(' ')

/**
 * Whether the server takes `text` for a cron expression: five fields, or six with seconds in front, or a descriptor
 * (robfig/cron v3.0.1, parser.go). 'panics' for a time zone without a schedule after it, which ends the connection.
 */
export function checkCron(text: string): 'valid' | 'invalid' | 'panics' {
  let spec = text
  if (/^(?:CRON_)?TZ=/.test(spec)) {
    const blank = spec.indexOf(' ')
    if (blank < 0) return 'panics'
    if (!isTimeZone(spec.slice(spec.indexOf('=') + 1, blank))) return 'invalid'
    spec = spec.slice(blank).replace(EDGES, '')
  }
  if (spec.startsWith('@')) return isDescriptor(spec) ? 'valid' : 'invalid'
  const fields = spec.split(BLANKS).filter((field) => field !== '')
  if (fields.length === 5) fields.unshift('0')
  if (fields.length !== 6) return 'invalid'
  return fields.every((field, index) => isField(field, FIELDS[index])) ? 'valid' : 'invalid'
}

function isDescriptor(spec: string): boolean {
  if (DESCRIPTORS.includes(spec)) return true
  return spec.startsWith('@every ') && parseGoDuration(spec.slice(7)).ok
}

function isTimeZone(name: string): boolean {
  if (name === '' || name === 'UTC' || name === 'Local') return true
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function isField(field: string, bounds: Bounds | undefined): boolean {
  const ranges = field.split(',').filter((range) => range !== '')
  return bounds !== undefined && ranges.every((range) => isRange(range, bounds))
}

function isRange(range: string, bounds: Bounds): boolean {
  const [span = '', step, ...more] = range.split('/')
  const [low = '', high, ...others] = span.split('-')
  const star = low === '*' || low === '?'
  if (more.length > 0 || (!star && others.length > 0)) return false
  const start = star ? bounds.min : readNumber(low, bounds.names)
  let end = star ? bounds.max : start
  if (!star && high !== undefined) end = readNumber(high, bounds.names)
  const every = step === undefined ? 1n : readNumber(step, [])
  if (step !== undefined && high === undefined) end = bounds.max
  if (start === undefined || end === undefined || every === undefined) return false
  return start >= bounds.min && end <= bounds.max && start <= end && every > 0n
}

function readNumber(text: string, names: readonly string[]): bigint | undefined {
  const named = text === '' ? -1 : names.indexOf(lowerAscii(text))
  if (named >= 0) return BigInt(named)
  const number = parseInt64(text)
  return number !== undefined && number >= 0n ? number : undefined
}
