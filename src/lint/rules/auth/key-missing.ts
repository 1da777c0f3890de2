import { startFailure, textSetting } from '../../facts.ts'
import { quote } from '../../printable.ts'
import { defineRule } from '../../rule.ts'
import { PLUGINS_QUIET, QUIET, withAuth } from '../../samples.ts'

/** What the value probably is when it is no path of a file. */
function mend(path: string): string {
  if (path === '') return 'name the public key file; an empty value does not switch auth off'
  if (/-----BEGIN|^MC|^MI/.test(path))
    return 'write the key into a file and name the file: the server reads no key from the setting itself'
  if (/^~/.test(path)) return 'write the whole path: the server does not expand "~"'
  if (path.includes('$')) return 'write the path itself: the server does not expand variables'
  if (/^[a-z]+:\/\//i.test(path)) return 'write a plain path: the server reads no URLs'
  if (/^['"].*['"]$/.test(path)) return 'leave out the quotes: they are part of the value'
  if (/^\s*none\s*$/i.test(path))
    return 'the unsigned mode is exactly "none", in lower case; better name a public key file'
  return 'create it with "resonate-auth keygen", or correct the path: it is relative to the server\'s working directory'
}

export const keyMissing = defineRule({
  id: 'RA120',
  name: 'key-file-unreadable',
  since: '0.1.0',
  area: 'auth',
  severity: 'error',
  confidence: 'high',
  pitfalls: [37, 39, 86],
  summary: 'The public key file cannot be read',
  why: 'The server reads the file once, at its start, and does not start without it. A container engine puts a directory where a mounted file does not exist.',
  remediation:
    'Create the file, or correct the path; it is relative to the working directory of the server.',
  messages: {
    unreadable: 'the server does not start: it cannot read its public key {path} ({reason})',
  },
  bad: () => [
    {
      title: 'no such file',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "keys/none-here.pem"\n') },
      expect: [{ message: 'unreadable', path: 'auth.publickey', mark: '"keys/none-here.pem"' }],
    },
    {
      title: 'the unsigned mode misspelt',
      files: { 'resonate.toml': withAuth('[auth]\npublickey = "None"\n') },
      expect: [{ message: 'unreadable', path: 'auth.publickey', mark: '"None"' }],
    },
    {
      title: 'no such file in the plugin layout',
      target: 'resonate@0.10-plugins',
      files: { 'resonate.toml': PLUGINS_QUIET.replace('public.pem', 'none-here.pem') },
      expect: [{ message: 'unreadable', mark: '"none-here.pem"' }],
    },
  ],
  good: () => [{ title: 'the file is there', files: { 'resonate.toml': QUIET } }],
  *check(facts) {
    const key = textSetting(facts, 'publickey')
    const failed = startFailure(facts)
    if (key === undefined || failed?.failure !== 'key-file') return
    yield {
      message: 'unreadable',
      origin: key.origin,
      path: key.path,
      values: {
        path: quote(key.value),
        reason: failed.says.replace(/^.*': /s, '').replace(/ \(os error \d+\)/, ''),
      },
      mend: mend(key.value),
    }
  },
})
