import { textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PUBLIC_PEM, QUIET, withAuth } from '../../samples.ts'

export const keyRelativePath = defineRule({
  id: 'RA126',
  name: 'key-relative-path',
  since: '0.1.0',
  area: 'auth',
  severity: 'info',
  confidence: 'medium',
  profile: 'pedantic',
  pitfalls: [37],
  summary: 'The path of the public key is relative',
  why: 'It starts from the working directory of the server, not from the folder of the configuration file; under systemd and in the image that is "/".',
  remediation: 'Write the whole path.',
  messages: { relative: '{path} depends on the directory in which the server is started' },
  bad: () => [
    {
      title: 'a bare name',
      files: { 'resonate.toml': QUIET },
      expect: [{ message: 'relative', path: 'auth.publickey', mark: '"public.pem"' }],
    },
  ],
  good: () => [
    {
      title: 'a whole path',
      files: {
        'resonate.toml': withAuth('[auth]\npublickey = "/etc/resonate/public.pem"\n'),
        '/etc/resonate/public.pem': PUBLIC_PEM,
      },
    },
  ],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    if (key === undefined || key.value === 'none' || key.value === '') return
    if (/^(?:\/|[a-z]:[\\/])/i.test(key.value)) return
    yield {
      message: 'relative',
      origin: key.origin,
      path: key.path,
      values: { path: quote(key.value) },
    }
  },
})
