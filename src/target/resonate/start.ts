import type { Start } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'

/** A failed start: `Fatal: ` and `message` on standard error, status 1. */
export function fatal(message: string, origin?: Origin): Start {
  return {
    starts: false,
    exit: 1,
    message: `Fatal: ${message}\n`,
    ...(origin !== undefined && { origin }),
    secrets: [],
  }
}

/** A start that something outside of the configuration decides. */
export function unknownStart(decides: string, origin?: Origin): Start {
  return { starts: 'unknown', decides, ...(origin !== undefined && { origin }) }
}

/** What the Rust runtime prints; the thread's number and the place of the sources vary and stand as $TID and $CARGO. */
export function failedPanic(panic: string, origin: Origin): Start {
  const message = [
    '',
    "thread 'main' ($TID) panicked at $CARGO/figment-0.10.19/src/value/escape.rs:28:47:",
    panic,
    'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
    '',
  ].join('\n')
  return { starts: false, exit: 101, message, origin, secrets: [] }
}
