import { expect, test } from 'vitest'
import type { Deployment } from '../../../src/deploy/deployment.ts'
import { readKubernetes } from '../../../src/deploy/kubernetes.ts'
import { argumentRows, found, open, variableRows } from './fixture.ts'

function read(file: string, chosen?: string): Deployment {
  return readKubernetes(open(`kubernetes/${file}`), chosen, () => undefined)
}

function readText(text: string, chosen?: string): Deployment {
  return readKubernetes({ file: 'k8s.yaml', text }, chosen, () => undefined)
}

const TOML = '[auth]\npublickey = "/etc/resonate/keys/public.pem"\n'
const PEM = '-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----'

test('variables of a Deployment, from ConfigMaps and Secrets of its namespace in the same file', () => {
  expect(variableRows(read('deployment.yaml'))).toEqual([
    ['CFG_level', 'info', 'deployment.yaml:5:info'],
    ['CFG_port', '8001', 'deployment.yaml:6:8001'],
    [
      'CFG_resonate.toml',
      TOML,
      'deployment.yaml:8:[auth]\n    publickey = "/etc/resonate/keys/public.pem"\n',
    ],
    ['CFG_bad', undefined, 'deployment.yaml:10:5'],
    ['AUDIENCE', 'again', 'deployment.yaml:87:again'],
    ['URL', 'https://api://resonate/info', 'deployment.yaml:69:https://$(AUDIENCE)/$(CFG_level)'],
    ['RESONATE_LEVEL', 'info', 'deployment.yaml:5:info'],
    ['RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN', 'token-1', 'deployment.yaml:18:dG9rZW4tMQ=='],
    [
      'RESONATE_STORAGE__POSTGRES__URL',
      undefined,
      'deployment.yaml:76:{ secretKeyRef: { name: database, key: url } }',
    ],
    ['RESONATE_SERVER__PORT', undefined, 'deployment.yaml:78:8001'],
    ['RESONATE_DEBUG', undefined, 'deployment.yaml:80:off'],
    [
      'RESONATE_SERVER__HOST',
      undefined,
      'deployment.yaml:82:{ fieldRef: { fieldPath: status.podIP } }',
    ],
    ['RESONATE_EMPTY', '', 'deployment.yaml:85:'],
  ])
})

test.each([
  ['CFG_bad', 'Kubernetes refuses it: the value is not a string; put it in quotes'],
  ['RESONATE_STORAGE__POSTGRES__URL', 'the Secret "database" is not in the file'],
  ['RESONATE_SERVER__HOST', 'status.podIP is known only where the pod runs'],
])('why %s is not known', (name, why) => {
  expect(read('deployment.yaml').variables.find((variable) => variable.name === name)?.why).toBe(
    why,
  )
})

test('arguments without a command follow the image’s entrypoint, with references put in', () => {
  expect(argumentRows(read('deployment.yaml'))).toEqual([
    ['serve', 'deployment.yaml:55:serve'],
    ['--auth-aud', 'deployment.yaml:56:--auth-aud'],
    ['again', 'deployment.yaml:57:$(AUDIENCE)'],
    [undefined, 'deployment.yaml:58:--server-url=$(URL)$$(AUDIENCE)$(NOBODY)'],
  ])
})

test.each([
  ['a ConfigMap’s file in the working directory', 'resonate.toml', TOML],
  ['a projected Secret', '/etc/resonate/keys/pub', PEM],
  ['what a volume does not hold', '/etc/resonate/keys/public.pem', 'missing'],
  ['one file of a volume', '/one.pem', PEM],
  ['a subPath that is not there is a directory', '/gone.toml', 'directory'],
  ['a claim', '/var/lib/resonate/resonate.db', undefined],
  ['where nothing is mounted', '/resonate.toml', 'missing'],
])('files: %s', (_what, path, content) => {
  expect(found(read('deployment.yaml'), path)).toBe(content)
})

