import { posix } from 'node:path'
import type { FileRead } from '../config/file.ts'
import { AuthError } from '../errors.ts'
import { assembleContainer } from './container.ts'
import type { Deployment, Note } from './deployment.ts'
import { type Assignment, findAssigned } from './environment.ts'
import type { Found } from './interpolation.ts'
import { isServerProgram } from './invocation.ts'
import { cleanPath, type Mount, readMounted } from './mount.ts'
import { knownText, type Passage, readPassage, slicePassage, unknownPassage } from './passage.ts'
import { decodeText, type FileLookup, placeAt, type SourceText } from './source-text.ts'
import { readExecStart } from './systemd-command.ts'
import { readSystemdEnvFile } from './systemd-env-file.ts'
import { readSettings, type UnitSettings } from './systemd-settings.ts'
import { unitSpecifiers } from './systemd-specifiers.ts'
import { expandSpecifiers, type Specifiers, splitUnitWords } from './systemd-words.ts'

/**
 * How systemd starts the server of a unit: `Environment=`, `EnvironmentFile=`, `ExecStart=`, `WorkingDirectory=` and
 * `LoadCredential=` of the unit and, over it in the order of their names, its drop-ins (systemd.exec(5),
 * systemd.service(5)). Throws AuthError for a unit that starts nothing.
 */
export function readSystemd(
  unit: SourceText,
  dropIns: readonly SourceText[],
  host: FileLookup,
): Deployment {
  const name = posix.basename(unit.file)
  const specifiers = unitSpecifiers(name)
  const notes: Note[] = []
  const settings = readSettings(unit, dropIns, specifiers, notes)
  const { assigned, open } = readEnvironment(settings, specifiers, host, notes)
  const find = (variable: string): Found =>
    findAssigned(assigned, variable) ?? managed(variable, name, open)
  const place = placeAt(unit, 0, 0)
  const words = chooseCommand(settings, specifiers, find, notes)
  if (words === undefined)
    throw new AuthError('ERR_INPUT_FORM', `${unit.file}: no ExecStart= in [Service]`, {
      hints: ['name the .service file that starts the server'],
    })
  const deployment = assembleContainer(
    {
      name,
      image: { ...SYSTEM, cwd: findDirectory(settings, specifiers, notes) },
      place,
      entrypoint: undefined,
      command: words,
      assignments: [...assigned.values()],
      open,
      cwd: undefined,
      mounts: credentialMounts(settings.credentials, specifiers, name),
      notes,
    },
    host,
  )
  const { cwd, mounts } = deployment
  return { ...deployment, files: (path) => readHosted(path, { cwd, mounts, settings }, host) }
}

const SYSTEM = {
  known: true,
  bare: false,
  entrypoint: undefined,
  command: undefined,
  assignments: [],
  mounts: [],
  notes: [],
} as const

