/** C0 but tab and newline, DEL, C1, and what reorders or hides text (bidirectional controls, zero-width characters). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** `text` with every character that could steer a terminal or hide text shown as `\uXXXX`; tab and newline stay. */
export function neutralizeControls(text: string): string {
  return text.replace(CONTROL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same for text that must stay on one line. */
export function neutralizeLine(text: string): string {
  return neutralizeControls(text).replace(/\n/g, '\\n').replace(/\t/g, '\\t')
}
