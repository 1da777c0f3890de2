import { UsageError } from '../errors.ts'
import type { Conversation } from './conversation.ts'

/** The operands before `--`; commander counts what stands behind it as operands too. */
export function ownOperands(
  { afterDashes }: Conversation,
  first: string | undefined,
  more: readonly string[],
): readonly string[] {
  const operands = first === undefined ? [] : [first, ...more]
  return operands.slice(0, operands.length - afterDashes.length)
}

/** The one operand before `--`, called `what` in the error about more. Throws UsageError. */
export function onlyOperand(
  talk: Conversation,
  what: string,
  first: string | undefined,
  more: readonly string[],
): string | undefined {
  const [own, ...surplus] = ownOperands(talk, first, more)
  if (surplus.length > 0)
    throw new UsageError(`one ${what} is read, not ${surplus.length + 1}`, {
      hints: ["the server's arguments stand after --"],
    })
  return own
}
