import { expect, test } from 'vitest'
import { push } from '../../../../src/target/resonate/push.ts'
import { findProxy } from '../../../../src/target/resonate/push-proxy.ts'

function find(environment: Readonly<Record<string, string>>, url = 'http://w.example/') {
  return findProxy(new Map(Object.entries(environment)), new URL(url))
}

test.each([
  ['none', {}, 'http://w/', undefined],
  ['HTTP_PROXY', { HTTP_PROXY: 'http://p:1/x' }, 'http://w/', 'http://p:1'],
  ['a proxy without a scheme', { http_proxy: 'p:1' }, 'http://w/', 'http://p:1'],
  ['the upper-case name first', { HTTP_PROXY: 'a', http_proxy: 'b' }, 'http://w/', 'http://a'],
  ['an empty one falls back', { HTTP_PROXY: '', ALL_PROXY: 'b' }, 'http://w/', 'http://b'],
  [
    'an unusable one falls back',
    { HTTP_PROXY: 'ftp://a', ALL_PROXY: 'b' },
    'http://w/',
    'http://b',
  ],
  ['HTTP_PROXY is not for https', { HTTP_PROXY: 'a' }, 'https://w/', undefined],
  ['HTTPS_PROXY is', { HTTPS_PROXY: 'a' }, 'https://w/', 'http://a'],
  ['SOCKS', { ALL_PROXY: 'socks5h://a:1' }, 'http://w/', 'socks5h://a:1'],
  ['a CGI process', { HTTP_PROXY: 'a', REQUEST_METHOD: 'GET' }, 'http://w/', undefined],
])('%s', (_, environment, url, proxy) => {
  expect(find(environment, url)?.url).toBe(proxy)
})

test.each([
  ['w.example', 'http://w.example/', true],
  ['.example', 'http://w.example/', true],
  ['W.EXAMPLE', 'http://w.example/', true],
  ['x, example ', 'http://w.example/', true],
  ['ample', 'http://w.example/', false],
  ['w.example:80', 'http://w.example/', false],
  ['*', 'http://w.example/', true],
  ['*', 'http://10.0.0.1/', false],
  ['10.0.0.1', 'http://10.0.0.1/', true],
  ['10.0.0.0/8', 'http://10.1.2.3/', true],
  ['10.0.0.0/8', 'http://11.1.2.3/', false],
  ['0.0.0.0/0', 'http://11.1.2.3/', true],
  ['010.0.0.1', 'http://10.0.0.1/', false],
  ['::1', 'http://[::1]/', true],
  ['fe80::/10', 'http://[fe80::1]/', true],
  ['fe80::/10', 'http://[fc00::1]/', false],
])('NO_PROXY=%s and %s', (list, url, exempt) => {
  expect(find({ HTTP_PROXY: 'p', NO_PROXY: list }, url) === undefined).toBe(exempt)
})

test('user information goes to the proxy, with a message in clear as a header of it', () => {
  const proxy = find({ HTTP_PROXY: 'http://u:p%20w@p:1' })
  expect(proxy).toEqual({ url: 'http://p:1', authorization: 'Basic dTpwIHc=', sees: 'all' })
  const delivery = push({ enabled: true, auth: undefined }, 'http://w/', undefined, proxy)
  expect(delivery.kind === 'sent' && delivery.hop.headers).toEqual([
    ['proxy-authorization', 'Basic dTpwIHc='],
  ])
  expect(find({ HTTPS_PROXY: 'http://u:p@p:1' }, 'https://w/')?.sees).toBe('host')
})
