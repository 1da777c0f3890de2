import { expect, test } from 'vitest'
import { decodeRawUrl, decodeStandard } from '../../../../src/target/resonate-go/base64.ts'
import { checkCron } from '../../../../src/target/resonate-go/cron.ts'
import { readCsvRecord, writeCsvRecord } from '../../../../src/target/resonate-go/csv.ts'
import { readDotenv } from '../../../../src/target/resonate-go/dotenv.ts'
import { quoteGoBytes } from '../../../../src/target/resonate-go/go-text.ts'
import { readJson, stringOf } from '../../../../src/target/resonate-go/json.ts'
import { readJsonMap } from '../../../../src/target/resonate-go/json-decode.ts'
import { parseQuery, parseRequestTarget } from '../../../../src/target/resonate-go/url.ts'

// The expectations are what Go 1.26 and robfig/cron v3.0.1 answered for these texts.
test.each([
  ['', ''],
  ['YQ', '61'],
  ['YR', '61'],
  ['YWI', '6162'],
  ['YW\nJj', '616263'],
  ['-_8', 'fbff'],
  ['YQ==', 'illegal base64 data at input byte 2'],
  ['Y', 'illegal base64 data at input byte 0'],
  ['YW Jj', 'illegal base64 data at input byte 2'],
  ['+/8', 'illegal base64 data at input byte 0'],
  ['YWJjZ', 'illegal base64 data at input byte 4'],
])('base64url without padding: %j', (text, expected) => {
  const read = decodeRawUrl(Buffer.from(text))
  expect(read.ok ? Buffer.from(read.bytes).toString('hex') : read.message).toBe(expected)
})

test.each([
  ['YQ==', '61'],
  ['YR==', '61'],
  ['YW\nI=', '6162'],
  ['+/8=', 'fbff'],
  ['YQ', 'illegal base64 data at input byte 0'],
  ['YQ=', 'illegal base64 data at input byte 3'],
  ['YQ= =', 'illegal base64 data at input byte 2'],
  ['YWI=x', 'illegal base64 data at input byte 4'],
  ['-_8=', 'illegal base64 data at input byte 0'],
])('base64 with padding: %j', (text, expected) => {
  const read = decodeStandard(Buffer.from(text))
  expect(read.ok ? Buffer.from(read.bytes).toString('hex') : read.message).toBe(expected)
})

