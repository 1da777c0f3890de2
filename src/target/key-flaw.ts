import type { KeyFlaw } from './target.ts'

/** Why a server that started with a key refuses every token, by its flaw; phrases without a full stop. */
export const KEY_FLAWS: Readonly<Record<KeyFlaw, string>> = {
  'private-key': 'it is a private key, and it lies on the server',
  'rsa-too-small': 'an RSA key of less than 2048 bits',
  'rsa-too-large': 'an RSA key of more than 8192 bits',
  'rsa-exponent': 'its RSA exponent is out of range',
  'unsupported-curve': 'its curve is neither P-256 nor P-384',
  'point-form': 'its EC point is not in uncompressed form',
  'not-what-the-label-says': 'its content is not what its PEM label says',
  malformed: 'its content is malformed',
}
