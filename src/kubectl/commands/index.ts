// All commands, as the router sees them: by name, the rest is loaded with the command (loaders.ts).
import { type Command, commandsOf } from '../command.ts'
import { commandParts } from './loaders.ts'

export const commands: readonly Command[] = commandsOf(commandParts)
