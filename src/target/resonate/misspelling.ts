import { distance } from 'fastest-levenshtein'
import type { Schema } from './settings.ts'

/** What people write for a key, from public examples, guides and other servers; names are normalised (see below). */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['authissuer', 'auth.iss'],
  ['authaudience', 'auth.aud'],
  ['authkey', 'auth.publickey'],
  ['authpubkey', 'auth.publickey'],
  ['authpublickeypath', 'auth.publickey'],
  ['authpublickeyfile', 'auth.publickey'],
  ['authjwtpublickey', 'auth.publickey'],
  ['publickey', 'auth.publickey'],
  ['jwtpublickey', 'auth.publickey'],
  ['issuer', 'auth.iss'],
  ['audience', 'auth.aud'],
  ['authentication', 'auth'],
  ['authorization', 'auth'],
  ['jwt', 'auth'],
  ['serverauth', 'auth'],
  ['cors', 'server.cors'],
  ['corsorigins', 'server.cors.allow_origins'],
  ['corsalloworigin', 'server.cors.allow_origins'],
  ['corsallowedorigins', 'server.cors.allow_origins'],
  ['corsalloworigins', 'server.cors.allow_origins'],
  ['servercorsorigins', 'server.cors.allow_origins'],
  ['servercorsalloworigin', 'server.cors.allow_origins'],
  ['servercorsallowedorigins', 'server.cors.allow_origins'],
  ['serveralloworigins', 'server.cors.allow_origins'],
  ['serverallowedorigins', 'server.cors.allow_origins'],
  ['loglevel', 'level'],
  ['serverlevel', 'level'],
  ['serverloglevel', 'level'],
  ['serverdebug', 'debug'],
  ['serveraddress', 'server.bind'],
  ['serveraddr', 'server.bind'],
  ['serverlisten', 'server.bind'],
  ['httppush', 'transports.http_push'],
  ['httppoll', 'transports.http_poll'],
  ['transportshttppushauthaud', 'transports.http_push.auth.audience'],
  ['transportshttppushauthbearer', 'transports.http_push.auth.token'],
  ['transportshttppushtoken', 'transports.http_push.auth.token'],
  ['storagepath', 'storage.sqlite.path'],
  ['storageurl', 'storage.postgres.url'],
  ['metricsport', 'observability.metrics_port'],
])

/** Longer names are nobody's slip, and comparing them would only cost time. */
const LONGEST = 80

/** Names without what people get wrong first: case, and the marks between words. */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Finds what a wrong key was probably meant to be, among the keys and tables of one version. */
export class Misspellings {
  readonly #keys: readonly string[]
  readonly #normal: ReadonlyMap<string, string>

  constructor(schema: Schema) {
    this.#keys = [...schema.tables.map(({ key }) => key), ...schema.rows.map(({ key }) => key)]
    this.#normal = new Map(this.#keys.map((key) => [normalise(key), key]))
  }

  /** The key or table probably meant by the dotted path `wrong`; undefined when nothing comes near. */
  meantBy(wrong: string): string | undefined {
    if (wrong.length > LONGEST) return undefined
    const normal = normalise(wrong)
    const known = this.#normal.get(normal) ?? KNOWN.get(normal)
    if (known !== undefined) return this.#keys.includes(known) ? known : undefined
    const name = wrong.slice(wrong.lastIndexOf('.') + 1)
    return this.#keys.includes(name)
      ? (this.#nearest(wrong) ?? name)
      : (this.#moved(name) ?? this.#nearest(wrong))
  }

  /** The one key that ends in `name`, where its table is missing or another. */
  #moved(name: string): string | undefined {
    const ends = this.#keys.filter((key) => key.endsWith(`.${name}`))
    return ends.length === 1 ? ends[0] : undefined
  }

  #nearest(wrong: string): string | undefined {
    let best: string | undefined
    let bestDistance = Math.max(1, Math.floor(normalise(wrong).length / 5)) + 1
    for (const key of this.#keys) {
      if (Math.abs(key.length - wrong.length) >= bestDistance) continue
      const apart = distance(wrong.toLowerCase(), key)
      if (apart >= bestDistance) continue
      best = key
      bestDistance = apart
    }
    return best
  }
}

/** The variable that sets `key`, e.g. `RESONATE_AUTH__PUBLICKEY`. */
export function variableFor(key: string): string {
  return `RESONATE_${key.toUpperCase().replaceAll('.', '__')}`
}
