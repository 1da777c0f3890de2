/** Ignores in the comments of every kind of file that findings can stand in. */
import { expect, test } from 'vitest'
import { PUBLIC_PEM } from '../../src/lint/samples.ts'
import { folder, run } from './run.ts'

const UNUSED = 'RA901 suppression-unused: this ignore of RA101 suppresses nothing'
const UNKNOWN = 'RA902 suppression-unknown-rule: there is no rule "RA999"'
const QUIET = 'RESONATE_OBSERVABILITY__METRICS_PORT'

interface Case {
  readonly file: string
  readonly text: string
  readonly argv: readonly string[]
  readonly others?: Readonly<Record<string, string>>
  /** The findings, without severities. */
  readonly finds: readonly string[]
}

const CASES: readonly Case[] = [
  {
    file: 'compose.yml',
    text: `services:
  resonate:
    image: resonatehqio/resonate:0.9.8
    env_file: [{ path: more.env }]
    environment:
      # resonate-auth: ignore[RA101] -- demo
      RESONATE_AUTH__PUBLICKEY: none
      RESONATE_LEVEL: info # resonate-auth: ignore[RA101,RA999] -- demo
      ${QUIET}: "0"
`,
    others: { 'more.env': 'HTTP_PROXY=1 # resonate-auth: ignore[RA101] -- demo\n' },
    argv: ['--compose', 'compose.yml'],
    finds: [
      `compose.yml:8:28: ${UNKNOWN}`,
      `compose.yml:8:28: ${UNUSED}`,
      `more.env:1:14: ${UNUSED}`,
    ],
  },
  {
    file: 'pod.yml',
    text: `apiVersion: v1
kind: Pod
metadata: { name: server }
spec:
  containers:
    - name: resonate
      image: resonatehqio/resonate:0.9.8
      env:
        # resonate-auth: ignore[RA101] until=2027-01-31 -- demo
        - name: RESONATE_AUTH__PUBLICKEY
          value: none
        # resonate-auth: ignore[RA101] until=2026-01-31 -- demo
        - { name: ${QUIET}, value: "0" }
`,
    argv: ['--k8s', 'pod.yml'],
    finds: [
      'pod.yml:12:9: RA904 suppression-expired: the ignore of RA101 ended with 2026-01-31; its findings are back',
    ],
  },
  {
    file: 'r.service',
    text: `[Service]
; resonate-auth: ignore[RA101] -- demo
Environment=RESONATE_AUTH__PUBLICKEY=none \\
  ${QUIET}=0
EnvironmentFile=/more.env
# resonate-auth: ignore RA101
ExecStart=/usr/bin/resonate serve
`,
    argv: ['--systemd', 'r.service'],
    finds: [
      'r.service:6:1: RA903 suppression-malformed: this ignore has no effect: expected "resonate-auth: ignore[RA101] until=2027-01-31 -- the reason"',
    ],
  },
  {
    file: 'Dockerfile',
    text: `# resonate-auth: ignore-file[RA101] -- demo
FROM resonatehqio/resonate:0.9.8
ENV RESONATE_AUTH__PUBLICKEY=none \\
  # resonate-auth: ignore[RA101] -- demo
  ${QUIET}=0
# resonate-auth: ignore-file[RA101] -- demo
RUN true
`,
    argv: ['--dockerfile', 'Dockerfile'],
    finds: [
      'Dockerfile:6:1: RA903 suppression-malformed: this ignore has no effect: ignore-file stands before the first key',
    ],
  },
  {
    file: 'docker.env',
    text: `# resonate-auth: ignore[auth-publickey-none] -- demo\nRESONATE_AUTH__PUBLICKEY=none\n${QUIET}=0\n# resonate-auth: ignore[RA999] -- demo\n`,
    argv: ['--env-file', 'docker.env'],
    finds: [`docker.env:4:1: ${UNKNOWN}`],
  },
  {
    file: 'dot.env',
    text: `RESONATE_AUTH__PUBLICKEY="none" # resonate-auth: ignore[RA101] -- demo\n${QUIET}=0\n`,
    argv: ['--env-file', 'dot.env', '--env-file-format', 'dotenv'],
    finds: [],
  },
  {
    file: 'resonate.yaml',
    text: `# resonate-auth: ignore-file[RA802] -- demo
metricsAddr: 127.0.0.1:9090 # resonate-auth: ignore[RA802] -- demo
auth: # resonate-auth: ignore[RA013] -- demo
  publickey: none
`,
    argv: ['resonate.yaml', '--target', 'resonate-go'],
    finds: [`resonate.yaml:2:29: ${UNUSED.replace('RA101', 'RA802')}`],
  },
]

test.each(CASES)('ignores in $file suppress, and are judged themselves', async (row) => {
  const files = { 'public.pem': PUBLIC_PEM, [row.file]: row.text, ...row.others }
  const { path, remove } = folder(files)
  const { stdout } = await run(['lint', ...row.argv, '--format', 'concise'], { cwd: path })
  const honoured = await run(['lint', ...row.argv, '--format', 'concise', '--no-ignores'], {
    cwd: path,
  })
  remove()
  const lines = stdout.split('\n').filter((line) => line !== '')
  expect(lines.map((line) => line.replace(/ (?:error|warning|info) /, ' '))).toEqual(row.finds)
  expect(honoured.stdout).toMatch(/error RA(?:101|802) /)
})
