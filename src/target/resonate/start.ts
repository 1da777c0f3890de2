import type { Start } from '../../config/configuration.ts'
import type { Origin } from '../../config/setting.ts'
import type { Environment } from './environment.ts'
import type { ArgumentsRead } from './flags.ts'
import { faultOrigin, type SourceFile } from './source-file.ts'

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

/** The start where its inputs decide it before any setting is looked at; undefined where it goes on. */
export function judgeInputs(
  args: ArgumentsRead,
  environment: Environment,
  file: SourceFile,
): Start | undefined {
  if (args.kind === 'exit') {
    const { exit, message, origin } = args
    return { starts: false, exit, message, secrets: [], ...(origin !== undefined && { origin }) }
  }
  if (args.kind === 'unknown') return unknownStart(args.decides, args.origin)
  if (!environment.ok) return failedPanic(environment.panic, environment.origin)
  const [deep] = environment.deep
  if (deep !== undefined)
    return unknownStart(
      `whether the server's stack holds ${deep.name}, so deeply nested`,
      deep.origin,
    )
  return file.kind === 'unknown' ? unknownStart(file.decides, faultOrigin(file)) : undefined
}

/** What the Rust runtime prints; the thread's number and the place of the sources vary and stand as $TID and $CARGO. */
function failedPanic(panic: string, origin: Origin): Start {
  const message = [
    '',
    "thread 'main' ($TID) panicked at $CARGO/figment-0.10.19/src/value/escape.rs:28:47:",
    panic,
    'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
    '',
  ].join('\n')
  return { starts: false, exit: 101, message, origin, secrets: [] }
}
