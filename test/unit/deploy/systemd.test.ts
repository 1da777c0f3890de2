import { expect, test } from 'vitest'
import type { Deployment } from '../../../src/deploy/deployment.ts'
import { readSystemd } from '../../../src/deploy/systemd.ts'
import { readSystemdEnvFile } from '../../../src/deploy/systemd-env-file.ts'
import { argumentRows, found, host, open, variableRows, written } from './fixture.ts'

function read(unit: string, dropIns: readonly string[] = []): Deployment {
  return readSystemd(
    open(`systemd/${unit}`),
    dropIns.map((file) => open(`systemd/${unit}.d/${file}`)),
    host,
  )
}

function readText(lines: string, name = 'resonate.service'): Deployment {
  return readSystemd({ file: name, text: `[Service]\n${lines}` }, [], () => undefined)
}

// Environment= and ExecStart= of these units were compared with the dump of `systemd --test` 252.

test('a unit with drop-ins in the order of their names, an env file and a credential', () => {
  const deployment = read('resonate.service', ['20-key.conf', '10-first.conf'])
  expect(variableRows(deployment)).toEqual([
    ['RESONATE_LEVEL', 'warn', 'resonate.service:12:warn'],
    ['RESONATE_SERVER__URL', 'https://a b', 'resonate.service:8:https://a b'],
    ['RESONATE_SERVER__HOST', 'resonate.example', 'resonate.service:9:%p.example'],
    ['RESONATE_SERVER__PORT', '9001', 'server.env:7:9001'],
    ['RESONATE_AUTH__ISS', 'a "b"', 'resonate.service:11:a\\x20\\"b\\"'],
    ['EXTRA', "--debug --level 'very quiet'", "10-first.conf:2:--debug --level 'very quiet'"],
    [
      'RESONATE_AUTH__PUBLICKEY',
      '/run/credentials/resonate.service/public.pem',
      '20-key.conf:2:%d/public.pem',
    ],
    ['RESONATE_STORAGE__TYPE', 'sqlite', 'server.env:2:sql"ite'],
    ['RESONATE_AUTH__AUD', 'a # b', 'server.env:3:a # b'],
    ['RESONATE_MULTI', 'one\ntwo$', 'server.env:4:one\ntwo\\$'],
  ])
  expect(argumentRows(deployment)).toEqual([
    ['serve', '20-key.conf:4:serve'],
    ['--auth-publickey', '20-key.conf:5:--auth-publickey'],
    ['/run/credentials/resonate.service/public.pem', `20-key.conf:5:\${RESONATE_AUTH__PUBLICKEY}`],
    ['--auth-aud=two words', '20-key.conf:5:--auth-aud="two words'],
    ['--debug', '20-key.conf:6:$EXTRA'],
    ['--level', '20-key.conf:6:$EXTRA'],
    ['very quiet', '20-key.conf:6:$EXTRA'],
  ])
  expect(deployment.cwd).toBe('/var/lib/resonate')
  expect(deployment.mounts).toMatchObject([
    {
      target: '/run/credentials/resonate.service/public.pem',
      source: { kind: 'host', path: '/etc/resonate/public.pem' },
    },
  ])
  expect(deployment.notes.map(({ text, place }) => [text, written(place)])).toEqual([
    ['systemd ignores what is not NAME=value here', 'resonate.service:11:%'],
    [
      'the variables of -systemd/absent.env are not known: it cannot be read here',
      'resonate.service:13:-systemd/absent.env',
    ],
  ])
})

test('of several commands the server’s counts: separators, escapes, variables', () => {
  const deployment = read('steps.service')
  expect(variableRows(deployment)).toEqual([
    ['A', '1', 'steps.service:3:1'],
    ['B', '', 'steps.service:3:'],
    ['C', 'a;b', 'steps.service:4:a;b'],
    ['D', 'its', "steps.service:4:it''s"],
    ['E', 'x=y\te', 'steps.service:4:x\\x3dy\\te'],
  ])
  expect(argumentRows(deployment)).toEqual([
    ['serve', 'steps.service:5:serve'],
    ['--auth-iss=a;b', `steps.service:5:--auth-iss=\${C}\${B}`],
    ['--level', 'steps.service:5:--level'],
    ['a \\; b', 'steps.service:5:a \\; b'],
    [';', 'steps.service:5:\\;'],
    ['its', `steps.service:5:\${D}`],
  ])
})

test('a template: an argv[0] of its own, and what depends on the instance', () => {
  const deployment = read('resonate@.service')
  expect(deployment.variables).toMatchObject([
    { value: undefined, why: '%i depends on the instance of the template resonate@.service' },
  ])
  expect(deployment.arguments.map(({ text }) => text)).toEqual([':dev', '--x', '$HOME', 'x', 'a;b'])
})

test('an instance, env, and a colon that keeps dollar signs', () => {
  const deployment = read('wrapped@blue.service')
  expect(variableRows(deployment)).toEqual([
    ['ISS', 'https://blue.example', 'wrapped@blue.service:2:https://%i.example'],
    ['RESONATE_LEVEL', 'error', 'wrapped@blue.service:3:error'],
  ])
  expect(deployment.arguments.map(({ text }) => text)).toEqual(['serve', '--auth-iss', '$ISS'])
})

test('a byte order mark and CRLF give the same values at the same lines', () => {
  const { file, text } = open('systemd/steps.service')
  const source = { file, text: `\ufeff${text.replaceAll('\n', '\r\n')}` }
  const deployment = readSystemd(source, [], host)
  const rows = variableRows(deployment, () => source)
  expect(rows).toEqual(variableRows(read('steps.service')))
  expect(argumentRows(deployment, () => source)).toEqual(argumentRows(read('steps.service')))
})

