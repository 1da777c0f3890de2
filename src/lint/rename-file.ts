import type { Configuration, Start } from '../config/configuration.ts'
import type { Origin, Setting } from '../config/setting.ts'

/** `configuration` with the file `from` called `to` in every origin: the name a person knows it by. */
export function renameFile(configuration: Configuration, from: string, to: string): Configuration {
  if (from === to) return configuration
  const rename = (origin: Origin): Origin =>
    origin.kind === 'file' && origin.file === from ? { ...origin, file: to } : origin
  const renameSetting = <T>({ value, origin, shadows }: Setting<T>): Setting<T> => ({
    value,
    origin: rename(origin),
    shadows: shadows.map((shadow) => ({ ...shadow, origin: rename(shadow.origin) })),
  })
  const { settings, tables, ignored, start, refused, file } = configuration
  return {
    ...configuration,
    settings: new Map([...settings].map(([path, setting]) => [path, renameSetting(setting)])),
    tables: new Map([...tables].map(([path, origin]) => [path, rename(origin)])),
    ignored: ignored.map((entry) => ({ ...entry, origin: rename(entry.origin) })),
    start: renameStart(start, rename),
    ...(refused !== undefined && {
      refused: refused.map((entry) => ({ ...entry, origin: rename(entry.origin) })),
    }),
    ...(file !== undefined && { file: file.path === from ? { ...file, path: to } : file }),
  }
}

function renameStart(start: Start, rename: (origin: Origin) => Origin): Start {
  return start.starts === true || start.origin === undefined
    ? start
    : { ...start, origin: rename(start.origin) }
}
