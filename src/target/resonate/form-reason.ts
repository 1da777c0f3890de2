import type { Base64Fault } from '../../token/base64url.ts'
import type { JsonFault } from '../../token/rust-json.ts'
import type { ReasonId } from './reasons.ts'

/** The reason for a token without two dots. */
export function blameSegments(token: Buffer): ReasonId {
  return token.length === 0 ? 'empty-token' : 'not-three-segments'
}

/** The reason for a first segment that is not base64url: often the whole token is something else. */
export function blameHeaderForm(token: Buffer, fault: Base64Fault): ReasonId {
  const text = token.toString('latin1')
  if (/^Bearer /i.test(text)) return 'bearer-prefix'
  if (/^["']/.test(text)) return 'quoted-token'
  const dots = text.split('.').length - 1
  if (dots === 4) return 'encrypted-token'
  return dots > 2 ? 'too-many-segments' : blameBase64(fault)
}

/** The reason for a segment that is not strict base64url. */
export function blameBase64(fault: Base64Fault): ReasonId {
  switch (fault.kind) {
    case 'padding':
      return 'padded'
    case 'length':
      return 'cut-off'
    case 'last-symbol':
      return 'trailing-bits'
    case 'symbol':
      return blameSymbol(String.fromCharCode(fault.byte))
  }
}

function blameSymbol(symbol: string): ReasonId {
  if (/\s/.test(symbol)) return 'white-space'
  if (symbol === '=') return 'padded'
  return symbol === '+' || symbol === '/' ? 'standard-base64' : 'not-base64url'
}

/** The reason for a header that the server cannot read. */
export function blameHeader(fault: JsonFault): ReasonId {
  if (fault.kind === 'repeated') return 'header-repeated'
  if (fault.kind === 'missing') return 'alg-missing'
  if (fault.kind === 'length') return 'header-not-object'
  if (fault.member === undefined)
    return fault.kind === 'type' ? 'header-not-object' : 'header-not-json'
  if (fault.kind === 'shape') return 'jwk-shape'
  if (fault.member === 'alg') return blameAlgorithm(fault)
  if (fault.kind !== 'type') return 'header-not-json'
  return fault.member === 'jwk' ? 'jwk-shape' : 'header-type'
}

function blameAlgorithm({ kind, text }: JsonFault): ReasonId {
  if (kind === 'variant') return /^unknown variant `none`/i.test(text) ? 'alg-none' : 'alg-unknown'
  return kind === 'type' || text === 'expected value' ? 'alg-type' : 'header-not-json'
}
