import { type Entry, type OptionEntry, type Value, walkEntries } from './entry.ts'

/** A zsh completion that never starts the program: one function a command, each an _arguments call. */
export function zshCompletion(root: Entry): string {
  return `#compdef resonate-auth
# zsh completion of resonate-auth; load it with: source <(resonate-auth completion zsh)
${[...walkEntries(root)].map(completer).join('\n')}
if [[ $funcstack[1] == _resonate_auth ]]; then _resonate_auth "$@"; else compdef _resonate_auth resonate-auth; fi
`
}

function completer(entry: Entry): string {
  const { commands, options, operands } = entry
  const parts = [
    ...options.flatMap(optionSpecs),
    ...(commands.length > 0 ? ["'1: :->command'", "'*:: :->rest'"] : []),
    ...operands.map(({ value, repeatable, term }) =>
      quote(`${repeatable ? '*' : ''}:${plain(term)}:${completion(value)}`),
    ),
  ]
  const call = `  _arguments -S${commands.length > 0 ? ' -C' : ''} \\\n${parts.map((part) => `    ${part}`).join(' \\\n')}`
  if (commands.length === 0) return `${functionName(entry)}() {\n${call}\n}`
  return `${functionName(entry)}() {
  local state line
${call}
  case $state in
    command)
      local -a commands=(
${commands.map(({ path, summary }) => `        ${quote(`${path.at(-1) ?? ''}:${summary}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${commands.map((command) => `        ${[command.path.at(-1) ?? '', ...command.aliases].join('|')}) ${functionName(command)} ;;`).join('\n')}
      esac
      ;;
  esac
}`
}

function functionName({ path }: Entry): string {
  return ['_resonate_auth', ...path].join('_')
}

/** Every option may be given again: the program itself says where that is wrong. */
function optionSpecs({ names, value, text, optional }: OptionEntry): string[] {
  return names.map((name) => {
    const spelled = value !== undefined && name.startsWith('--') ? `${name}=` : name
    const wanted = value === undefined ? '' : `${optional ? '::' : ':'}value:${completion(value)}`
    return quote(`*${spelled}[${plain(text)}]${wanted}`)
  })
}

function completion(value: Value): string {
  switch (value.kind) {
    case 'choice':
      return `(${value.choices.join(' ')})`
    case 'file':
      return '_files'
    case 'directory':
      return '_directories'
    case 'free':
      return ' '
  }
}

/** Text without what _arguments takes for its own signs. */
function plain(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
