import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HttpHeader, HttpRequest } from '../../src/target/request.ts'

/** The server binary to replay against; undefined = there is none. */
export const BINARY = process.env['RAUTH_TEST_SERVER']

/** What the server really answered. */
export interface LiveAnswer {
  readonly status: number
  readonly headers: readonly HttpHeader[]
  /** The body, or the `data` of its envelope where that is text. */
  readonly text: string | undefined
}

/** A server process on a loopback port, with an in-memory database and no metrics. */
export class LiveServer {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #port: number

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.#process = process
    this.#folder = folder
    this.#port = port
  }

  /** Starts the binary with `toml` as its configuration file, and waits until it listens. */
  static async start(binary: string, toml: string): Promise<LiveServer> {
    const folder = mkdtempSync(join(tmpdir(), 'resonate-auth-live-'))
    const port = await freePort()
    writeFileSync(join(folder, 'resonate.toml'), toml)
    const child = spawn(binary, ['serve'], {
      cwd: folder,
      env: {
        RESONATE_STORAGE__SQLITE__PATH: ':memory:',
        RESONATE_SERVER__BIND: '127.0.0.1',
        RESONATE_SERVER__PORT: String(port),
        RESONATE_OBSERVABILITY__METRICS_PORT: '0',
        RESONATE_TRANSPORTS__HTTP_POLL__MAX_CONNECTIONS: '100000',
        RESONATE_LEVEL: 'off',
      },
      stdio: 'ignore',
    })
    const server = new LiveServer(child, folder, port)
    while (!(await server.#listens())) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return server
  }

  #listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.#port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
  }

  stop(): void {
    this.#process.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Sends the request as it is, byte for byte, with its length unless it says one. */
  ask(request: HttpRequest): Promise<LiveAnswer> {
    const { method, path, headers, body } = request
    const lines = [
      `${method} ${path} HTTP/1.1`,
      'Connection: close',
      ...headers.map(([name, value]) => `${name}: ${value}`),
      ...(headers.some(([name]) => name.toLowerCase() === 'content-length')
        ? []
        : [`Content-Length: ${body.length}`]),
    ]
    return new Promise((resolve, reject) => {
      let received = Buffer.alloc(0)
      const socket = connect(this.#port, '127.0.0.1')
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk])
        // A stream never ends by itself: its head is all there is to compare.
        if (
          /^[^\n]* 200[^\n]*\r\n(?:[^\n]+\n)*content-type: text\/event-stream/.test(
            received.toString('latin1'),
          )
        )
          socket.destroy()
      })
      socket.on('error', () => undefined)
      socket.on('close', () => {
        const answer = readAnswer(received)
        if (answer === undefined) reject(new Error(`no answer to ${method} ${path}`))
        else resolve(answer)
      })
      socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]))
    })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      // A listening TCP server has an address with a port.
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function readAnswer(received: Buffer): LiveAnswer | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first = '', ...lines] = received.subarray(0, end).toString().split('\r\n')
  const headers = lines.map((line): HttpHeader => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return {
    status: Number(first.split(' ')[1]),
    headers,
    text: readText(received.subarray(end + 4).toString()),
  }
}

function readText(body: string): string | undefined {
  try {
    const envelope: unknown = JSON.parse(body)
    if (typeof envelope === 'object' && envelope !== null && 'data' in envelope)
      return typeof envelope.data === 'string' ? envelope.data : undefined
  } catch {
    // Not an envelope: the body is the text.
  }
  return body === '' ? undefined : body
}
