import { distance } from 'fastest-levenshtein'
import { type GoVersion, PARTS, PUBLIC_KEY, SETTINGS } from './settings.ts'
import { variableOf } from './viper.ts'

/** Paths from the old security page, other versions and other servers, without the marks between words. */
const PUBLIC_KEYS: readonly string[] = [
  'api.http.token',
  'api.http.publickey',
  'api.publickey',
  'api.publickeypath',
  'api.jwt.publickey',
  'api.auth.publickeypath',
  'api.auth.jwt.publickey',
  'api.auth.key',
  'auth.publickey',
  'publickey',
  'publickeypath',
]

const USER_MAPS: readonly string[] = [
  'api.http.auth',
  'api.http.config.auth',
  'api.subsystem.http.config.auth',
  'api.subsystems.http.auth',
  'api.http.basicauth',
  'http.auth',
]

const ORIGINS: readonly string[] = [
  'api.http.cors',
  'api.http.cors.allow',
  'api.http.cors.alloworigin',
  'api.http.cors.alloworigins',
  'api.http.cors.allowedorigins',
  'server.cors.alloworigins',
]

const VARIABLES: readonly string[] = [
  'AUTH_PUBLICKEY',
  'AUTH_PUBLIC_KEY',
  'PUBLICKEY',
  'PUBLIC_KEY',
  'API_PUBLICKEYPATH',
  'API_PUBLIC_KEY',
  'API_AUTH_PUBLIC_KEY',
]

/** Longer names are nobody's slip, and comparing them would only cost time. */
const LONGEST = 100

/** Finds what a wrong key or variable was probably meant to be in one version. */
export class Misspellings {
  readonly #version: GoVersion
  readonly #keys: readonly string[]
  readonly #normal: ReadonlyMap<string, string>
  readonly #variables: ReadonlyMap<string, string>

  constructor(version: GoVersion) {
    this.#version = version
    this.#keys = SETTINGS[version].map(({ key }) => key)
    this.#normal = new Map(this.#keys.map((key) => [normalise(key), key]))
    this.#variables = new Map(
      this.#keys.map((key) => {
        const name = variableOf(key.toLowerCase())
        return [name.replaceAll('_', ''), name]
      }),
    )
  }

  /** The key meant by the dotted path `wrong` (lower case). */
  keyFor(wrong: string): string | undefined {
    if (wrong.length > LONGEST) return undefined
    const normal = normalise(wrong)
    return (
      this.#known(normal) ??
      this.#normal.get(normal) ??
      this.#renamed(wrong) ??
      this.#nearest(wrong)
    )
  }

  /** Whether `path` is a map of users or a list under another name, to be told of as a whole. */
  isMapName(path: string): boolean {
    const normal = normalise(path)
    if (USER_MAPS.some((one) => normalise(one) === normal)) return true
    return this.#keys.includes(this.#renamed(path) ?? '')
  }

  /** The variable meant by `wrong`; undefined where it is none that anybody meant for the server. */
  variableFor(wrong: string): string | undefined {
    if (wrong.length > LONGEST) return undefined
    const name = wrong.toUpperCase().replace(/^RESONATE_+/, '')
    const direct = this.#variables.get(name.replaceAll('_', ''))
    if (direct !== undefined) return direct
    if (this.#version === '0.8' && VARIABLES.includes(name.replace(/_+/g, '_')))
      return variableOf(PUBLIC_KEY.toLowerCase())
    return undefined
  }

  #known(normal: string): string | undefined {
    const isOne = (paths: readonly string[]): boolean =>
      paths.some((path) => normalise(path) === normal)
    if (isOne(PUBLIC_KEYS)) return this.#version === '0.8' ? PUBLIC_KEY : undefined
    const { http } = PARTS[this.#version]
    if (isOne(USER_MAPS)) return `${http}.config.auth`
    return isOne(ORIGINS) ? `${http}.config.cors.allowOrigins` : undefined
  }

  /** Where a key of the other version lies in this one: the poll and HTTP plugins moved in 0.8. */
  #renamed(wrong: string): string | undefined {
    const moved =
      this.#version === '0.8'
        ? wrong.replace(/^aio\.subsystems\.sender\.config\.plugins\./, 'aio.plugins.')
        : wrong.replace(/^aio\.plugins\./, 'aio.subsystems.sender.config.plugins.')
    const whole = moved.replace(/\.enable$/, '.enabled')
    return whole === wrong ? undefined : this.#keys.find((key) => key.toLowerCase() === whole)
  }

  #nearest(wrong: string): string | undefined {
    let best: string | undefined
    let least = Math.max(1, Math.floor(wrong.length / 8)) + 1
    for (const key of this.#keys) {
      if (Math.abs(key.length - wrong.length) >= least) continue
      const apart = distance(wrong, key.toLowerCase())
      if (apart >= least) continue
      best = key
      least = apart
    }
    return best
  }
}

/** Names without the marks between words; the dots stay. */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.]/g, '')
}
