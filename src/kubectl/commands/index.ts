// All commands, in the order in which kubectl registers them (suggestions for a mistyped word come in this order).
import type { Command } from '../command.ts'
import { get } from './get.ts'

export const commands: readonly Command[] = [get]
