// All commands, in the order in which kubectl registers them (suggestions for a mistyped word come in this order).
import type { Command } from '../command.ts'
import { apply } from './apply.ts'
import { create } from './create.ts'
import { deleteCommand } from './delete.ts'
import { describe } from './describe.ts'
import { get } from './get.ts'
import { rollout } from './rollout.ts'

export const commands: readonly Command[] = [create, get, deleteCommand, rollout, describe, apply]
