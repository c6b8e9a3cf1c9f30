import type { CommandResult } from './types.ts'

/** A call that cannot be meant so, or a condition that did not come about; its message says which and why. */
export class WorldError extends Error {
  override readonly name = 'WorldError'
  /** The command that failed, where one did. */
  readonly result: CommandResult | undefined
  constructor(message: string, result?: CommandResult) {
    super(message)
    this.result = result
  }
}
