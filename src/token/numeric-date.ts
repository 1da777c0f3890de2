/** Seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519 §2). */
export type NumericDate = number
