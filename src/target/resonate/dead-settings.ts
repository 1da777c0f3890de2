/** Keys that a Rust server of 0.9 takes and never uses (config.rs, main.rs at tag v0.9.8), and why. */
export const DEAD_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['observability.otlp_endpoint', 'nothing in the server reads it: no traces are exported'],
  ['transports.gcps.project', 'the project is read from the address of each message'],
  ['transports.http_push.concurrency', 'it has no effect up to 0.9.8'],
])
