import { expect, test } from 'vitest'
import { readCurl } from '../../../src/request/curl.ts'
import { curlRequest } from '../../../src/request/curl-request.ts'
import { readShellCommand } from '../../../src/request/shell.ts'

const FILES = new Map([
  ['body.json', Buffer.from('{"a":\n1}\n')],
  ['headers', Buffer.from('X-A: 1\r\nX-B: 2\n')],
  ['-', Buffer.from('stdin\n')],
])

function request(line: string) {
  const { method, path, headers, body } = curlRequest(readCurl(readShellCommand(line).words), FILES)
  return { method, path, headers, body: Buffer.from(body).toString() }
}

function header(line: string, name: string): string | undefined {
  return request(line).headers.find(([key]) => key.toLowerCase() === name)?.[1]
}

test.each([
  ['GET by itself', 'curl http://h/x?y#z', 'GET', '/x?y', ''],
  ['no scheme and no path', 'curl h:8001', 'GET', '/', ''],
  ['a query without a path', 'curl h?x', 'GET', '/?x', ''],
  ['a method', 'curl -X DELETE h', 'DELETE', '/', ''],
  ['an attached value and switches in one word', 'curl -sSXPUT h', 'PUT', '/', ''],
  ['data make it POST', 'curl h -d a=1', 'POST', '/', 'a=1'],
  ['several data', 'curl h -d a=1 --data b=2', 'POST', '/', 'a=1&b=2'],
  ['data from a file lose their line ends', 'curl h -d @body.json', 'POST', '/', '{"a":1}'],
  ['binary data keep them', 'curl h --data-binary @body.json', 'POST', '/', '{"a":\n1}\n'],
  ['raw data do not read files', 'curl h --data-raw @body.json', 'POST', '/', '@body.json'],
  ['JSON is joined without anything', 'curl h --json [1, --json 2]', 'POST', '/', '[1,2]'],
  ['encoded data', "curl h --data-urlencode 'a=b c&d'", 'POST', '/', 'a=b%20c%26d'],
  ['standard input', 'curl h --data-binary @-', 'POST', '/', 'stdin\n'],
  ['-G puts data into the query', 'curl -G h/p?x -d a=1', 'GET', '/p?x&a=1', ''],
  ['-I asks for the head', 'curl -I h', 'HEAD', '/', ''],
  ['--url', 'curl --url h/z', 'GET', '/z', ''],
  ['an upload', 'curl -T body.json h', 'PUT', '/', '{"a":\n1}\n'],
  [
    'options that change nothing',
    'curl -o f -w "%{http_code}" --max-time 5 -kLv h',
    'GET',
    '/',
    '',
  ],
])('%s', (_, line, method, path, body) => {
  expect(request(line)).toMatchObject({ method, path, body })
})

test.each([
  ['-H', `curl h -H 'Authorization: Bearer t'`, 'authorization', 'Bearer t'],
  ['--header without a blank', 'curl h --header X:1', 'x', '1'],
  ['an empty header', `curl h -H 'X;'`, 'x', ''],
  ['a header taken away', `curl h -H 'Accept:'`, 'accept', undefined],
  ['headers from a file', 'curl h -H @headers', 'x-b', '2'],
  ['-u', 'curl -u a:b h', 'authorization', 'Basic YTpi'],
  ['--oauth2-bearer', 'curl --oauth2-bearer t h', 'authorization', 'Bearer t'],
  ['user information of the URL', 'curl http://a:b%20c@h', 'authorization', 'Basic YTpiIGM='],
  ['-b', 'curl -b k=v h', 'cookie', 'k=v'],
  ['-A', 'curl -A me h', 'user-agent', 'me'],
  ['the type of form data', 'curl h -d a', 'content-type', 'application/x-www-form-urlencoded'],
  ['the type of JSON', 'curl h --json 1', 'content-type', 'application/json'],
  ['a type of its own', `curl h -d a -H 'content-type: text/plain'`, 'content-type', 'text/plain'],
])('%s is a header', (_, line, name, value) => {
  expect(header(line, name)).toBe(value)
})

test('a header given by -H stands once', () => {
  const given = request(`curl h -u a:b -H 'Authorization: Bearer t'`).headers
  expect(given.filter(([name]) => name === 'Authorization')).toEqual([
    ['Authorization', 'Bearer t'],
  ])
})

test.each([
  ['wget h', 'does not begin with curl'],
  ['curl', 'has no URL'],
  ['curl --frobnicate h', '--frobnicate'],
  ['curl -F a=b h', '-F'],
  ['curl h -H', 'has no value'],
])('%s is an error', (line, message) => {
  expect(() => request(line)).toThrow(message)
})
