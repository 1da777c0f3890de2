/** Secrets that look like any word: only the setting, the variable or the flag tells that they are one. */
import { expect, test } from 'vitest'
import { folder, run } from './run.ts'

const WORD = 'hunter2zz'
const TOKEN = 'RESONATE_TRANSPORTS__HTTP_PUSH__AUTH__TOKEN'
const SERVICE = 'services:\n  resonate:\n    image: resonatehqio/resonate:0.9.8\n'

const POD = `apiVersion: v1
kind: Pod
metadata: { name: server }
spec:
  containers:
    - name: resonate
      image: resonatehqio/resonate:0.9.8
      env:
`

interface Case {
  readonly files: Readonly<Record<string, string>>
  readonly argv: readonly string[]
}

const compose = (rest: string): Case => ({
  files: { 'compose.yml': SERVICE + rest },
  argv: ['--compose', 'compose.yml'],
})

const CASES: Readonly<Record<string, Case>> = {
  'a variable of compose': compose(`    environment: { ${TOKEN}: ${WORD} }\n`),
  'a folded text of compose': compose(
    `    environment:\n      ${TOKEN}: >-\n        ${WORD}\n        b\n`,
  ),
  'a command of compose': compose(
    `    command: ["serve","--transports-http-push-auth-token","${WORD}"]\n`,
  ),
  'an env file of compose': {
    files: {
      'compose.yml': `${SERVICE}    env_file: more.env\n`,
      'more.env': `export ${TOKEN}='a\n${WORD}'\n`,
    },
    argv: ['--compose', 'compose.yml'],
  },
  'a value of Kubernetes': {
    files: { 'pod.yml': `${POD}        - name: ${TOKEN}\n          value: ${WORD}\n` },
    argv: ['--k8s', 'pod.yml'],
  },
  'a Secret of Kubernetes': {
    files: {
      'pod.yml': `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  a: ${WORD}\n---\n${POD}        - name: ${TOKEN}\n          valueFrom: { secretKeyRef: { name: s, key: a } }\n`,
    },
    argv: ['--k8s', 'pod.yml'],
  },
  'a unit of systemd': {
    files: {
      'r.service': `[Service]\nEnvironment=A=1 ${TOKEN}=${WORD}\nExecStart=/usr/bin/resonate serve --transports-http-push-auth-token ${WORD}\n`,
    },
    argv: ['--systemd', 'r.service'],
  },
  'a Dockerfile': {
    files: {
      Dockerfile: `FROM resonatehqio/resonate:0.9.8\nENV ${TOKEN} ${WORD}\nCMD ["serve","--transports-http-push-auth-token","${WORD}"]\n`,
    },
    argv: ['--dockerfile', 'Dockerfile'],
  },
  'a user of the Go server': {
    files: {
      'resonate.yaml': `api:\n  subsystems:\n    http:\n      config:\n        auth:\n          admin: ${WORD}\n`,
    },
    argv: ['resonate.yaml', '--target', 'resonate-go'],
  },
  "a flag of the Go server's users": {
    files: {},
    argv: ['--target', 'resonate-go', '--', 'serve', '--api-http-auth', `u=${WORD}`],
  },
}

const RUNS: readonly (readonly string[])[] = [
  ...['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson'].map(
    (format) => ['lint', '--profile', 'audit', '--format', format],
  ),
  ['config'],
  ['config', '--json'],
]

test.each(Object.entries(CASES))('%s never leaves', async (_, { files, argv }) => {
  const { path, remove } = folder(files)
  const leaks: string[] = []
  for (const words of RUNS) {
    const { stdout, stderr } = await run([...words, ...argv], { cwd: path })
    if (`${stdout}${stderr}`.includes(WORD)) leaks.push(words.join(' '))
  }
  remove()
  expect(leaks).toEqual([])
})
