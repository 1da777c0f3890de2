import { lineStart } from './document.ts'

/** What people write that is not TOML, by the look of the broken line, and what to write instead. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/[\u201c\u201d\u2018\u2019]/, 'use plain quotes (") instead of typographic ones'],
  [/[\u00a0\u2007\u202f]/, 'use a plain blank: there is a no-break space in this line'],
  [/^\s*(?:\/\/|;|--)/, 'begin comments with "#"'],
  [/^\s*export\s+\w+=/, 'this is a line of a shell or an env file: set it as a variable'],
  [
    /=\s*(?:True|False|TRUE|FALSE|yes|no|on|off)\s*(?:#.*)?$/i,
    'write true or false, in lower case',
  ],
  [/^\s*["\w.-]+\s*:(?!\/\/)\s*\S/, 'join a key and its value with "=", not ":"'],
  [/=\s*\[\s*\*\s*\]/, 'put quotes around the star: ["*"]'],
  [/"[^"]*\\(?![btnfr"\\uU])[^"]*"/, "double the backslash, or use single quotes: 'C:\\keys'"],
  [/=\s*"[^"]*$/, 'close the string with a double quote'],
  [/=\s*'[^']*$/, 'close the string with a single quote'],
  [/=\s*\[[^\]]*$/, 'close the list with "]"'],
  [/=\s*\{[^}]*$/, 'close the table with "}" on the same line'],
  [/^\s*\[[^\]]*$/, 'close the name of the table with "]"'],
  [/^\s*[{}]/, 'this looks like JSON: a configuration has lines such as key = "value"'],
  [/=\s*[A-Za-z./~][^"'#]*(?:#.*)?$/, 'put the text into double quotes'],
  [/=\s*(?:#.*)?$/, 'write a value behind the "="'],
]

/** What to do about the syntax error at `offset` of `text`; undefined when the line shows no usual slip. */
export function tomlHint(text: string, offset: number, reason: string): string | undefined {
  if (/duplicate key/.test(reason)) return 'keep one of the two: a key may be set once'
  const start = lineStart(text, offset)
  const rest = text.slice(start, start + 2000)
  const line = rest.split(/[\r\n]/)[0] ?? ''
  return SLIPS.find(([pattern]) => pattern.test(line))?.[1]
}
