import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CommandLineError, splitComposeCommand } from '../../../src/deploy/command-line.ts'
import { readDotenv } from '../../../src/deploy/dotenv.ts'
import { readDockerEnvFile } from '../../../src/deploy/env-file.ts'
import { environmentScope } from '../../../src/deploy/environment.ts'
import { InterpolationError, interpolate } from '../../../src/deploy/interpolation.ts'
import { passageAt, readPassage } from '../../../src/deploy/passage.ts'
import { AuthError } from '../../../src/errors.ts'

interface Row {
  readonly text: string
  readonly gives?: unknown
  readonly refused?: boolean
}

type Recorded = Readonly<Record<'dotenv' | 'template' | 'words' | 'envFile', readonly Row[]>>

// Written by the programs named in the file, in this form.
const recorded = JSON.parse(
  readFileSync(new URL('files/compose-go.json', import.meta.url), 'utf8'),
) as Recorded

const scope = environmentScope(
  new Map([
    ['SET', 'set'],
    ['EMPTY', ''],
    ['A', 'a'],
  ]),
)

function known(passage: Parameters<typeof readPassage>[0]): string {
  const read = readPassage(passage)
  if ('value' in read) return read.value
  throw new InterpolationError(read.why, 0)
}

/** The texts whose outcome is not the recorded one. */
function mismatches(rows: readonly Row[], read: (text: string) => unknown): string[] {
  return rows.flatMap(({ text, gives, refused }) => {
    let outcome: unknown
    try {
      outcome = read(text)
    } catch (error) {
      const kinds = [AuthError, InterpolationError, CommandLineError]
      if (!kinds.some((kind) => error instanceof kind)) throw error
      return refused === true ? [] : [text]
    }
    return refused !== true && JSON.stringify(sorted(outcome)) === JSON.stringify(sorted(gives))
      ? []
      : [text]
  })
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).sort()
    : value
}

test('dotenv files read as compose reads them', () => {
  const read = (text: string): unknown =>
    Object.fromEntries(
      readDotenv({ file: '.env', text }, scope).map(({ name, value }) => [name, known(value)]),
    )
  expect(mismatches(recorded.dotenv, read)).toEqual([])
})

test('variables are substituted as compose does it', () => {
  const read = (text: string): unknown => known(interpolate(passageAt('f', text, 0), scope))
  expect(mismatches(recorded.template, read)).toEqual([])
})

test('commands are split as compose splits them', () => {
  const read = (text: string): unknown => splitComposeCommand(passageAt('f', text, 0)).map(known)
  expect(mismatches(recorded.words, read)).toEqual([])
})

test('env files read as docker reads them', () => {
  const read = (text: string): unknown =>
    readDockerEnvFile({ file: 'f', text }, scope).map(
      ({ name, value }) => `${name}=${known(value)}`,
    )
  expect(mismatches(recorded.envFile, read)).toEqual([])
})
