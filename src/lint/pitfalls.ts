/** Pitfalls that no rule can see in a configuration, by their number, with what is done instead. */
export const NO_RULE: ReadonlyMap<number, { readonly pitfall: string; readonly why: string }> =
  new Map([
    [
      26,
      {
        pitfall: 'a proxy that relies on the Authorization header of POST /',
        why: 'the proxy is outside of the configuration; "resonate-auth answer" shows what such a request gets',
      },
    ],
    [
      96,
      {
        pitfall: 'the TypeScript SDK does not send RESONATE_TOKEN when it polls',
        why: 'it lies in the code of the worker; "resonate-auth explain sdk typescript" tells it',
      },
    ],
    [
      97,
      {
        pitfall: 'the TypeScript SDK takes 401 and 403 for a failing network',
        why: 'it lies in the code of the worker; "resonate-auth verify" tells whether its token passes',
      },
    ],
  ])

/** How many pitfalls of the Rust server are known; each has a rule or a reason. */
export const PITFALLS = 97
