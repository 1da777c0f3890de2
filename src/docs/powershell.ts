import { type Entry, type Value, walkEntries } from './entry.ts'

/** A PowerShell completion that never starts the program. */
export function powershellCompletion(root: Entry): string {
  const entries = [...walkEntries(root)]
  return `# PowerShell completion of resonate-auth; load it with: resonate-auth completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName resonate-auth -ScriptBlock {
    param($word, $line, $position)
    $paths = @{
${entries.flatMap(pathRows).join('\n')}
    }
    $offers = @{
${entries.map(offerRow).join('\n')}
    }
    $values = @{
${entries.flatMap(valueRows).join('\n')}
    }
    $path = ''
    $previous = ''
    foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $position) { break }
        $previous = $element.Extent.Text
        if ($previous -eq '--') { return }
        if ($paths.ContainsKey("$path $previous")) { $path = $paths["$path $previous"] }
    }
    $offered = if ($values.ContainsKey("$path $previous")) { $values["$path $previous"] } else { $offers[$path] }
    $offered | Where-Object { $_.StartsWith($word, [StringComparison]::Ordinal) } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
`
}

function pathRows({ path, aliases }: Entry): string[] {
  const last = path.at(-1)
  if (last === undefined) return []
  const above = key(path.slice(0, -1))
  return [last, ...aliases].map(
    (name) => `        ${quote(`${above} ${name}`)} = ${quote(key(path))}`,
  )
}

function offerRow({ path, commands, options, operands }: Entry): string {
  const offered = [
    ...commands.map((command) => command.path.at(-1) ?? ''),
    ...options.flatMap(({ names }) => names.filter((name) => name.startsWith('--'))),
    ...operands.flatMap(({ value }) => choices(value)),
  ]
  return `        ${quote(key(path))} = ${list(offered)}`
}

/** Values of options; an empty list leaves the field to PowerShell's own completion of files. */
function valueRows({ path, options }: Entry): string[] {
  return options.flatMap(({ names, value, optional }) =>
    value === undefined || optional
      ? []
      : names.map((name) => `        ${quote(`${key(path)} ${name}`)} = ${list(choices(value))}`),
  )
}

function choices(value: Value): readonly string[] {
  return value.kind === 'choice' ? value.choices : []
}

function key(path: readonly string[]): string {
  return path.map((name) => ` ${name}`).join('')
}

function list(words: readonly string[]): string {
  return `@(${words.map(quote).join(', ')})`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
