import type { Specifiers } from './systemd-words.ts'

/** The specifiers that follow from the unit's name; the others depend on the machine. */
export function unitSpecifiers(unit: string): Specifiers {
  const stem = unit.replace(/\.[a-z]+$/, '')
  const at = stem.indexOf('@')
  const prefix = at === -1 ? stem : stem.slice(0, at)
  const instance = at === -1 ? '' : stem.slice(at + 1)
  const known: Readonly<Record<string, string>> = {
    n: unit,
    N: stem,
    p: prefix,
    i: instance,
    I: unescapeUnit(instance),
    j: prefix.slice(prefix.lastIndexOf('-') + 1),
    d: `/run/credentials/${unit}`,
  }
  const template = at !== -1 && instance === ''
  return (letter) => {
    const value = known[letter]
    if (template && /[nNiI]/.test(letter))
      return { unknown: `%${letter} depends on the instance of the template ${unit}` }
    if (value !== undefined) return { value }
    return /[aAbBCdDEfgGhHJlLmMoPqsStTuUvVwWy]/.test(letter)
      ? { unknown: `%${letter} depends on the machine` }
      : undefined
  }
}

/** Undoes the escaping of unit names: `-` is `/`, `\xHH` a byte (systemd-escape(1)). */
function unescapeUnit(name: string): string {
  return name
    .replaceAll('-', '/')
    .replaceAll(/\\x([0-9a-f]{2})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
}
