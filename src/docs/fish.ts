import { type Entry, type OptionEntry, type Value, walkEntries } from './entry.ts'

/** A fish completion that never starts the program. */
export function fishCompletion(root: Entry): string {
  const entries = [...walkEntries(root)]
  return `# fish completion of resonate-auth; load it with: resonate-auth completion fish | source
function __resonate_auth_at --description 'whether the commands typed so far are exactly these'
    set -l path
    for word in (commandline --cut-at-cursor --tokenize --current-process)[2..]
        switch "$path $word"
${entries.flatMap(pathCases).join('\n')}
            case '* --'
                return 1
        end
    end
    test "$path" = "$argv"
end
complete --command resonate-auth --no-files
${entries.flatMap(lines).join('\n')}
`
}

/** Extends the path by known commands only: any other word is a value. */
function pathCases({ path, aliases }: Entry): string[] {
  const last = path.at(-1)
  if (last === undefined) return []
  const above = path
    .slice(0, -1)
    .map((name) => `${name} `)
    .join('')
  const typed = path.length === 1 ? ' ' : above
  const names = [last, ...aliases].map((name) => quote(`${typed}${name}`))
  return [
    `            case ${names.join(' ')}`,
    `                set path ${quote(`${above}${last}`)}`,
  ]
}

function lines({ path, commands, options, operands }: Entry): string[] {
  const at = `complete -c resonate-auth -n ${quote(`__resonate_auth_at ${path.join(' ')}`.trimEnd())}`
  return [
    ...commands.map(
      (command) => `${at} -a ${quote(command.path.at(-1) ?? '')} -d ${quote(command.summary)}`,
    ),
    ...options.map((option) => `${at} ${optionArguments(option)}`),
    ...operands.flatMap(({ value }) => {
      const offered = valueArguments(value)
      return offered === '' ? [] : [`${at}${offered}`]
    }),
  ]
}

function optionArguments({ names, value, optional, text }: OptionEntry): string {
  const spelled = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  )
  const wanted =
    value === undefined || optional
      ? ''
      : `${value.kind === 'file' ? ' -r' : ' -x'}${valueArguments(value)}`
  return `${spelled.join(' ')}${wanted} -d ${quote(text)}`
}

function valueArguments(value: Value): string {
  switch (value.kind) {
    case 'choice':
      return ` -a ${quote(value.choices.join(' '))}`
    case 'file':
      return ' -F'
    case 'directory':
      return " -a '(__fish_complete_directories)'"
    case 'free':
      return ''
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