const START = 'ExecStart=resonate serve\n'

// Recorded from `systemd --test` 252 unless it says otherwise.
test.each([
  ['several lines', 'Environment=A=1 \\\n# no\n  B=2 \\\n; no\n  C=3', ['A=1', 'B=2', 'C=3']],
  ['quotes within words', 'Environment=D="a b"c E=\'x\'"y"', ['D=a bc', 'E=xy']],
  ['escapes', 'Environment=F=a\\tb "G=\\"q\\"" H=\\x41', ['F=a\tb', 'G="q"', 'H=A']],
  ['percent signs', 'Environment=L=%% P=%p J=%j T=a%', ['L=%', 'P=resonate', 'J=resonate', 'T=a%']],
  ['a percent sign that begins nothing', 'Environment=A=1 Z=%Z B=2', ['A=1', 'B=2']],
  ['no comment after a value', 'Environment=R=x;y # S=1', ['R=x;y', 'S=1']],
  ['an unknown escape ends the line', 'Environment=A=1 X=bad\\q Y=2', ['A=1']],
  ['an open quote ends the line', 'Environment=K=a M="unclosed', ['K=a']],
  ['blanks around', '  Environment = T=1  ', ['T=1']],
  ['keys are exact', 'environment=U=1', []],
  ['names', 'Environment=V==x W= =Y 1Z=2 Z.z=3 LONG', ['V==x', 'W=']],
  ['an empty one resets', 'Environment=A=1\nEnvironment=\nEnvironment=B=2', ['B=2']],
  ['another section', '[Install]\nEnvironment=A=1\n[Service]\nEnvironment=B=2', ['B=2']],
])('Environment=: %s', (_what, lines, assignments) => {
  const { variables } = readText(`${START}${lines}\n`)
  expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual(assignments)
})

test.each([
  ['prefixes', 'ExecStart=-+/usr/bin/resonate dev', ['dev']],
  ['a reset', 'ExecStart=/a\nExecStart=\nExecStart=resonate dev', ['dev']],
  ['quotes', 'ExecStart=resonate "a b" \'c\'"d"', ['a b', 'cd']],
  ['a word that is a variable', 'Environment="A=x y"\nExecStart=resonate $A', ['x', 'y']],
  ['one within a word', `Environment="A=x y"\nExecStart=resonate -\${A}-`, ['-x y-']],
  ['one that is not set', `ExecStart=resonate $A \${A} b`, ['', 'b']],
  ['a dollar in a word', 'ExecStart=resonate a$A $$A', ['a$A', '$A']],
  ['one of the service manager', `ExecStart=resonate \${HOME}`, [undefined]],
  ['a percent sign that begins nothing', 'ExecStart=resonate dev\nExecStart=resonate %Z', ['dev']],
  ['a shell', "ExecStart=/bin/sh -c 'exec resonate dev'", ['dev']],
  ['a program that is another', 'ExecStart=/opt/start.sh', [undefined]],
])('ExecStart=: %s', (_what, lines, words) => {
  expect(readText(lines).arguments.map(({ text }) => text)).toEqual(words)
})

test.each([
  ['', '/'],
  ['WorkingDirectory=/srv/%p', '/srv/resonate'],
  ['WorkingDirectory=-/srv/', '/srv'],
  ['WorkingDirectory=/a\nWorkingDirectory=', '/'],
  ['WorkingDirectory=~', undefined],
  ['WorkingDirectory=%h', undefined],
])('the working directory with %j is %s', (line, cwd) => {
  expect(readText(`${START}${line}\n`).cwd).toBe(cwd)
})

test('what cannot be read here is not known to be absent', () => {
  expect(found(readText(START), '/etc/resonate.toml')).toBeUndefined()
})

test('a unit that starts nothing is refused', () => {
  expect(() => readText('Type=simple')).toThrow('resonate.service: no ExecStart= in [Service]')
})

test('an EnvironmentFile=', () => {
  // Recorded from the environment.d generator of systemd 252, which reads files with the same parser.
  const text =
    'A=1\nB="x y" z\nC=x y  \nD=a\\ b \nE="a\\qb\\"c\\\nd"\n# c \\\nF=cont\nG=1 # no\nexport H=1\n' +
    'I=\'a\'"b"c\nK="multi\nline"\n ; s\n L = l m \nM=a\\\nb\nN=x\\\r\ny\nO=a\rP=p\nQ="open'
  const read = readSystemdEnvFile({ file: 'f', text })
  expect(read.map(({ name, value }) => [name, value.text])).toEqual([
    ['A', '1'],
    ['B', 'x yz'],
    ['C', 'x y'],
    ['D', 'a b'],
    ['E', 'a\\qb"cd'],
    ['G', '1 # no'],
    ['I', 'abc'],
    ['K', 'multi\nline'],
    ['L', 'l m'],
    ['M', 'ab'],
    ['N', 'x'],
    ['O', 'a'],
    ['P', 'p'],
    ['Q', 'open'],
  ])
})

test('a word that variables make longer than any argument is not followed to the end', () => {
  const command = `ExecStart=resonate serve ${`\${A}`.repeat(10_000)}`
  const read = readText(`Environment=A=${'x'.repeat(100_000)}\n${command}`)
  expect(read.arguments.at(-1)).toMatchObject({
    text: undefined,
    why: 'it would be longer than 131072 characters',
  })
})
