import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, decodePem, encodePem, readPem } from '../../../src/key/pem.ts'

const BYTES = Buffer.from('a key of some length, so that it needs more than one line of base64')
const PEM = encodePem('PRIVATE KEY', BYTES)

function readAll(text: string): readonly string[] {
  return [...readPem(text)].map((block) => Buffer.from(decodePem(block).bytes).toString())
}

test.each([
  ['as written', PEM],
  ['with CRLF', PEM.replaceAll('\n', '\r\n')],
  ['with CR alone', PEM.replaceAll('\n', '\r')],
  ['on one line with literal line ends', PEM.replaceAll('\n', '\\n')],
  ['without any line end', PEM.replaceAll('\n', '')],
  ['indented', PEM.replaceAll(/^/gm, '    ')],
  ['after text', `the key:\n${PEM}`],
  ['before text', `${PEM}that was the key`],
  ['in quotes', `"${PEM.trim()}"`],
  ['without padding', PEM.replaceAll('=', '-').replace(/-+\n-----END/, '\n-----END')],
  ['with blank lines', PEM.replaceAll('\n', '\n\n')],
  ['with a comment header', PEM.replace('-----\n', '-----\nComment: mine\n\n')],
])('a block is read %s', (_how, text) => {
  expect(readAll(text)).toEqual([BYTES.toString()])
})

test.each([
  ['no END line', PEM.replace('-----END PRIVATE KEY-----', ''), 'no END line'],
  ['another label at its end', PEM.replace('END PRIVATE', 'END PUBLIC'), 'another label'],
  ['a comment in it', PEM.replace('-----\n', '-----\n# mine\n'), 'not base64'],
  ['nothing in it', '-----BEGIN X-----\n-----END X-----', 'empty'],
  ['no label', '-----BEGIN -----\nAAAA\n-----END -----', 'damaged'],
  ['an endless label', `-----BEGIN ${'A'.repeat(100)}`, 'damaged'],
])('a block with %s is refused', (_what, text, sentence) => {
  expect(() => readAll(text)).toThrow(sentence)
})

test('blocks come in their order', () => {
  expect(
    [...readPem(encodePem('A', BYTES) + encodePem('B C', BYTES))].map(({ label }) => label),
  ).toEqual(['A', 'B C'])
})

test.each([
  ['YQ==', 'a'],
  ['YQ', 'a'],
  ['YWE=', 'aa'],
  ['YWFh', 'aaa'],
  ['', ''],
  ['YQ=', undefined],
  ['YQ===', undefined],
  ['Y', undefined],
  ['Y-_Q', undefined],
  ['YQ==YQ==', undefined],
])('decodeBase64(%j) is %j', (text, plain) => {
  const bytes = decodeBase64(text)
  expect(bytes === undefined ? undefined : Buffer.from(bytes).toString()).toBe(plain)
})

test('what is encoded is read back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 500 }), (bytes) => {
      expect(readAll(encodePem('X', bytes))).toEqual([Buffer.from(bytes).toString()])
    }),
  )
})
