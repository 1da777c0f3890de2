import { printable } from '../lint/printable.ts'
import type { Certainty, Check, LogLine } from '../target/target.ts'
import type { Verdict } from '../target/verdict.ts'
import type { Paint } from './paint.ts'

/** The server's log line as it prints it: the message, then the `error` field. */
export function logText({ message, error }: LogLine): string {
  return error === undefined ? message : `${message} error=${error}`
}

/** The members that a verdict has in every JSON form. */
export function verdictMembers(verdict: Verdict): Readonly<Record<string, unknown>> {
  return {
    authenticated: verdict.authenticated,
    status: verdict.status,
    reason: verdict.reason?.id ?? null,
    claim: verdict.claim ?? null,
    log: verdict.log === undefined ? null : logText(verdict.log),
  }
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  200: 'let through',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
}

/** `accepted: …` or `rejected: … answers 401 Unauthorized`, for the server called `who`. */
export function headline({ status }: Verdict, who: string): string {
  return status === 200
    ? `accepted: ${who} lets it through`
    : `rejected: ${who} answers ${status} ${STATUS_TEXT[status] ?? ''}`.trimEnd()
}

/** A verdict for a person under `head`: each rule with its mark, why, what the server logs, what to do. */
export function describeCheckedVerdict(head: string, verdict: Verdict, paint: Paint): string {
  const { status, reason, log } = verdict
  const lines = [
    status === 200 ? paint.green(head) : paint.red(head),
    ...describeChecks(verdict.checks, paint),
  ]
  if (reason !== undefined) {
    lines.push(`why: ${reason.meaning} [${reason.id}]`)
    if (log !== undefined) lines.push(`log: ${printable(logText(log))}`)
    lines.push(`do:  ${reason.mending}`)
    lines.push(...describeCertainty(reason.certainty))
  }
  return `${lines.join('\n')}\n`
}

/** How sure a statement is, as a line of its own; none for what a running server was seen to do. */
export function describeCertainty(certainty: Certainty): readonly string[] {
  switch (certainty) {
    case 'recorded':
      return []
    case 'source':
      return ["how sure: read in the server's source, not seen on a running one"]
    case 'inferred':
      return ['how sure: concluded, neither read in the source nor seen on a running server']
  }
}

/** One line a check: ✓ held, ✗ broken, – not looked at by this server or not reached. */
export function describeChecks(checks: readonly Check[], paint: Paint): readonly string[] {
  const width = Math.max(0, ...checks.map(({ subject }) => subject.length))
  return checks.map(
    ({ subject, state, says }) =>
      `  ${mark(state, paint)} ${subject.padEnd(width)}  ${printable(says)}`,
  )
}

function mark(state: Check['state'], paint: Paint): string {
  switch (state) {
    case 'pass':
      return paint.green('✓')
    case 'fail':
      return paint.red('✗')
    case 'unchecked':
    case 'unreached':
      return paint.dim('–')
  }
}
