import { Option } from 'commander'
import type { Cmd } from './command.ts'

/** How the rows of a batch are written. */
export const ROW_FORMS = ['csv', 'jsonl'] as const

export type RowForm = (typeof ROW_FORMS)[number]

/** What the tokens of a batch are written as. */
export const BATCH_FORMS = ['jsonl', 'token', 'env', 'dotenv'] as const

export type BatchForm = (typeof BATCH_FORMS)[number]

/** The options of `mint --batch` as commander gives them. */
export interface BatchOptions {
  readonly batch?: string
  readonly batchFormat?: RowForm
  readonly outDir?: string
  readonly outFormat?: BatchForm
  readonly spool?: boolean
  readonly resume?: boolean
}

/** Adds `--batch` and what goes with it. */
export function addBatchOptions(command: Cmd): Cmd {
  const options = [
    new Option(
      '--batch <file>',
      'a token for each row of a CSV file with a header, or of JSON Lines; - for standard input',
    ),
    new Option(
      '--batch-format <form>',
      'how the rows are written; seen by itself when absent',
    ).choices(ROW_FORMS),
    new Option('--out-dir <directory>', 'one file for each token, named after its id'),
    new Option(
      '--out-format <form>',
      'what is written; jsonl when absent, token with --out-dir',
    ).choices(BATCH_FORMS),
    new Option('--spool', 'keep standard input aside and check all of it before the first token'),
    new Option('--resume', 'go on with the --out or --out-dir of a run that was interrupted'),
  ]
  for (const option of options) command.addOption(option.helpGroup('Many tokens:'))
  return command
}
