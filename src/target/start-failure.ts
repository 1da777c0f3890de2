/** At which step a server's start failed, by the text it prints. */
export type StartFailure =
  | 'arguments'
  | 'panic'
  | 'file'
  | 'syntax'
  | 'type'
  | 'missing'
  | 'unknown-key'
  | 'storage'
  | 'limits'
  | 'key-file'
  | 'key'
  | 'bind'
  | 'other'

/**
 * In the order of the server's start; main.rs and config.rs at tag v0.9.8, configs.jsonl. Where the plugin layout of 0.10
 * says it otherwise, its words stand beside (resonate-base config.rs, serve.rs); those
 * of the Go server stand at the end (viper, mapstructure).
 */
const MESSAGES: readonly (readonly [RegExp, StartFailure])[] = [
  [/^Fatal: (?:Configuration error|configuration): TOML parse error/, 'syntax'],
  [/^Fatal: Configuration error: (?:missing field)/, 'missing'],
  [
    /^Fatal: (?:Configuration error|[\w.-]+): (?:invalid (?:type|value|length)|unknown (?:variant|field))/,
    'type',
  ],
  [/^Fatal: (?:Configuration error|configuration): /, 'file'],
  [/^(?:Fatal: )?(?:unknown configuration: |\S+: unknown setting;)/, 'unknown-key'],
  [
    /^Fatal: (?:Unknown storage backend|storage\.type=|MySQL|Failed to (?:connect to|initialize|open))/,
    'storage',
  ],
  [/^Fatal: [a-z_.]+:? must be at least 1/, 'limits'],
  [/^Fatal: (?:gateway '\w+' failed to start: )?Failed to read public key file/, 'key-file'],
  [/^Fatal: (?:gateway '\w+' failed to start: )?Unsupported or invalid public key/, 'key'],
  [/^Fatal: Failed to bind/, 'bind'],
  [/^Error: While parsing config: /, 'file'],
  [/^Error: decoding failed due to/, 'type'],
]

/** Classifies a failed start by its exit status and its standard error. */
export function classifyStart(exit: number, message: string): StartFailure {
  if (exit === 2) return 'arguments'
  if (exit === 101) return 'panic'
  return MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? 'other'
}

/** Whether the configuration was not even loaded: nothing can be said of what is absent from it. */
export function stopsLoading(failure: StartFailure): boolean {
  return ['arguments', 'panic', 'file', 'syntax', 'type', 'missing', 'unknown-key'].includes(
    failure,
  )
}
