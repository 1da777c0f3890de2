import type { SdkRow } from '../target/sdk.ts'
import type { ReasonRow } from '../target/target.ts'
import type { Paint } from './paint.ts'

/** One reason in full: what the server answers and logs, what it means, how to mend it, how sure that is. */
export function describeReason(row: ReasonRow, who: string, paint: Paint): string {
  const lines = [
    paint.bold(row.id),
    `  ${who} answers ${row.status}`,
    ...(row.log === undefined ? ['  it logs nothing'] : [`  it logs: ${row.log}`]),
    ...(row.claim === undefined ? [] : [`  claim: ${row.claim}`]),
    `  meaning: ${row.meaning}`,
    `  mend it: ${row.mending}`,
    `  how sure: ${SURE[row.certainty]}`,
  ]
  return `${lines.join('\n')}\n`
}

/** The same for a script. */
export function reasonMembers(row: ReasonRow): Readonly<Record<string, unknown>> {
  const { id, status, log, detail, claim, meaning, mending, certainty } = row
  return {
    id,
    status,
    log: log ?? null,
    detail: detail ?? null,
    claim: claim ?? null,
    meaning,
    mending,
    certainty,
  }
}

const SURE = {
  recorded: 'seen on a running server',
  source: 'read in the source',
  inferred: 'concluded',
} as const

/** One SDK line in full: where its token goes, its ids, the prefix that fits, what its user sees. */
export function describeSdk(row: SdkRow, paint: Paint): string {
  const { ids, sees } = row
  const lines = [
    paint.bold(`${row.sdk} ${row.versions}`),
    `  servers:   ${row.server}`,
    `  token:     ${row.token}`,
    `  travels:   ${row.travels}`,
    `  ids:       root ${ids.root}; child ${ids.child}; detached ${ids.detached}`,
    `  schedules: ${ids.schedule}`,
    `  prefix:    ${row.prefix}`,
    `  on 401:    ${sees.unauthorized}`,
    `  on 403:    ${sees.forbidden}`,
    ...row.traps.map((trap) => `  mind:      ${trap}`),
    `  how sure:  ${SURE[row.certainty]}`,
  ]
  return `${lines.join('\n')}\n`
}
