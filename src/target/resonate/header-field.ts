/** Whether `text` can be the name of a header (RFC 9110 `token`; http 1.4 `HeaderName`). */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)
}

/** Whether `text`, as UTF-8, can be the value of a header: no control character but the tab (http 1.4 `HeaderValue`). */
export function isHeaderValue(text: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u{10ffff}]*$/u.test(text)
}

/** Whether `value` is what the server can read as text: blanks, tabs and printable ASCII (http 1.4 `to_str`). */
export function isVisibleAscii(value: string): boolean {
  return /^[\t -~]*$/.test(value)
}
