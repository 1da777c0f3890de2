/** Whether `text` can be the name of a header (RFC 9110 `token`; http 1.4 `HeaderName`). */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)
}

/** Whether `text`, as UTF-8, can be the value of a header: no control character but the tab (http 1.4 `HeaderValue`). */
export function isHeaderValue(text: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u{10ffff}]*$/u.test(text)
}
