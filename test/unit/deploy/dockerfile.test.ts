import { expect, test } from 'vitest'
import { isServerImage } from '../../../src/deploy/container.ts'
import { readDockerfile } from '../../../src/deploy/dockerfile.ts'
import { argumentRows, found, host, open, variableRows } from './fixture.ts'

test('the last stage of several, with build arguments, another escape and copied files', () => {
  const deployment = readDockerfile(open('dockerfile/Dockerfile'), undefined, host)
  expect(variableRows(deployment)).toEqual([
    ['RESONATE_LEVEL', 'warn', 'Dockerfile:17:$LEVEL'],
    [
      'RESONATE_SERVER__URL',
      'https://a.example/x y',
      `Dockerfile:17:https://\${HOST:-a.example}/x y`,
    ],
    ['RESONATE_AUTH__AUD', '$LEVEL', 'Dockerfile:19:$LEVEL'],
    [
      'RESONATE_AUTH__ISS',
      'https://issuer  # all of it',
      'Dockerfile:20:https://issuer  # all of it',
    ],
    ['RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN', undefined, 'Dockerfile:21:$TOKEN'],
  ])
  expect(argumentRows(deployment)).toEqual([
    ['serve', 'Dockerfile:28:serve'],
    ['--auth-publickey', 'Dockerfile:28:--auth-publickey'],
    ['public.pem', 'Dockerfile:28:public.pem'],
  ])
  expect(deployment.cwd).toBe('/srv/resonate')
})

test.each([
  ['a copied file', 'resonate.toml', 'debug = true\n'],
  ['one of a pattern', 'public.pem', 'a key\n'],
  ['one that is not there', 'private.pem', 'missing'],
  ['a here-document', '/srv/inline.toml', 'level = warn\n'],
  ['another stage’s', '/usr/local/bin/resonate-server', undefined],
  ['nothing', '/resonate.toml', 'missing'],
])('files: %s', (_what, path, content) => {
  expect(found(readDockerfile(open('dockerfile/Dockerfile'), undefined, host), path)).toBe(content)
})

test('a stage by its name', () => {
  const deployment = readDockerfile(open('dockerfile/Dockerfile'), 'runtime', host)
  expect(argumentRows(deployment)).toEqual([['serve', 'Dockerfile:12:serve']])
  expect(deployment.variables).toEqual([])
  expect(deployment.cwd).toBe('/')
})

function read(lines: string): ReturnType<typeof readDockerfile> {
  return readDockerfile({ file: 'Dockerfile', text: lines }, undefined, () => undefined)
}

// Recorded from moby/buildkit v0.23.2 (frontend/dockerfile: parser, instructions, shell).
test.each([
  ['ENV A=1 B="x y" C=\'$A\' D=a\\ b', ['A=1', 'B=x y', 'C=$A', 'D=a b']],
  ['ENV A x "y"  z', ['A=x y  z']],
  ['ENV A=1\nENV A=2 B=$A', ['A=2', 'B=1']],
  ['ENV A=1 \\\n# no\n\n  B=2', ['A=1', 'B=2']],
  [`ENV B=\${A:-d}\${A-e}\${A:+p}-$A`, ['B=de-']],
  [`ENV A=\nENV B=\${A:-d}\${A-e}\${A:+p}\${A+q}`, ['A=', 'B=dq']],
  ['ENV A="\\$x \\" \\q"', ['A=$x " \\q']],
  ['ENV A=\\$x$$y$1', ['A=$xy']],
  ['ARG X=arg\nENV A=$X\nENV X=env\nENV B=$X', ['A=arg', 'X=env', 'B=env']],
  ['env a=1', ['a=1']],
])('%j sets %j', (lines, assignments) => {
  const { variables } = read(`FROM debian\n${lines}\n`)
  expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual(assignments)
})

test.each([
  ['ENTRYPOINT ["resonate"]\nCMD ["dev"]', ['dev']],
  ['CMD ["resonate", "serve", "--level", "a b"]', ['serve', '--level', 'a b']],
  ['CMD exec resonate serve --auth-aud "$A"\nENV A=x', ['serve', '--auth-aud', 'x']],
  ['SHELL ["/bin/bash", "-ec"]\nCMD resonate dev', ['dev']],
  ["CMD ['resonate']", [undefined]],
  ['CMD ["dev"]\nENTRYPOINT ["resonate"]', ['dev']],
  ['CMD ["x"] AS b\nFROM debian AS a\nCMD ["dev"]\nFROM a\nENTRYPOINT ["resonate"]', []],
  ['FROM h/resonate:1\nENV A=1', ['serve']],
  ['FROM h/resonate:1\nENTRYPOINT ["resonate"]', []],
  ['FROM acme/x\nRUN make', [undefined]],
  ['FROM acme/x\nCMD ["serve", "--debug"]', ['serve', '--debug']],
  ['RUN <<EOF\nCMD ["not"]\nEOF\nCMD ["resonate", "dev"]', ['dev']],
])('%j calls the server with %j', (lines, words) => {
  expect(read(`FROM debian\n${lines}\n`).arguments.map(({ text }) => text)).toEqual(words)
})

test.each([
  ['', '/'],
  ['WORKDIR /a\nWORKDIR b/../c', '/a/c'],
  ['ENV D=x\nWORKDIR /srv/$D', '/srv/x'],
  ['ARG D\nWORKDIR /srv/$D', undefined],
  ['FROM acme/x', undefined],
  ['FROM acme/x\nWORKDIR /a', '/a'],
])('the working directory after %j is %s', (lines, cwd) => {
  expect(read(`FROM debian\n${lines}\n`).cwd).toBe(cwd)
})

test('what a command of RUN may have made is not known to be absent', () => {
  expect(found(read('FROM debian\nRUN apt-get update && rm -rf /x\n'), '/a.pem')).toBe('missing')
  expect(found(read('FROM debian\nRUN curl -o /a.pem https://a\n'), '/a.pem')).toBeUndefined()
})

test.each([
  ['# nothing', 'no FROM in the Dockerfile', undefined],
  ['FROM debian AS a', 'there is no stage "b"', 'b'],
])('%j is refused', (text, message, target) => {
  expect(() => readDockerfile({ file: 'Dockerfile', text }, target, host)).toThrow(message)
})

test.each([
  ['resonatehqio/resonate', true],
  ['resonatehqio/resonate:v0.9.8', true],
  ['registry:5000/a/resonate-server@sha256:00', true],
  ['acme/resonate-worker', false],
  ['resonate/worker', false],
])('%s is the server’s image: %s', (reference, is) => {
  expect(isServerImage(reference)).toBe(is)
})
