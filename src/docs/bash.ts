import { type Entry, type OptionEntry, type Value, walkEntries } from './entry.ts'

/**
 * A bash completion that never starts the program. It splits the line itself, because bash's own word list breaks at
 * `=`, `:` and `@`, and works with bash 3.2.
 */
export function bashCompletion(root: Entry): string {
  const entries = [...walkEntries(root)]
  return `# bash completion of resonate-auth; load it with: source <(resonate-auth completion bash)
_resonate_auth() {
  local line word words path option index mark kept choices
  line=\${COMP_LINE:0:COMP_POINT}
  read -ra words <<<"$line"
  local IFS=$'\\n'
  word=''
  case $line in
    *[[:space:]]) ;;
    *)
      word=\${words[\${#words[@]} - 1]}
      unset "words[\${#words[@]} - 1]"
      ;;
  esac
  path=''
  for ((index = 1; index < \${#words[@]}; index++)); do
    case "$path \${words[index]}" in
${entries.flatMap(pathCases).join('\n')}
      *' --')
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    esac
  done
  option=\${words[\${#words[@]} - 1]}
  case $word in
    --*=*)
      option=\${word%%=*}
      word=\${word#*=}
      ;;
  esac
  choices=''
  case "$path $option" in
${entries.flatMap(({ path, options }) => options.flatMap((option) => valueCase(path, option))).join('\n')}
    *)
      case $path in
${entries.map(wordCase).join('\n')}
      esac
      ;;
  esac
  case $choices in
    '') COMPREPLY=() ;;
    :file) COMPREPLY=($(compgen -f -- "$word")) && compopt -o filenames 2>/dev/null ;;
    :directory) COMPREPLY=($(compgen -d -- "$word")) && compopt -o filenames 2>/dev/null ;;
    *)
      choices=\${choices// /$'\\n'}
      COMPREPLY=($(compgen -W "\${choices/:file/}" -- "$word"))
      case "$choices $word" in
        *:file*' -'*) ;;
        *:file*) COMPREPLY+=($(compgen -f -- "$word")) && compopt -o filenames 2>/dev/null ;;
      esac
      ;;
  esac
  # Readline replaces only what stands behind the last of its word breaks.
  kept=$word
  for mark in '=' ':' '@'; do
    case $COMP_WORDBREAKS in *"$mark"*) kept=\${kept##*"$mark"} ;; esac
  done
  kept=\${word%"$kept"}
  for index in "\${!COMPREPLY[@]}"; do COMPREPLY[index]=\${COMPREPLY[index]#"$kept"}; done
}
complete -F _resonate_auth resonate-auth
`
}

/** Extends the path by known commands only: any other word is a value. */
function pathCases({ path, aliases }: Entry): string[] {
  const last = path.at(-1)
  if (last === undefined) return []
  const above = path
    .slice(0, -1)
    .map((name) => ` ${name}`)
    .join('')
  const names = [last, ...aliases].map((name) => `'${above} ${name}'`)
  return [`      ${names.join(' | ')}) path='${above} ${last}' ;;`]
}

function valueCase(path: readonly string[], { names, value, optional }: OptionEntry): string[] {
  if (value === undefined || optional) return []
  const above = path.map((name) => ` ${name}`).join('')
  const patterns = names.map((name) => `'${above} ${name}'`).join(' | ')
  return [`    ${patterns}) choices='${words(value)}' ;;`]
}

function wordCase({ path, commands, options, operands }: Entry): string {
  const above = path.map((name) => ` ${name}`).join('')
  const offered = [
    ...commands.map((command) => command.path.at(-1) ?? ''),
    ...options.flatMap(({ names }) => names.filter((name) => name.startsWith('--'))),
    ...new Set(operands.map(({ value }) => words(value)).filter((text) => text !== '')),
  ]
  return `        '${above}') choices='${offered.join(' ')}' ;;`
}

function words(value: Value): string {
  switch (value.kind) {
    case 'choice':
      return value.choices.join(' ')
    case 'file':
      return ':file'
    case 'directory':
      return ':directory'
    case 'free':
      return ''
  }
}
