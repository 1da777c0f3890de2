import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileRead } from '../../../../src/config/file.ts'
import { loadKey } from '../../../../src/target/resonate/keys.ts'
import type { AuthSettings, KeyLoad } from '../../../../src/target/target.ts'

const FOLDER = new URL('../../../vectors/', import.meta.url)

/** The rows of a file in vectors/rust-0.9. */
export function readRows<Row>(file: string): readonly Row[] {
  const text = readFileSync(new URL(`rust-0.9/${file}`, FOLDER), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** A key file of the vectors as the server read it, by its bare name. */
export function loadVectorKey(path: string): KeyLoad {
  const file: FileRead = { ok: true, bytes: readFileSync(new URL(path, FOLDER)) }
  return loadKey(basename(path), file)
}

export interface ServerRow {
  readonly publickey: string
  readonly iss: string | null
  readonly aud: string | null
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
