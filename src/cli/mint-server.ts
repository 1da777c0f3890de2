import { AuthError } from '../errors.ts'
import type { AuthSettings } from '../target/target.ts'
import type { RegisteredClaims } from '../token/claims.ts'
import { findConfiguration } from './configuration-source.ts'
import { readConfiguredAuth } from './configured-auth.ts'
import type { Conversation } from './conversation.ts'
import type { MintOptions } from './mint.ts'

/** The server that a token is minted for, as its configuration describes it. */
export interface MintServer {
  /** The claims that it asks for and no flag sets. */
  readonly taken: Pick<RegisteredClaims, 'iss' | 'aud'>
  /** What it checks signatures with; absent = auth is off. */
  readonly key?: AuthSettings['key']
  /** The key file as configured, for a person. */
  readonly keyName: string
  /** The configuration was named, not found: what it rejects is not minted. */
  readonly named: boolean
}

/** The server of the named or discovered configuration; undefined when there is none that can be used. */
export async function findMintServer(
  talk: Conversation,
  options: MintOptions,
): Promise<MintServer | undefined> {
  const gathered = await findConfiguration(talk, options)
  if (gathered === undefined) return undefined
  const { configuration } = gathered
  const named = options.config !== undefined
  if (configuration.start.starts === false) {
    const hint = 'see "resonate-auth config" for what it says'
    if (named)
      throw new AuthError(
        'ERR_NOTHING_TO_JUDGE',
        'the server would not start with this configuration',
        {
          hints: [hint],
        },
      )
    talk.warn(`the server would not start with it, so nothing is taken from it; ${hint}`)
    return undefined
  }
  const { publickey, load, iss, aud } = readConfiguredAuth(gathered, options)
  const key = load === undefined || load === 'none' ? load : load.starts ? load.key : undefined
  return {
    taken: { ...(iss !== undefined && { iss }), ...(aud !== undefined && { aud: [aud] }) },
    ...(key !== undefined && { key }),
    keyName: publickey ?? '',
    named,
  }
}
