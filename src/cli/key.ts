import { Option } from 'commander'
import { KEY_FORMAT_NAMES, PUBLIC_FORMAT_NAMES } from '../key/key-format.ts'
import { action, addCommand, type Cmd } from './command.ts'
import type { Edge } from './edge.ts'
import type { ConvertOptions } from './key-convert.ts'
import type { InspectOptions } from './key-inspect.ts'
import type { PublicOptions } from './key-public.ts'
import { addPassphraseOptions, DEFAULT_KEY_FILE, type PassphraseOptions } from './key-source.ts'
import { integer } from './options.ts'
import { targetOption } from './target-option.ts'

const OPERAND = `the key file, or - for standard input; ./${DEFAULT_KEY_FILE} when absent and nothing is piped in`

/** `key`: what a key file is, and the same key in another form. */
export function key(command: Cmd, edge: Edge): void {
  for (const add of [inspect, writePublic, convert, match]) add(command, edge)
}

function inspect(key: Cmd, edge: Edge): void {
  const command = addCommand(key, 'inspect', 'keys')
    .description('say what a key file is, and what each server does with it as its public key')
    .argument('[file]', OPERAND)
    .addOption(targetOption())
  addPassphraseOptions(command)
    .example('What a file is', 'resonate-auth key inspect private.pem')
    .example(
      'Whether a server can use it',
      'resonate-auth key inspect public.pem --target resonate@0.9',
    )
    .action(
      action<[string | undefined], InspectOptions>(edge, async (...all) => {
        const { inspectKey } = await import('./key-inspect.ts')
        return inspectKey(...all)
      }),
    )
}

function writePublic(key: Cmd, edge: Edge): void {
  const command = addCommand(key, 'public', 'keys')
    .description('write the public half of a key, for the server')
    .argument('[file]', OPERAND)
    .addOption(
      new Option('--to <form>', 'the form; spki, which servers read, when absent').choices(
        PUBLIC_FORMAT_NAMES,
      ),
    )
    .option('--kid <kid>', 'which key of a JWKS')
  addOutputOptions(command)
  addPassphraseOptions(command)
    .example('The public half of a private key', 'resonate-auth key public private.pem')
    .example('For a JWKS endpoint', 'resonate-auth key public private.pem --to jwks')
    .action(
      action<[string | undefined], PublicOptions>(edge, async (...all) => {
        const { writePublicHalf } = await import('./key-public.ts')
        return writePublicHalf(...all)
      }),
    )
}

function convert(key: Cmd, edge: Edge): void {
  const command = addCommand(key, 'convert', 'keys')
    .description('write a key in another form')
    .argument('[file]', OPERAND)
    .addOption(
      new Option(
        '--to <form>',
        'the form; pkcs8 for a private and spki for a public key when absent',
      ).choices(KEY_FORMAT_NAMES),
    )
  addOutputOptions(command)
  addPassphraseOptions(command)
  const renewed = [
    new Option(
      '--new-passphrase-file <file>',
      'encrypt with the passphrase on the one line of this file',
    ),
    new Option(
      '--new-passphrase-fd <number>',
      'encrypt with the passphrase from an open file descriptor',
    ).argParser(integer(0, 65_535)),
  ]
  for (const option of renewed) command.addOption(option.helpGroup('The key:'))
  command
    .example(
      'A private JWK',
      'resonate-auth key convert private.pem --to jwk --out private.jwk.json',
    )
    .example(
      'A public key in DER',
      'resonate-auth key convert public.pem --to spki-der --out p.der',
    )
    .action(
      action<[string | undefined], ConvertOptions>(edge, async (...all) => {
        const { convertKey } = await import('./key-convert.ts')
        return convertKey(...all)
      }),
    )
}

function match(key: Cmd, edge: Edge): void {
  const command = addCommand(key, 'match', 'keys')
    .description('say whether two files hold the same key pair')
    .argument('<file>', 'a key in any form, or - for standard input')
    .argument('<other-file>', 'the other one')
  addPassphraseOptions(command)
    .example('Do they belong together', 'resonate-auth key match private.pem public.pem')
    .action(
      action<[string, string], PassphraseOptions>(edge, async (...all) => {
        const { matchKeys } = await import('./key-match.ts')
        return matchKeys(...all)
      }),
    )
}

/** Where `public` and `convert` write. */
function addOutputOptions(command: Cmd): void {
  command
    .option(
      '-o, --out <file>',
      'where to write, a private key for you alone; standard output when absent',
    )
    .option('--force', 'replace the file')
}
