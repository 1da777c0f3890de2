/** Key algorithms by the hexadecimal of their OID: RFC 8017 A.1, RFC 5480 §2.1.1, RFC 8410 §3. */
export const Oid = {
  rsa: '2a864886f70d010101',
  ec: '2a8648ce3d0201',
  ed25519: '2b6570',
  p256: '2a8648ce3d030107',
  p384: '2b81040022',
  pbes2: '2a864886f70d01050d',
  pbkdf2: '2a864886f70d01050c',
  scrypt: '2b06010401da47040b',
  hmacSha256: '2a864886f70d0209',
  aes256Cbc: '60864801650304012a',
} as const

/** Names of key algorithms that no token of this tool is signed with. */
const OTHER_ALGORITHMS: Readonly<Record<string, string>> = {
  '2a864886f70d01010a': 'RSA-PSS',
  '2b6571': 'Ed448',
  '2b656e': 'X25519',
  '2b656f': 'X448',
  '2a8648ce380401': 'DSA',
  '2a864886f70d010301': 'Diffie-Hellman',
  '2a8648ce3e0201': 'X9.42 Diffie-Hellman',
}

/** Names of curves that no token of this tool is signed with (RFC 5480 §2.1.1.1, SEC 2, RFC 5639). */
const OTHER_CURVES: Readonly<Record<string, string>> = {
  '2a8648ce3d030101': 'P-192',
  '2b81040021': 'P-224',
  '2b81040023': 'P-521',
  '2b8104000a': 'secp256k1',
  '2b2403030208010107': 'brainpoolP256r1',
  '2b240303020801010b': 'brainpoolP384r1',
  '2b240303020801010d': 'brainpoolP512r1',
}

/** The name of a key algorithm that is not supported, by its OID in hexadecimal. */
export function nameAlgorithm(oid: string): string {
  return OTHER_ALGORITHMS[oid] ?? 'unknown algorithm'
}

/** The name of a curve that is not supported, by its OID in hexadecimal. */
export function nameCurve(oid: string): string {
  return OTHER_CURVES[oid] ?? 'unknown curve'
}
