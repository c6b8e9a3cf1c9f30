// All commands, as the router sees them: by name, the rest is loaded with the command (loaders.ts).
import type { Command } from '../command.ts'
import { commandParts } from './loaders.ts'

export const commands: readonly Command[] = commandParts.names.map(name => ({
  name,
  whole: () => commandParts.get(name),
}))
