import type { Start } from '../../config/configuration.ts'
import type { FileRead } from '../../config/file.ts'
import type { Origin } from '../../config/setting.ts'
import type { Decoded } from './decode.ts'
import type { GoVersion } from './settings.ts'

/** What the start-up needs of a decoded setting. */
export interface StartSetting {
  readonly value: Decoded | undefined
  readonly origin: Origin
}

export interface StartRequest {
  readonly version: GoVersion
  /** By the key as documented. */
  readonly setting: (key: string) => StartSetting
  readonly files: (path: string) => FileRead | undefined
}

export type FailedStart = Extract<Start, { readonly starts: false }>

/** A start that ends with `exit` and `message` on standard error. */
export function failStart(exit: number, message: string, origin?: Origin): FailedStart {
  return { starts: false, exit, message, ...(origin !== undefined && { origin }), secrets: [] }
}

/** A start that fails with `Error: message`, as cobra prints what a command returns. */
export function refuseStart(message: string, origin?: Origin): FailedStart {
  return failStart(1, `Error: ${message}`, origin)
}

/** A start that ends in a Go panic; the stack that follows is left out. */
export function panicStart(message: string, origin?: Origin): FailedStart {
  return failStart(2, `panic: ${message}\n(goroutine stack left out)`, origin)
}

/** A start that nobody can foretell from the configuration: `decides` is what it depends on. */
export function unknownStart(decides: string, origin: Origin): Start {
  return { starts: 'unknown', decides, origin }
}

/** Whether the files do not tell a value. */
export function isUnknown(value: Decoded | undefined): value is { readonly unknown: string } {
  return typeof value === 'object' && 'unknown' in value
}

/** Whether a part of the server is switched on. */
export function isOn({ setting }: StartRequest, part: string): boolean {
  return setting(`${part}.enabled`).value === true
}
