import { isUtf8 } from 'node:buffer'
import { AuthError, UsageError } from '../errors.ts'
import { type Claim, readMembers } from '../token/claims.ts'
import { type Column, isSwitch, readColumn } from './batch-columns.ts'
import type { Cells } from './batch-row.ts'
import type { Block } from './blocks.ts'
import { readCsv } from './csv.ts'

/** Bytes of one row; no request with a longer token reaches a server (TOKEN_LIMIT). */
export const ROW_LIMIT = 1024 * 1024

/** One row as it stands in the input. */
export interface RawRow {
  readonly line: number
  readonly columns: readonly Column[]
  readonly cells: Cells
}

/** Why a line is no row. */
export interface RowFault {
  readonly line: number
  readonly message: string
}

/** The rows of a block of CSV whose header names `columns`, an empty field meaning that nothing is given. */
export function* readCsvRows(
  block: Block,
  columns: readonly Column[],
): Generator<RawRow | RowFault> {
  const { text, broken } = decode(block)
  for (const { cells, line: above, fault } of readCsv(text)) {
    const line = block.line + above
    if (block.cut === true && fault === undefined) continue
    if (fault !== undefined)
      yield {
        line,
        message: block.cut ? `${fault}, or a row of more than ${ROW_LIMIT} bytes` : fault,
      }
    else if (cells.length !== columns.length)
      yield { line, message: `${count(cells.length)} where the header has ${columns.length}` }
    else if (broken && cells.some(isBroken)) yield { line, message: NOT_UTF8 }
    else yield { line, columns, cells: cells.map((cell) => (cell === '' ? undefined : cell)) }
    if (block.cut === true) return
  }
  if (block.cut === true) yield { line: block.line, message: `longer than ${ROW_LIMIT} bytes` }
}

const NOT_UTF8 = 'not UTF-8'

function isBroken(text: string): boolean {
  return text.includes('\u{fffd}')
}

function count(fields: number): string {
  return fields === 1 ? 'one field' : `${fields} fields`
}

function decode({ bytes }: Block): { readonly text: string; readonly broken: boolean } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  return { text, broken: !isUtf8(bytes) }
}

/** The rows of a block of JSON Lines. Throws UsageError for a member that a flag fixes, as `fixing` tells. */
export function* readJsonRows(
  block: Block,
  fixing: (column: Column) => string | undefined,
): Generator<RawRow | RowFault> {
  if (block.cut === true) {
    yield { line: block.line, message: `longer than ${ROW_LIMIT} bytes` }
    return
  }
  const { text, broken } = decode(block)
  let line = block.line - 1
  for (const row of text.split('\n')) {
    line++
    if (row.trim() === '') continue
    yield broken && isBroken(row) ? { line, message: NOT_UTF8 } : readJsonRow(row, line, fixing)
  }
}

function readJsonRow(
  text: string,
  line: number,
  fixing: (column: Column) => string | undefined,
): RawRow | RowFault {
  const members = readMembers(text)
  if (!members.ok) return { line, message: members.message }
  const columns: Column[] = []
  const cells: (string | undefined)[] = []
  for (const member of members.claims) {
    const outcome = readColumn(member.name)
    if (!outcome.ok) return { line, message: outcome.message.replace('column', 'member') }
    const flag = fixing(outcome.column)
    if (flag !== undefined)
      throw new UsageError(`line ${line} has "${member.name}", which ${flag} fixes`, {
        hints: ['give it in one place only'],
      })
    const texts = readCells(outcome.column, member)
    if (typeof texts === 'string') return { line, message: texts }
    for (const cell of texts) {
      columns.push(outcome.column)
      cells.push(cell)
    }
  }
  return { line, columns, cells }
}

/** The cells that a member makes, several for an array of audiences; a string says what is wrong with it. */
function readCells(column: Column, { name, json }: Claim): Cells | string {
  if (column.kind === 'claim' && column.json) return [json]
  if (json === 'null') return [undefined]
  // The text is a member of a valid JSON object.
  const value = JSON.parse(json) as unknown
  if (typeof value === 'string') {
    return column.kind === 'field' && isSwitch(column.name) ? `"${name}" is no boolean` : [value]
  }
  if (column.kind === 'claim')
    return `"${name}" is not a string; for other values use "claim-json.${column.name}"`
  if (isSwitch(column.name))
    return typeof value === 'boolean' ? [String(value)] : `"${name}" is no boolean`
  if (column.name === 'aud' && Array.isArray(value))
    return value.every((one) => typeof one === 'string')
      ? value
      : '"aud" holds something that is no string'
  const numeric = ['id', 'exp', 'nbf', 'iat'].includes(column.name)
  if (numeric && /^\d+$/.test(json)) return [json]
  return `"${name}" is not a string${numeric ? ' and not a whole number' : ''}`
}

/** The columns that the header of a CSV file names. Throws AuthError ERR_INPUT_FORM. */
export function readHeader(block: Block): readonly Column[] {
  const [record] = readCsv(decode(block).text)
  if (record === undefined) return []
  if (record.fault !== undefined) throw new AuthError('ERR_INPUT_FORM', record.fault)
  return record.cells.map((name) => {
    const outcome = readColumn(name)
    if (outcome.ok) return outcome.column
    throw new AuthError('ERR_INPUT_FORM', outcome.message)
  })
}
