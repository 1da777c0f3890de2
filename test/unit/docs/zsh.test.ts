import { expect, test } from 'vitest'
import { readEntry } from '../../../src/docs/entry.ts'
import { zshCompletion } from '../../../src/docs/zsh.ts'
import { folder } from '../../cli/run.ts'
import { sampleProgram } from './sample.ts'
import { present, shellLines } from './shell-run.ts'

const script = zshCompletion(readEntry(sampleProgram()))

/** Types `line` and a TAB into a zsh on a pseudo-terminal and prints what stands on the line after. */
function completed(line: string, cwd: string): string {
  const quoted = `${line}\t`.replaceAll("'", "'\\''")
  const [last] = shellLines(
    'zsh',
    `zmodload zsh/zpty
zpty shell zsh -f -i
typed() { zpty -w shell "$1"; }
typed "PS1=; cd ${cwd}; autoload -U compinit; compinit -u -D; source ./completion.zsh; setopt noautolist"
typed "bindkey '^X' show; zle -N show; show() { print -r -- \\"<\\$BUFFER>\\"; zle send-break }; echo rea''dy"
while zpty -r shell out; do [[ $out == *ready* ]] && break; done
zpty -n -w shell '${quoted}'$'\\x18'
while zpty -r shell out; do [[ $out == *'<'*'>'* ]] && break; done
print -r -- "\${\${out##*<}%%>*}"
zpty -d shell`,
    cwd,
  ).slice(-1)
  return last ?? ''
}

test.skipIf(!present('zsh')).each([
  ['resonate-auth ke', 'resonate-auth key '],
  ['resonate-auth key m', 'resonate-auth key match '],
  ['resonate-auth sign --al', 'resonate-auth sign --alg='],
  ['resonate-auth sign --alg Ed', 'resonate-auth sign --alg EdDSA '],
  ['resonate-auth sign --key pri', 'resonate-auth sign --key private.pem '],
  ['resonate-auth issue --note key --alg ES', 'resonate-auth issue --note key --alg ES256 '],
  ['resonate-auth key inspect pri', 'resonate-auth key inspect private.pem '],
])('%j becomes %j', (line, whole) => {
  const { path, remove } = folder({ 'private.pem': '', 'completion.zsh': script })
  expect(completed(line, path)).toBe(whole)
  remove()
})
