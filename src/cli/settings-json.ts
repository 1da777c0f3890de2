import { describeJsonFault, endJson, openJson } from '../token/rust-json.ts'
import { ignoreValue } from '../token/rust-json-ignore.ts'

/** The document in `text`. Throws SyntaxError. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What a runtime says differs, and quotes the text, which may be a secret in the wrong file.
    const cursor = openJson(Buffer.from(text))
    ignoreValue(cursor)
    endJson(cursor)
    throw new SyntaxError(cursor.fault === undefined ? 'not JSON' : describeJsonFault(cursor.fault))
  }
}
