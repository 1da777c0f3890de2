import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AuthError } from '../../../src/errors.ts'
import { readHttpMessage } from '../../../src/request/http-message.ts'

function read(text: string) {
  const { method, path, headers, body } = readHttpMessage(Buffer.from(text))
  return { method, path, headers, body: Buffer.from(body).toString() }
}

test.each([
  ['CRLF', 'POST /x HTTP/1.1\r\nA: 1\r\nB:2\r\n\r\nbody', 'body'],
  ['LF alone', 'POST /x HTTP/1.1\nA: 1\nB:2\n\nbody', 'body'],
  ['empty lines before it', '\r\n\nPOST /x HTTP/1.1\nA: 1\nB:2\n\nbody', 'body'],
  ['no version', 'POST /x\nA: 1\nB:2\n\nbody', 'body'],
  ['no body', 'POST /x HTTP/1.1\r\nA: 1\r\nB:2', ''],
])('a message with %s', (_, text, body) => {
  const headers = [
    ['A', '1'],
    ['B', '2'],
  ]
  expect(read(text)).toEqual({ method: 'POST', path: '/x', headers, body })
})

test.each([
  ['a length ends the body', 'Content-Length: 2', 'abc', 'ab'],
  ['a length beyond the end', 'Content-Length: 9', 'abc', 'abc'],
  ['a length that is none', 'Content-Length: x', 'abc', 'abc'],
  ['chunks', 'Transfer-Encoding: chunked', '2;x=y\r\nab\r\n1\r\nc\r\n0\r\n\r\n', 'abc'],
  ['a chunk cut off', 'Transfer-Encoding: chunked', '5\r\nab', 'ab'],
])('%s', (_, line, sent, body) => {
  expect(read(`POST / HTTP/1.1\r\n${line}\r\n\r\n${sent}`).body).toBe(body)
})

test('a folded line stays a header of its own, for the server to refuse', () => {
  expect(read('GET / HTTP/1.1\r\nA: 1\r\n b\r\n\r\n').headers).toEqual([
    ['A', '1'],
    [' b', ''],
  ])
})

test('without a request line there is nothing to judge', () => {
  expect(() => read('hello')).toThrow('does not begin with a request line')
  expect(() => read('')).toThrow('does not begin with a request line')
})

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        const message = Buffer.concat([
          Buffer.from('POST / HTTP/1.1\nTransfer-Encoding: chunked\n'),
          bytes,
        ])
        return readHttpMessage(message).method === 'POST'
      } catch (error) {
        return error instanceof AuthError
      }
    }),
  )
})
