import { createSign } from 'node:crypto'
import type { Stage } from './stage.ts'

/**
 * The token authentication recipe of Resonate's public examples, written for the Go server, against today's Rust server:
 * what fails at each step, and the step that works.
 */
export function mendRecipe(stage: Stage): void {
  stage.say(
    'Step 1 of the recipe makes an RSA key pair. That still works: the server takes RSA keys.',
  )
  stage.show(
    'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private_key.pem 2>/dev/null',
  )
  stage.show('openssl pkey -in private_key.pem -pubout -out public_key.pem')

  stage.say('Step 2 starts the server with a flag that only the Go server knew.')
  stage.show('resonate-auth lint -- serve --api-auth-public-key public_key.pem', 1)
  stage.say('The flag of today.')
  stage.show('resonate-auth lint -- serve --auth-publickey public_key.pem')

  stage.say("Step 3 signs a token: jwt encode -A RS256 -S @private_key.pem -P prefix=''")
  stage.put('recipe.jwt', sign(stage.read('private_key.pem'), { prefix: '' }))
  stage.show('resonate-auth decode @recipe.jwt')
  stage.say('It never expires, and this server refuses every such token.')
  stage.show('resonate-auth verify @recipe.jwt --publickey public_key.pem', 1)
  stage.say('The Go server took it, which is why the recipe once worked.')
  stage.show('resonate-auth verify @recipe.jwt --publickey public_key.pem --target resonate-go@0.8')
  stage.say('The same claims with a lifetime.')
  stage.put('token.jwt', stage.show('resonate-auth mint --key private_key.pem --all-ids --exp 1d'))
  stage.show('resonate-auth verify @token.jwt --publickey public_key.pem')

  stage.say(
    'Step 4 says that a token without a prefix is unauthorized. It is let in, and forbidden.',
  )
  const exp = Math.floor(Date.now() / 1000) + 3600
  stage.put('bare.jwt', sign(stage.read('private_key.pem'), { exp }))
  stage.show('resonate-auth can promise.get foo @bare.jwt --publickey public_key.pem', 1)

  stage.say('Step 5 opens "myPrefix" alone. Compared letter by letter, that opens more.')
  stage.show('resonate-auth can promise.get myPrefix2.foo --prefix myPrefix')
  stage.show('resonate-auth can promise.get myPrefix2.foo --prefix myPrefix.', 1)

  stage.say('Step 6 leaves the token to the SDK. What the SDK does with it:')
  stage.show('resonate-auth explain sdk typescript')
}

/** A token as jwt-cli writes it: RS256, `iat` and the claims given, nothing else. */
function sign(privateKey: string, claims: Readonly<Record<string, unknown>>): string {
  const encode = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url')
  const iat = Math.floor(Date.now() / 1000)
  const input = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode({ iat, ...claims })}`
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`
}
