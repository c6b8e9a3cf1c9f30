// All commands, in the order in which kubectl registers them (suggestions for a mistyped word come in this order).
import type { Command } from '../command.ts'
import { apply } from './apply.ts'
import { create } from './create.ts'
import { deleteCommand } from './delete.ts'
import { describe } from './describe.ts'
import { attach, exec } from './exec.ts'
import { get } from './get.ts'
import { annotate, label } from './label.ts'
import { logs } from './logs.ts'
import { patch } from './patch.ts'
import { rollout } from './rollout.ts'
import { scale } from './scale.ts'
import { set } from './set.ts'

export const commands: readonly Command[] = [
  create,
  set,
  get,
  deleteCommand,
  rollout,
  scale,
  describe,
  logs,
  attach,
  exec,
  apply,
  patch,
  label,
  annotate,
]
