import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FileRead } from '../../../../src/config/file.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'
import type { AuthSettings, KeyLoad } from '../../../../src/target/target.ts'
import type { ServerRow } from '../../../vectors/requests.ts'
import { VECTORS } from '../../../vectors/rows.ts'

/** A key file of the vectors as the server read it, by its bare name. */
export function loadVectorKey(path: string): KeyLoad {
  const file: FileRead = { ok: true, bytes: readFileSync(join(VECTORS, path)) }
  return loadKey(basename(path), file)
}

const loaded = new Map<string, AuthSettings['key']>()

function settingKey(path: string): AuthSettings['key'] {
  if (path === 'none') return 'none'
  const known = loaded.get(path)
  if (known !== undefined) return known
  const load = loadVectorKey(path)
  if (!load.starts) throw new Error(load.message)
  loaded.set(path, load.key)
  return load.key
}

/** What a row's server is configured with. */
export function settingsOf({ publickey, iss, aud }: ServerRow): AuthSettings {
  return { key: settingKey(publickey), iss: iss ?? undefined, aud: aud ?? undefined }
}
