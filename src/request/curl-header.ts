import type { HttpHeader } from '../target/request.ts'

/** `Name: value`, `Name;` for an empty value; the lower-case name where `Name:` takes a header away. */
export function readHeader(line: string): HttpHeader | string {
  const [, name = '', mark = '', value = ''] = /^([^:;]*)([:;]?)[ \t]*(.*)$/s.exec(line) ?? []
  if (mark === '') return ''
  return mark === ':' && value === '' ? name.toLowerCase() : [name, value]
}

/** The value of an `Authorization` header for `user:password` (RFC 7617). */
export function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`
}
