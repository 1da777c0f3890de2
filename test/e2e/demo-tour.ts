import type { Stage } from './stage.ts'

/** From a key pair to a mended configuration. */
export function showTour(stage: Stage): void {
  stage.say('A key pair: the private half signs tokens here, the public half goes to the server.')
  stage.show('resonate-auth keygen')

  stage.say('A token for a worker, judged as the server would judge it before it is handed out.')
  stage.put('worker.jwt', stage.show('resonate-auth mint --prefix worker-1'))

  stage.say('What is in it.')
  stage.show('resonate-auth decode @worker.jwt')

  stage.say('Would the server accept it?')
  stage.show('resonate-auth verify @worker.jwt --publickey public.pem')

  stage.say('The server answers a bad token with "Unauthorized" and no more. Here is why.')
  stage.show('resonate-auth verify @worker.jwt --publickey public.pem --at 2099-01-01T00:00:00Z', 1)

  stage.say('A configuration that looks secure: a misspelled section, so nobody has to sign in.')
  stage.write('resonate.toml', '[Auth]\npublickey = "public.pem"\n')
  stage.show('resonate-auth lint resonate.toml', 1)

  stage.say('The same, mended.')
  stage.write(
    'resonate.toml',
    '[auth]\npublickey = "public.pem"\n\n[observability]\nmetrics_port = 0\n',
  )
  stage.show('resonate-auth lint resonate.toml')
}
