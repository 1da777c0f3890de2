import { expect, test } from 'vitest'
import { quiet, withAuth } from '../../src/lint/samples.ts'
import { type Input, runSample } from './sample-facts.ts'

const PUSH = '[transports.http_push.auth]\n'

/** What is said of every such file: where its key lies, and that others may read it. */
const OTHERS = /^RA(?:126|7..)$/

const file = (toml: string): Input => ({ files: { 'resonate.toml': toml } })

/** `quiet`, its audience checked. */
function withAud(toml = ''): string {
  return quiet(toml).replace('publickey', 'aud = "a"\npublickey')
}

test.each<[string, Input]>([
  ['a mode', file(withAud(`${PUSH}mode = "Bearer"\ntoken = "a-random-text"\n`))],
  ['a mode beside an audience', file(withAud(`${PUSH}mode = "GCP"\naudience = "a"\n`))],
  ['a token', file(withAud(`${PUSH}mode = "bearer"\ntoken = ["a-random-text"]\n`))],
  [
    'a token that looks like a number',
    {
      ...file(withAud(`${PUSH}mode = "bearer"\n`)),
      variables: { RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN: '12345678' },
    },
  ],
  ['an issuer', file(withAuth('[auth]\npublickey = "public.pem"\niss = 5\n'))],
  ['an address', file(withAud().replace('"127.0.0.1"', '1'))],
  ['a table', { ...file(withAud()), variables: { RESONATE_SERVER: 'x' } }],
])('where the server refuses %s, nothing is said of the default in its place', async (_, input) => {
  const { diagnostics } = await runSample(input, undefined, { profile: 'pedantic' })
  const about = diagnostics.map(({ rule }) => rule.id).filter((id) => !OTHERS.test(id))
  expect(about).toEqual(['RA003'])
})

test.each([
  ['api:\n\thttp: x\n'],
  ['api: {}\napi: {}\n'],
  ['api: 5\n'],
  ['metricsAddr: [1]\n'],
  ['api: {subsystems: {http: 5}}\n'],
])('where the Go server refuses %j, nothing else is said', async (yaml) => {
  const { diagnostics } = await runSample({
    files: { 'resonate.yaml': yaml },
    target: 'resonate-go@0.8',
  })
  expect(diagnostics.map(({ rule }) => rule.id)).toEqual(['RA801'])
})
