import { posix } from 'node:path'
import type { Note } from './deployment.ts'
import type { Assignment } from './environment.ts'
import { type Passage, slicePassage } from './passage.ts'
import type { SourceText } from './source-text.ts'
import { readUnitEntries } from './systemd-lines.ts'
import { expandSpecifiers, type Specifiers, splitUnitWords } from './systemd-words.ts'

/** The `[Service]` settings that decide how the server is started, after the unit and its drop-ins. */
export interface UnitSettings {
  readonly variables: Map<string, Assignment>
  readonly files: Passage[]
  readonly passed: Passage[]
  readonly unset: string[]
  readonly commands: Passage[]
  type: string | undefined
  readonly credentials: Passage[]
  directory: Passage | undefined
  root: Passage | undefined
}

function sortByName(files: readonly SourceText[]): SourceText[] {
  const name = ({ file }: SourceText): string => posix.basename(file)
  return files.toSorted((one, other) => (name(one) < name(other) ? -1 : 1))
}

/** The settings of a unit and its drop-ins, an empty assignment of a list forgetting what was before it. */
export function readSettings(
  unit: SourceText,
  dropIns: readonly SourceText[],
  specifiers: Specifiers,
  notes: Note[],
): UnitSettings {
  const settings: UnitSettings = {
    variables: new Map(),
    files: [],
    passed: [],
    unset: [],
    commands: [],
    type: undefined,
    credentials: [],
    directory: undefined,
    root: undefined,
  }
  const lists = {
    EnvironmentFile: 'files',
    PassEnvironment: 'passed',
    ExecStart: 'commands',
    LoadCredential: 'credentials',
  } as const
  for (const { section, key, value } of [unit, ...sortByName(dropIns)].flatMap(readUnitEntries)) {
    if (section !== 'Service') continue
    const empty = value.text === ''
    if (key === 'Environment') {
      if (empty) settings.variables.clear()
      else addVariables(settings.variables, value, specifiers, notes)
    } else if (Object.hasOwn(lists, key)) {
      // The key is one of the table's own.
      const list = settings[lists[key as keyof typeof lists]]
      if (empty) list.length = 0
      else list.push(value)
    } else if (key === 'UnsetEnvironment') {
      if (empty) settings.unset.length = 0
      for (const { text } of splitUnitWords(value, 'list').words) settings.unset.push(text)
    } else if (key === 'Type') {
      settings.type = value.text
    } else if (key === 'WorkingDirectory') {
      settings.directory = empty ? undefined : value
    } else if (key === 'RootDirectory' || key === 'RootImage') {
      settings.root = empty ? undefined : value
    }
  }
  return settings
}

function addVariables(
  variables: Map<string, Assignment>,
  value: Passage,
  specifiers: Specifiers,
  notes: Note[],
): void {
  const { words, failure } = splitUnitWords(value, 'list')
  for (const raw of words) {
    const word = expandSpecifiers(raw, specifiers)
    const name = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(word?.text ?? '')?.[1]
    if (word === undefined) ignore(notes, raw, 'systemd ignores this: a "%" begins no specifier')
    else if (name === undefined) ignore(notes, raw, 'systemd ignores what is not NAME=value here')
    else variables.set(name, { name, value: slicePassage(word, name.length + 1) })
  }
  if (failure !== undefined)
    ignore(
      notes,
      failure,
      'systemd ignores the rest of this line: a quote is open or an escape is none',
    )
}

function ignore(notes: Note[], place: Passage, text: string): void {
  notes.push({ about: 'variables', text, place })
}
