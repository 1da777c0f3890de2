import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ErrorObject } from 'ajv'

/** What a SARIF log breaks of OASIS's schema for SARIF 2.1.0 (errata 01, as schemastore has it); nothing when it is valid. */
export function sarifErrors(log: unknown): readonly ErrorObject[] {
  VALIDATE(log)
  return VALIDATE.errors ?? []
}

const PACKAGE = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json')
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(
  readFileSync(new URL('lib/schemas/sarif-2.1.0-rtm.5.json', `file://${PACKAGE}`), 'utf8'),
)

/** It is of draft-04, of which it uses what later drafts have too; one of its patterns is none with the flag u. */
const VALIDATE = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(
  schema,
)