test.each([
  ['a=b,c=d', ['a=b', 'c=d']],
  ['"a=1,2",b=c', ['a=1,2', 'b=c']],
  ['a,', ['a', '']],
  ['"a""b"', ['a"b']],
  ['\n\na\nb', ['a']],
  ['a\r\n', ['a']],
  ['', 'EOF'],
  ['a"b=c', 'parse error on line 1, column 2: bare " in non-quoted-field'],
  ['"a"b', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
  ['"a', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
  [
    '"a\nb"x',
    'record on line 1; parse error on line 2, column 2: extraneous or missing " in quoted-field',
  ],
])('the CSV record %j', (text, expected) => {
  const read = readCsvRecord(text)
  expect(read.ok ? read.fields : read.message).toEqual(expected)
})

test.each([
  [['a', 'b'], 'a,b'],
  [['a,b', 'c"d', ' e'], '"a,b","c""d"," e"'],
  [['', '\\.'], ',"\\."'],
])('%j is written as CSV', (fields, text) => {
  expect(writeCsvRecord(fields)).toBe(text)
})

// gotenv v1.6.0.
test.each([
  ['A=x # y', { a: 'x' }],
  ["A='x' # 'y'", { a: "x' # 'y" }],
  ["A='x' # y", { a: 'x' }],
  ['A="x\ny" # z', { a: 'x\ny' }],
  ['A="x" y', { a: '"x" y' }],
  ['A: "x#y"', { a: 'x#y' }],
  ['A:  "x#y"', { a: '"x' }],
  ['A="x\ny" z', 'line `A="x\ny" z` doesn\'t match format'],
  ['A:x', "line `A:x` doesn't match format"],
  ['A:x\nB="y', "line `A:x` doesn't match format"],
  ['A=x\nB="y', 'missing quotes'],
])('the variables in %j', (text, expected) => {
  const read = readDotenv(Buffer.from(text), 'resonate.env', [])
  const values =
    read.kind === 'read' &&
    Object.fromEntries(
      [...read.entries].map(([name, held]) => [name, held.kind === 'string' && held.value]),
    )
  expect(read.kind === 'refused' ? read.message : values).toEqual(expected)
})

test('a line of blanks, quotes and number signs is gone through once', () => {
  const line = `A=${' '.repeat(30_000)}"\n${'"#'.repeat(15_000)}\\"\nz "z`
  const read = readDotenv(Buffer.from(line), 'resonate.env', [])
  expect(read.kind === 'refused' && read.message).toBe(`line \`${line}\` doesn't match format`)
})

test.each([
  ['', 'unexpected end of JSON input'],
  ['{', 'unexpected end of JSON input'],
  ['"a', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['truX', "invalid character 'X' in literal true (expecting 'e')"],
  ['01', "invalid character '1' after top-level value"],
  ['-', "invalid character ' ' in numeric literal"],
  ['1.', "invalid character ' ' after decimal point in numeric literal"],
  ['1e', "invalid character ' ' in exponent of numeric literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u12g"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['[1 2]', "invalid character '2' after array element"],
  ["'a'", "invalid character '\\'' looking for beginning of value"],
  ['é', "invalid character 'Ã' looking for beginning of value"],
])('the JSON %j is refused', (text, message) => {
  expect(readJson(Buffer.from(text), true)).toEqual({ ok: false, message })
})

const INTO_MAP = 'into Go value of type map[string]interface {}'

test.each([
  ['{"a":[1]}', undefined],
  ['null', undefined],
  ['[1e999]', `json: cannot unmarshal array ${INTO_MAP}`],
  ['1e999', `json: cannot unmarshal number ${INTO_MAP}`],
  ['{"a":[1e999]}', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
  ['{"a":1}x', "invalid character 'x' after top-level value"],
])('the JSON %s as a map', (text, message) => {
  const read = readJsonMap(Buffer.from(text))
  expect(read.ok ? undefined : read.message).toBe(message)
})

test('a lone surrogate and a byte that is no UTF-8 become U+FFFD', () => {
  const bytes = Buffer.concat([Buffer.from('"\\ud83d '), Buffer.from([0xff]), Buffer.from('"')])
  const read = readJson(bytes, true)
  expect(read.ok ? stringOf(bytes, read.node) : read.message).toBe('\ufffd \ufffd')
})

test.each([
  [9999, true],
  [10_000, true],
  [10_001, false],
])('arrays nested %d deep', (depth, ok) => {
  expect(readJson(Buffer.from('['.repeat(depth) + ']'.repeat(depth)), true).ok).toBe(ok)
})

test.each([
  ['/a', { path: '/a', query: '', host: '' }],
  ['/a?x=%zz', { path: '/a', query: 'x=%zz', host: '' }],
  ['http://h/p?q', { path: '/p', query: 'q', host: 'h' }],
  ['//h/p', { path: '//h/p', query: '', host: '' }],
  ['/a%2Fb', { path: '/a/b', query: '', host: '' }],
  ['/a#b', { path: '/a#b', query: '', host: '' }],
  ['a', undefined],
  ['/a%2', undefined],
  ['/%zz', undefined],
])('the request target %j', (text, expected) => {
  expect(parseRequestTarget(text)).toEqual(expected)
})

test.each([
  ['a=1&a=2', { a: '1' }],
  ['a;b=1&c=2', { c: '2' }],
  ['a=%zz&b=1', { b: '1' }],
  ['a+b=c+d', { 'a b': 'c d' }],
  ['a', { a: '' }],
])('the query %j', (text, expected) => {
  expect(Object.fromEntries(parseQuery(text))).toEqual(expected)
})

test.each([
  ['* * * * *', 'valid'],
  ['0 * * * * *', 'valid'],
  ['@daily', 'valid'],
  ['@every 1h', 'valid'],
  ['0 0 * jan-mar ?', 'valid'],
  ['TZ=UTC * * * * *', 'valid'],
  ['+1 * * * *', 'valid'],
  ['* * * *', 'invalid'],
  ['@every x', 'invalid'],
  ['@reboot', 'invalid'],
  ['60 * * * *', 'invalid'],
  ['0 0 0 * *', 'invalid'],
  ['0 0 * * 7', 'invalid'],
  ['*/0 * * * *', 'invalid'],
  ['5-1 * * * *', 'invalid'],
  ['MON * * * *', 'invalid'],
  ['1-2-3 * * * *', 'invalid'],
  ['CRON_TZ=Nowhere/X * * * * *', 'invalid'],
  ['', 'invalid'],
  ['TZ=UTC', 'panics'],
])('the cron expression %j', (text, expected) => {
  expect(checkCron(text)).toBe(expected)
})

test.each([
  ['2261c3a922', '"\\"aé\\""'],
  ['c3', '"\\xc3"'],
  ['ff31eda080', '"\\xff1\\xed\\xa0\\x80"'],
  ['efbfbdf09f988001', '"\ufffd😀\\x01"'],
])('Go quotes the bytes %s as %s', (hex, quoted) => {
  expect(quoteGoBytes(Buffer.from(hex, 'hex'))).toBe(quoted)
})
