/** What the child runs: OpenSSL's own search for primes. */
const SCRIPT = `
const { privateKey } = require('node:crypto').generateKeyPairSync('rsa', {
  modulusLength: Number(process.argv[1]),
  publicExponent: 65537,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
})
process.stdout.write(privateKey)
`

/**
 * A new RSA key of `bits` as PKCS#8 DER. The search runs in a child process that is killed when this one ends: in this
 * one it could not be stopped, since a process waits at its exit for the cryptography in its threads, up to a minute.
 */
export async function generateRsa(bits: number): Promise<Uint8Array> {
  // A one-file executable has no runtime beside it that could be started.
  if (process.versions['bun'] !== undefined) return generateHere(bits)
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, ['--eval', SCRIPT, String(bits)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // Out of the reach of the terminal's Ctrl-C: this process decides what an interrupt means.
    detached: true,
    windowsHide: true,
  })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  try {
    const chunks: Uint8Array[] = []
    child.stdout.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    const code = await new Promise<number | null>((resolve) => {
      child.once('close', resolve)
      child.once('error', () => resolve(null))
    })
    return code === 0 ? Buffer.concat(chunks) : await generateHere(bits)
  } finally {
    process.off('exit', kill)
  }
}

async function generateHere(bits: number): Promise<Uint8Array> {
  const { generateKeyPair } = await import('node:crypto')
  return new Promise((resolve, reject) => {
    generateKeyPair(
      'rsa',
      {
        modulusLength: bits,
        publicExponent: 65_537,
        publicKeyEncoding: { type: 'spki', format: 'der' },
        privateKeyEncoding: { type: 'pkcs8', format: 'der' },
      },
      (error, _publicKey, privateKey) => (error === null ? resolve(privateKey) : reject(error)),
    )
  })
}
