import { Option } from 'commander'
import { Cmd } from '../../../src/cli/command.ts'

/** A small command line with all that the documents must cope with. */
export function sampleProgram(): Cmd {
  const root = new Cmd('resonate-auth').description('a sample').version('0.0.0')
  root
    .command('sign')
    .helpGroup('Tokens:')
    .alias('issue')
    .description(`say "it's" [so]: \\n\n.TH in a line of its own\n'br too`)
    .argument('[claims-file]', 'the claims')
    .option('-k, --key <file>', 'the key')
    .addOption(new Option('--alg <name>', 'the algorithm').choices(['ES256', 'EdDSA']))
    .option('--folder <directory>', 'where to write')
    .option('--note <text>', 'anything')
    .addOption(new Option('--secret-door').hideHelp())
    .example('Sign claims', 'resonate-auth sign claims.json --key private.pem')
  const key = root.command('key').helpGroup('Keys:').description('what a key file is')
  key.command('inspect').description('describe a key file').argument('<file>', 'the key')
  key.command('match').description('compare two').argument('<file...>', 'the keys')
  root.command('hidden', { hidden: true }).description('not for the documents')
  return root
}
