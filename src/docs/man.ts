import { type Entry, type OptionEntry, pageName } from './entry.ts'
import { EXIT_STATUSES } from './exit-status.ts'

/** Variables that the program itself reads; what a server reads is input and stands in the configuration. */
const VARIABLES: readonly (readonly [name: string, text: string])[] = [
  ['RAUTH_KEY', 'the private key as PEM text, where no --key is given'],
  ['RAUTH_DEBUG', 'when set, errors are printed with what caused them'],
  ['NO_COLOR', 'when set, nothing is coloured'],
  ['FORCE_COLOR', 'when set and not 0, output is coloured although it is no terminal'],
  ['CI', 'when set, nothing is ever asked'],
]

/** The manual page of one command in the man(7) macros; `version` is the program's. */
export function manPage(entry: Entry, root: Entry): string {
  const name = pageName(entry)
  const sections = [
    `.TH ${name.toUpperCase()} 1 "" "resonate\\-auth" "User Commands"`,
    section('NAME', `${text(name)} \\- ${text(entry.summary)}`),
    section(
      'SYNOPSIS',
      `.B ${text(['resonate-auth', ...entry.path].join(' '))}\n${text(entry.usage)}`,
    ),
    section('DESCRIPTION', text(sentence(entry.description))),
    commandSections(entry),
    operandSection(entry),
    optionSections(entry),
    section(
      'EXIT STATUS',
      EXIT_STATUSES.map(({ status, meaning }) => item(bold(String(status)), meaning)).join('\n'),
    ),
    entry.path.length > 0
      ? ''
      : section('ENVIRONMENT', VARIABLES.map(([name, does]) => item(bold(name), does)).join('\n')),
    exampleSection(entry),
    section('SEE ALSO', seeAlso(entry, root)),
  ]
  return `${sections.filter((part) => part !== '').join('\n')}\n`
}

function commandSections({ commands }: Entry): string {
  const groups = new Set(commands.map(({ group }) => group))
  return [...groups]
    .map((group) =>
      section(
        heading(group === '' ? 'Commands' : `${group.replace(/:$/, '')} commands`),
        commands
          .filter((command) => command.group === group)
          .map((command) => item(reference(pageName(command)), sentence(command.summary)))
          .join('\n'),
      ),
    )
    .join('\n')
}

function operandSection({ operands }: Entry): string {
  if (operands.length === 0) return ''
  return section(
    'OPERANDS',
    operands.map((operand) => item(bold(operand.term), operand.text)).join('\n'),
  )
}

/** The command's own options first, then group by group. */
function optionSections({ options }: Entry): string {
  const groups = new Set([undefined, ...options.map(({ group }) => group)])
  return [...groups]
    .map((group) => {
      const members = options.filter((option) => option.group === group)
      if (members.length === 0) return ''
      return section(
        heading((group ?? 'Options').replace(/:$/, '')),
        members.map(optionItem).join('\n'),
      )
    })
    .filter((part) => part !== '')
    .join('\n')
}

function optionItem({ flags, text: does }: OptionEntry): string {
  return item(bold(flags), does)
}

function exampleSection({ examples }: Entry): string {
  if (examples.length === 0) return ''
  return section(
    'EXAMPLES',
    examples
      .map(
        ({ does, command }) => `.PP\n${text(does)}:\n.PP\n.RS 4\n.nf\n${text(command)}\n.fi\n.RE`,
      )
      .join('\n'),
  )
}

function seeAlso(entry: Entry, root: Entry): string {
  const parents = entry.path.map((_, index) => entry.path.slice(0, index))
  const siblings = root.commands
    .filter(({ group, path }) => group === entry.group && path[0] !== entry.path[0])
    .map(pageName)
  const parts = entry.path.length === 0 ? [] : entry.commands.map(pageName)
  const names = [
    ...parents.map((path) => ['resonate-auth', ...path].join('-')),
    ...parts,
    ...siblings,
  ]
  const pages = entry.path.length === 0 ? root.commands.map(pageName) : names
  return pages.map(reference).join(',\n')
}

function section(title: string, body: string): string {
  return `.SH ${title}\n${body}`
}

function heading(title: string): string {
  return text(title.toUpperCase())
}

function item(term: string, does: string): string {
  return `.TP\n${term}\n${text(does)}`
}

function bold(term: string): string {
  return `\\fB${text(term)}\\fR`
}

function reference(page: string): string {
  return `\\fB${text(page)}\\fR(1)`
}

/** A phrase as a sentence: a capital first, a full stop at its end. */
function sentence(phrase: string): string {
  const capital = phrase.charAt(0).toUpperCase() + phrase.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

/** Plain text for roff: nothing in it is taken for an escape, a request or a typographic dash. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('`', '\\(ga')
    .replace(/\n{2,}/g, '\n.PP\n')
    .replace(/^(?=['.])(?!\.PP$)/gm, '\\&')
}
