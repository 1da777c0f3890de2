import { ExitCode } from '../errors.ts'

/** What each exit status says, whatever the command and the output format. */
export const EXIT_STATUSES: readonly { readonly status: number; readonly meaning: string }[] = [
  { status: ExitCode.ok, meaning: 'done; the answer is yes; nothing was found' },
  {
    status: ExitCode.no,
    meaning: 'the answer is no: rejected, forbidden, different, or findings that count',
  },
  { status: ExitCode.usage, meaning: 'the command line or the settings are wrong' },
  {
    status: ExitCode.failure,
    meaning: 'it could not be done: unreadable, refused, nothing to judge, or a bug',
  },
  { status: ExitCode.interrupted, meaning: 'interrupted' },
]
