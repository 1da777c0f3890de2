import type { ConfigurationSource, SettingValue, Start } from '../../config/configuration.ts'
import type { FileRead } from '../../config/file.ts'
import type { Setting } from '../../config/setting.ts'
import { fatal, unknownStart } from './start.ts'

/** Every other storage type is SQLite; a new file is made where its directory exists. */
export function openSqlite(
  setting: Setting<SettingValue> | undefined,
  files: ConfigurationSource['files'],
): Start | undefined {
  const path = setting?.value
  if (typeof path !== 'string' || path === '' || path === ':memory:') return undefined
  const origin = setting?.origin
  const decides = `whether SQLite can open ${path}`
  const unknown = unknownStart(decides, origin)
  if (path.startsWith('file:') || path.includes('\0')) return unknown
  const cannotOpen = fatal(
    `Failed to open SQLite database: unable to open database file: ${path}`,
    origin,
  )
  const file = files(path)
  if (file === undefined) return undefined
  if (file.ok)
    return isDatabase(file.bytes)
      ? undefined
      : fatal('Failed to open SQLite database: file is not a database', origin)
  switch (file.failure) {
    case 'missing':
      return path.includes('/') && isMissing(files(directoryOf(path))) ? cannotOpen : undefined
    case 'directory':
    case 'not-a-directory':
    case 'loop':
    case 'name-too-long':
      return cannotOpen
    case 'too-large':
      return undefined
    case 'denied':
    case 'other':
      return unknown
  }
}

const SQLITE_HEADER = 'SQLite format 3\0'

function isDatabase(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, SQLITE_HEADER.length))
  return bytes.length === 0 || head === SQLITE_HEADER
}

function isMissing(file: FileRead | undefined): boolean {
  return file !== undefined && (file.ok || file.failure === 'missing')
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
