import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAsn1 } from '../../../../src/target/resonate/asn1.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'
import { readPem } from '../../../../src/target/resonate/pem.ts'

const BODY = 'AQID'
const block = (label: string, body: string, end = label): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${end}-----\n`

// Each form was tried on the crate's own parser through the server's start-up (keys.jsonl), or is read in its source.
test.each([
  ['plain', block('X', BODY), 'X'],
  ['after other text', `# comment\n${block('X', BODY)}`, 'X'],
  ['broken lines', block('X', 'A\r\nQ \tI\u00a0D'), 'X'],
  ['on one line', '-----BEGIN X-----AQID-----END X-----', 'X'],
  ['blank lines after BEGIN', block('X', `\n\n${BODY}`), 'X'],
  ['RFC 1421 headers', block('X', `A: b\nC:\n\n${BODY}`), 'X'],
  ['RFC 1421 headers with CR', block('X', `A: b\r\n\r\n${BODY}`), 'X'],
  ['an empty line in the body', block('X', `AQ\n\nID`), undefined],
  ['an empty line before END', block('X', `${BODY}\n`), undefined],
  ['labels that differ', block('X', BODY, 'Y'), undefined],
  ['no label', block('', BODY), undefined],
  ['no END', '-----BEGIN X-----\nAQID', undefined],
  ['a sixth dash', `-${block('X', BODY)}`, undefined],
  ['four dashes', block('X', BODY).slice(1), undefined],
  ['missing padding', block('X', 'AQI'), undefined],
  ['bits left over', block('X', 'AQJ='), undefined],
  ['base64url', block('X', 'A_-D'), undefined],
  [
    'a first block that is broken, a good one after it',
    block('X', '!') + block('X', BODY),
    undefined,
  ],
])('PEM with %s', (_, text, label) => {
  expect(readPem(Buffer.from(text))?.label).toBe(label)
})

test('the bytes of a block are those that were put into it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const lines =
        Buffer.from(bytes)
          .toString('base64')
          .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
      const read = readPem(Buffer.from(block('X', lines.join('\n'))))
      expect(read && Uint8Array.from(read.der)).toEqual(bytes)
    }),
  )
})

test.each([
  ['an identifier', '30 05 06 03 2b 65 70', ['2b6570']],
  ['an identifier with needless zeros', '06 05 2b 80 65 80 70', ['2b6570']],
  ['an identifier that does not end', '06 02 2b e5', undefined],
  ['no identifier inside a set', '31 05 06 03 2b 65 70', []],
  ['no identifier inside an explicit tag', 'a0 05 06 03 2b 65 70', []],
  ['a sequence without its constructed bit', '10 05 06 03 2b 65 70', ['2b6570']],
  ['a sequence by its long tag', '3f 10 05 06 03 2b 65 70', ['2b6570']],
  ['a longer length than needed', '30 83 00 00 05 06 03 2b 65 70', ['2b6570']],
  ['a length of nine bytes', '05 89 00 00 00 00 00 00 00 00 00', undefined],
  ['an indefinite length, read as 0', '05 80', []],
  ['an empty sequence', '30 00', undefined],
  ['an empty explicit tag', 'a0 00', []],
  ['a value cut off', '04 02 00', undefined],
  ['a tag cut off', '1f', undefined],
  ['a boolean of two bytes', '01 02 00 00', undefined],
  ['more unused bits than bits', '03 02 09 00', undefined],
  ['broken UTF-8', '0c 01 ff', undefined],
  ['"@" in a PrintableString', '13 01 40', undefined],
  ['anything in an IA5String', '16 01 ff', []],
  ['UTCTime', `17 0d ${hex('260101000000Z')}`, []],
  ['UTCTime on 30 February', `17 0d ${hex('260230000000Z')}`, undefined],
  ['UTCTime without seconds', `17 0b ${hex('2601010000Z')}`, undefined],
  ['GeneralizedTime', `18 0f ${hex('20260101000000Z')}`, []],
  ['GeneralizedTime with an offset', `18 13 ${hex('20260101000000+0100')}`, undefined],
  ['nothing', '', undefined],
])('ASN.1 with %s', (_, text, identifiers) => {
  expect(readAsn1(Buffer.from(text.replaceAll(' ', ''), 'hex'))?.identifiers).toEqual(identifiers)
})

function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}

test('depth does no harm', () => {
  let nested = Buffer.from('0500', 'hex')
  for (let depth = 0; depth < 2000; depth++)
    nested = Buffer.concat([
      Buffer.from([0x30, 0x82, nested.length >> 8, nested.length & 0xff]),
      nested,
    ])
  expect(readAsn1(nested)).toEqual({ identifiers: [], firstString: undefined })
})

test('no bytes make a key file throw', () => {
  const labels = fc.constantFrom('PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE', 'PRIVATE KEY')
  fc.assert(
    fc.property(labels, fc.uint8Array({ maxLength: 60 }), (label, der) => {
      const bytes = Buffer.from(block(label, Buffer.from(der).toString('base64')))
      const load = loadKey('k.pem', { ok: true, bytes })
      expect(load.starts && load.key.verify(load.key.algorithms[0] ?? 'EdDSA', der, der)).toBe(
        false,
      )
    }),
  )
})
