import { type Facts, textSetting } from './facts.ts'

/** The text of the configured key file, bytes as Latin-1 so that nothing is lost; undefined when it was not read. */
export function keyText(facts: Facts): string | undefined {
  const key = textSetting(facts, 'publickey')
  const file = key === undefined || key.value === 'none' ? undefined : facts.files(key.value)
  return file?.ok === true ? Buffer.from(file.bytes).toString('latin1') : undefined
}
