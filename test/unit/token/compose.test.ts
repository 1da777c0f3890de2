import { expect, test } from 'vitest'
import { composeClaims } from '../../../src/token/compose.ts'

const claim = (name: string, json: string) => ({ name, json })

test('defaults fill what nothing else sets; the order is that of RFC 7519, then prefix, then the rest', () => {
  const composed = composeClaims({
    registered: { prefix: 'a.', sub: 's' },
    defaults: { exp: 10, iat: 5 },
    sources: [{ from: '--claim', claims: [claim('team', '"blue"'), claim('exp', '20')] }],
  })
  expect(composed).toEqual({
    ok: true,
    claims: [
      claim('sub', '"s"'),
      claim('exp', '20'),
      claim('iat', '5'),
      claim('prefix', '"a."'),
      claim('team', '"blue"'),
    ],
  })
})

test.each([
  ['a flag and a source', { prefix: 'a' }, [['prefix']], ['--prefix', 'one']],
  ['two sources', {}, [['x'], ['x']], ['one', 'two']],
  ['one source twice', {}, [['x', 'x']], ['one', 'one']],
])('a name from %s is refused with both places', (_, registered, named, places) => {
  const sources = named.map((names, index) => ({
    from: ['one', 'two'][index] ?? '',
    claims: names.map((name) => claim(name, '1')),
  }))
  expect(composeClaims({ registered, defaults: {}, sources })).toEqual({
    ok: false,
    name: named[0]?.[0],
    places,
  })
})