test('notes name what is not followed', () => {
  const notes = read('deployment.yaml').notes.map(({ text }) => text)
  expect(notes).toEqual([
    'the variables of the Secret "elsewhere" are not known: it is not in the file',
    'the Service "resonate" adds variables such as RESONATE_PORT and RESONATE_SERVICE_HOST to the container',
  ])
})

test('a CronJob in a List, written as JSON, behind a shell', () => {
  const deployment = read('list.yaml', 'nightly/main')
  expect(variableRows(deployment)).toEqual([
    ['ISSUER', 'https://id.example', 'list.yaml:6:https://id\\u002eexample'],
  ])
  expect(argumentRows(deployment)).toEqual([
    ['serve', 'list.yaml:5:serve'],
    ['--auth-iss', 'list.yaml:5:--auth-iss'],
    ['https://id.example', 'list.yaml:5:$ISSUER'],
    ['--level', 'list.yaml:5:--level'],
    [undefined, `list.yaml:5:\${LEVEL:-warn}`],
  ])
})

test('a byte order mark and CRLF', () => {
  const deployment = read('pod-crlf.yaml')
  expect(variableRows(deployment)).toEqual([['RESONATE_LEVEL', 'warn', 'pod-crlf.yaml:15:warn']])
  expect(argumentRows(deployment)).toEqual([[undefined, 'pod-crlf.yaml:11:sh']])
})

function pod(container: string): string {
  return `kind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x/resonate, ${container}}]}`
}

// kubernetes third_party/forked/golang/expansion/expand_test.go names these cases.
test.each([
  ['$(A)', 'a'],
  ['x$(A)y$(B)', 'xayb'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$a'],
  ['$(NONE)', '$(NONE)'],
  ['$(A', '$(A'],
  ['$(', '$('],
  [`$A \${A} $`, `$A \${A} $`],
  ['$(A)$(', 'a$('],
  ['$($(A))', '$($(A))'],
  ['$()', '$()'],
])('references: %s is %s', (text, expanded) => {
  const env = `env: [{name: A, value: a}, {name: B, value: b}, {name: C, value: '${text}'}]`
  expect(readText(pod(env)).variables.at(-1)?.value).toBe(expanded)
})

test('references that double thirty times are not followed to the end', () => {
  const doubled = Array.from({ length: 30 }, (_, at) => {
    const before = at === 0 ? 'xxxxxxxxxx' : `$(V${at - 1})$(V${at - 1})`
    return `{name: V${at}, value: '${before}'}`
  })
  const last = readText(pod(`env: [${doubled.join(', ')}]`)).variables.at(-1)
  expect(last).toMatchObject({ value: undefined, why: 'it would be longer than 131072 characters' })
})

test.each([
  ['command and args', 'command: [resonate], args: [dev]', ['dev']],
  ['a command drops the image’s', 'command: [resonate-server]', []],
  ['args replace the image’s command', 'args: [dev, --debug]', ['dev', '--debug']],
  ['empty lists are absent ones', 'command: [], args: []', ['serve']],
])('arguments: %s', (_what, container, words) => {
  expect(readText(pod(container)).arguments.map(({ text }) => text)).toEqual(words)
})

test.each([
  ['kind: ConfigMap', undefined, 'k8s.yaml: there is no container in it'],
  [pod('tty: true'), 'd', 'k8s.yaml: there is no container "d"'],
  [
    'kind: Pod\nspec: {containers: [{name: a, image: x}, {name: b, image: y}]}',
    undefined,
    'k8s.yaml: which container is the server is not clear',
  ],
  ['- a', undefined, 'k8s.yaml:1:1: a Kubernetes object is not a mapping'],
  ['kind: Pod\nspec: {containers: 5}', undefined, 'k8s.yaml:2:20: "containers" is not a list'],
])('%j is refused', (text, chosen, message) => {
  expect(() => readText(text, chosen)).toThrow(expect.objectContaining({ message }))
})

test('a chart’s template is refused with what to do', () => {
  expect(() => readText('kind: Pod\n{{- if .Values.a }}\nspec: {}\n')).toThrow(
    expect.objectContaining({ hints: [expect.stringContaining('helm template')] }),
  )
})
