import { AuthError } from '../errors.ts'
import type { KeyLoad } from '../target/target.ts'
import type { GatheredConfiguration } from './configuration-source.ts'
import { loadKey } from './key-cache.ts'

/** What a configuration says about tokens; undefined = it does not say. */
export interface ConfiguredAuth {
  /** The key file as configured; undefined = auth is off. */
  readonly publickey: string | undefined
  /** What the target makes of that file; `none` = unsigned mode. */
  readonly load: KeyLoad | 'none' | undefined
  readonly iss: string | undefined
  readonly aud: string | undefined
}

/** The auth settings of `gathered`, those in `given` aside. Throws AuthError for one that cannot be known. */
export function readConfiguredAuth(
  { target, configuration, source }: GatheredConfiguration,
  given: { readonly iss?: unknown; readonly aud?: unknown } = {},
): ConfiguredAuth {
  const keys = target.concepts
  const value = (key: string | undefined): string | undefined => {
    const found = key === undefined ? undefined : configuration.settings.get(key)?.value
    if (typeof found === 'object' && 'unknown' in found)
      throw new AuthError('ERR_NOTHING_TO_JUDGE', `${key} cannot be known: ${found.unknown}`, {
        hints: ['give it with --publickey, --iss or --aud'],
      })
    return typeof found === 'string' ? found : undefined
  }
  const publickey = value(keys.publickey)
  const names = {
    iss: given.iss === undefined ? value(keys.iss) : undefined,
    aud: given.aud === undefined ? value(keys.aud) : undefined,
  }
  const { off, unsigned } = target.tokens?.keyWords ?? {}
  if (publickey === undefined || publickey === off)
    return { publickey: undefined, load: undefined, ...names }
  if (publickey === unsigned) return { publickey, load: 'none', ...names }
  const file = source.files(publickey)
  if (file === undefined)
    throw new AuthError('ERR_NOTHING_TO_JUDGE', `${publickey}: the public key was not read`)
  return { publickey, load: loadKey(target, publickey, file), ...names }
}
