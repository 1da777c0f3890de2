import { expect, test } from 'vitest'
import { configureWith, messageOf, settingOf, type Written } from './configure-with.ts'

const VERSION = '0.10'

test('the keys of 0.9 stay, messages go, WorkOS and the console come', () => {
  const { settings, ignored } = configureWith({
    version: VERSION,
    toml: '[messages]\nbatch_size = 5\n[workos]\norg_id = "o"\n[storage.sqlite]\nmigrate = true',
  })
  expect(settings.get('workos.base_url')?.value).toBe('https://api.workos.com')
  expect(settings.get('storage.sqlite.migrate')?.value).toBe(true)
  expect(settings.get('console.enabled')?.value).toBe(true)
  expect(settings.get('timeouts.poll_interval')?.value).toBe(60000n)
  expect(ignored).toMatchObject([
    { what: 'messages', why: 'the server had this key in 0.9, not in 0.10' },
  ])
})

test('WorkOS keys have no default while nobody writes the table', () => {
  expect(settingOf({ version: VERSION }, 'workos.base_url')).toBe(undefined)
})

test.each<[Written, string | undefined]>([
  [
    { toml: 'transports.http_push.concurrency = 0' },
    'Fatal: transports.http_push.concurrency must be at least 1 (got 0)\n',
  ],
  [
    { toml: 'tasks.lease_timeout = -1' },
    'Fatal: tasks.lease_timeout must be at least 1 (got -1)\n',
  ],
  [{ args: ['serve', '--transports-http-push-concurrency', '0'] }, undefined],
  [
    { toml: 'auth.publickey = "none"\nworkos.api_key = "k"' },
    'Fatal: auth and workos cannot both be configured — choose exactly one mode\n',
  ],
])('%o ends with %s', (written, message) => {
  expect(messageOf({ ...written, version: VERSION })).toBe(message)
})
