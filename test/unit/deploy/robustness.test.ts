import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCompose } from '../../../src/deploy/compose.ts'
import type { Deployment } from '../../../src/deploy/deployment.ts'
import { readDockerfile } from '../../../src/deploy/dockerfile.ts'
import { readDotenv } from '../../../src/deploy/dotenv.ts'
import { readDockerEnvFile } from '../../../src/deploy/env-file.ts'
import { environmentScope } from '../../../src/deploy/environment.ts'
import { readKubernetes } from '../../../src/deploy/kubernetes.ts'
import { readSystemd } from '../../../src/deploy/systemd.ts'
import { readSystemdEnvFile } from '../../../src/deploy/systemd-env-file.ts'
import { AuthError } from '../../../src/errors.ts'

const host = () => undefined
const scope = environmentScope(undefined)

function readAll(deployment: Deployment): Deployment {
  for (const path of ['resonate.toml', '/resonate.toml', '/a/b']) deployment.files(path)
  return deployment
}

const marks = [
  '"',
  "'",
  '\\',
  '$',
  '${',
  '}',
  '$(',
  ')',
  '%',
  '#',
  ';',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '=',
  ':',
  '-',
  '\u{feff}',
  '\u{fffc}',
  '\0',
  '😀',
  'é',
  'A',
  'x',
]

const READERS: readonly (readonly [string, readonly string[], (text: string) => unknown])[] = [
  [
    'compose',
    [
      'services: {a: {',
      'image: x/resonate',
      'environment:\n',
      ' - A=',
      '{A: ',
      'command: ',
      'entrypoint: ',
      'volumes: [',
      'env_file: ',
      'build: ',
      ', ',
      ']',
      '}',
      '{',
      '[',
      '&a ',
      '*a',
      '<<: ',
      'services:\n  a:\n',
      '    environment:\n',
      '      A: ',
      '|\n',
    ],
    (text) => readAll(readCompose([{ file: 'c', text }], { environment: undefined, host })),
  ],
  [
    'Kubernetes',
    [
      'kind: Pod\nspec: {containers: [{name: a, ',
      'env: [{name: A, value: ',
      'args: [',
      'command: [',
      '}], ',
      ']',
      '}',
      '---\n',
      'kind: ConfigMap\n',
      'data: {',
      'volumeMounts: [',
      'kind: List\nitems:\n',
    ],
    (text) => readAll(readKubernetes({ file: 'k', text }, undefined, host)),
  ],
  [
    'systemd',
    [
      '[Service]\n',
      'Environment=',
      'ExecStart=resonate ',
      'WorkingDirectory=',
      'EnvironmentFile=',
      'LoadCredential=',
      '\\\n',
    ],
    (text) => readAll(readSystemd({ file: 'u@i.service', text }, [], host)),
  ],
  [
    'Dockerfile',
    [
      'FROM debian\n',
      'FROM a AS b\n',
      'ENV A=',
      'ENV A ',
      'ARG A=',
      'CMD ',
      'ENTRYPOINT ["',
      '"]',
      'WORKDIR ',
      'COPY ',
      ' ./\n',
      '<<EOF\n',
      'EOF\n',
      '# escape=`\n',
      '`\n',
      '--from=b ',
    ],
    (text) => readAll(readDockerfile({ file: 'D', text }, undefined, host)),
  ],
  ['dotenv', ['export ', 'A=', '${A:-'], (text) => readDotenv({ file: 'f', text }, scope)],
  ['env file', ['A=', '#'], (text) => readDockerEnvFile({ file: 'f', text }, scope)],
  ['environment file', ['A=', ' #'], (text) => readSystemdEnvFile({ file: 'f', text })],
]

test.each(READERS)('%s: any text is read or refused with a sentence', (_name, words, read) => {
  const text = fc
    .array(fc.constantFrom(...words, ...marks, ...words), { maxLength: 40 })
    .map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (input) => {
      try {
        read(input)
      } catch (error) {
        expect(error).toBeInstanceOf(AuthError)
        // A refusal is one line and does not go on for ever.
        expect(String(error)).toMatch(/^.{10,300}$/u)
      }
    }),
    { numRuns: 1500 },
  )
})

const many = 100_000

const REFERENCES = Array.from(
  { length: many / 50 },
  (_, at) => `{name: A${at}, valueFrom: {secretKeyRef: {name: s, key: k}}}`,
)

// Quadratic work on these would take minutes.
test.each([
  ['dotenv', `A=${'${B:+'.repeat(many)}`],
  ['dotenv', `A="${'\\'.repeat(many)}`],
  ['dotenv', `A=${'$B'.repeat(many)}\n`],
  ['dotenv', `${' '.repeat(many)}A=1${' '.repeat(many)}x`],
  ['env file', 'A\n'.repeat(many)],
  ['environment file', `A=${' '.repeat(many)}x`],
  ['compose', `services: {a: {command: '${'$(('.repeat(many)}'}}`],
  ['compose', `services: {a: {command: '${'a '.repeat(many)}'}}`],
  ['compose', `services: {a: {environment: ['A=${`\${B:+x}`.repeat(many / 2)}']}}`],
  ['Kubernetes', `kind: Pod\nspec: {containers: [{name: a, args: ['${'$('.repeat(many)}']}]}`],
  ['systemd', `[Service]\nExecStart=resonate ${'${'.repeat(many)}`],
  ['systemd', `[Service]\nExecStart=resonate ${'a '.repeat(many)}`],
  ['systemd', `[Service]\n${'Environment=A=1\\\n'.repeat(many / 10)}`],
  ['systemd', `[Service]\nExecStart=resonate\n${'PassEnvironment=A\n'.repeat(many / 2)}`],
  [
    'Kubernetes',
    `kind: Secret\nmetadata: {name: s}\ndata: {k: ${'A'.repeat(many)}}\n---\nkind: Pod\nspec: {containers: [{name: a, env: [${REFERENCES.join(', ')}]}]}`,
  ],
  ['Dockerfile', `FROM a\nENV A="${'${'.repeat(many)}`],
  ['Dockerfile', `FROM a\nENV ${' '.repeat(many)}x${' '.repeat(many)}=`],
  ['Dockerfile', `FROM a\n${'RUN <<E\n'.repeat(many / 10)}`],
  ['Dockerfile', 'FROM a AS a\n'.repeat(many / 100)],
  ['Dockerfile', `FROM a\nCMD [${'"a",'.repeat(many)}"b"]`],
])('%s of great size is read in time', (name, text) => {
  const read = READERS.find(([reader]) => reader === name)?.[2]
  try {
    read?.(text)
  } catch (error) {
    expect(error).toBeInstanceOf(AuthError)
  }
  expect(read).toBeDefined()
})