/** `Environment=` first, then the files in order, each over what was before; then what is unset. */
function readEnvironment(
  settings: UnitSettings,
  specifiers: Specifiers,
  host: FileLookup,
  notes: Note[],
): { assigned: Map<string, Assignment>; open: boolean } {
  const assigned = new Map<string, Assignment>()
  for (const passed of settings.passed)
    for (const word of splitUnitWords(passed, 'list').words) {
      const why = `${word.text} is passed on from the service manager`
      assigned.set(word.text, { name: word.text, value: unknownPassage(word, why) })
    }
  for (const [name, assignment] of settings.variables) assigned.set(name, assignment)
  let open = false
  for (const written of settings.files) {
    const optional = written.text.startsWith('-')
    const path = expandSpecifiers(slicePassage(written, optional ? 1 : 0), specifiers)
    // A path systemd makes nothing of is ignored.
    if (path === undefined) continue
    const known = knownText(path)
    const read = known === undefined || /[*?[]/.test(known) ? undefined : host(known, 'systemd-env')
    if (read?.ok === true) {
      const source = { file: path.text, text: decodeText(read.bytes) }
      for (const assignment of readSystemdEnvFile(source)) assigned.set(assignment.name, assignment)
    } else {
      open = true
      const text = `the variables of ${written.text} are not known: it cannot be read here`
      notes.push({ about: 'variables', text, place: written })
    }
  }
  for (const name of settings.unset) {
    const [bare = '', value] = name.split('=')
    const set = assigned.get(bare)
    if (value === undefined || set?.value.text === name.slice(bare.length + 1))
      assigned.delete(bare)
  }
  return { assigned, open }
}

/** What the service manager itself sets, and what a file that could not be read may set. */
function managed(variable: string, unit: string, open: boolean): Found {
  if (variable === 'CREDENTIALS_DIRECTORY') return { value: `/run/credentials/${unit}` }
  const own =
    /^(?:HOME|LANG|LC_.*|LOGNAME|PATH|SHELL|USER|INVOCATION_ID|JOURNAL_STREAM|MAINPID|XDG_.*|.*_DIRECTORY|SYSTEMD_.*)$/
  return open || own.test(variable) ? { unknown: `${variable} is not set in the unit` } : undefined
}

/** The command that names the server, else the last. */
function chooseCommand(
  { commands: lines, type }: UnitSettings,
  specifiers: Specifiers,
  find: (name: string) => Found,
  notes: Note[],
): readonly Passage[] | undefined {
  const commands = lines.flatMap((line) => {
    const read = readExecStart(line, specifiers, find)
    if (read.failure !== undefined) {
      const text = 'systemd refuses this command: a quote is open, or a "%" begins no specifier'
      notes.push({ about: 'arguments', text, place: read.failure })
    }
    return read.commands
  })
  const second = commands[1]?.[0]
  if (second !== undefined && type !== 'oneshot') {
    const text = 'systemd refuses a second command unless Type=oneshot'
    notes.push({ about: 'arguments', text, place: second })
  }
  return commands.find((command) => isServerProgram(command[0])) ?? commands.at(-1)
}

/** `/` unless it is set; a home directory is not known. */
function findDirectory(
  { directory }: UnitSettings,
  specifiers: Specifiers,
  notes: Note[],
): string | undefined {
  if (directory === undefined) return '/'
  const path = expandSpecifiers(
    slicePassage(directory, directory.text.startsWith('-') ? 1 : 0),
    specifiers,
  )
  if (path === undefined) return '/'
  const read = readPassage(path)
  if ('value' in read && posix.isAbsolute(read.value)) return cleanPath(read.value)
  const why = 'why' in read ? read.why : 'it is a home directory or not absolute'
  notes.push({ about: 'cwd', text: `WorkingDirectory= is not known: ${why}`, place: directory })
  return undefined
}

/** `LoadCredential=ID:PATH` puts the file at `PATH` into the unit's credentials directory under the name `ID`. */
function credentialMounts(
  credentials: readonly Passage[],
  specifiers: Specifiers,
  unit: string,
): Mount[] {
  return credentials.map((credential) => {
    const [id = '', path] = (expandSpecifiers(credential, specifiers)?.text ?? '').split(':')
    const known = path !== undefined && posix.isAbsolute(path)
    return {
      target: cleanPath(`/run/credentials/${unit}/${id}`),
      source: known
        ? { kind: 'host', path, absent: 'unknown' }
        : { kind: 'unknown', why: 'the credential comes from the service manager' },
      place: credential,
    }
  })
}

/** A file that is here is taken for the server's; one that is not may well be on the machine the unit is for. */
function readHosted(
  path: string,
  { cwd, mounts, settings }: Pick<Deployment, 'cwd' | 'mounts'> & { settings: UnitSettings },
  host: FileLookup,
): FileRead | undefined {
  const absolute = posix.isAbsolute(path) || cwd === undefined ? path : posix.join(cwd, path)
  if (!posix.isAbsolute(absolute)) return undefined
  return readMounted(mounts, absolute, host, (inner) => {
    const read = settings.root === undefined ? host(inner) : undefined
    return read?.ok === true ? read : undefined
  })
}
