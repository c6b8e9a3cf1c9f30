// All commands, in the order in which kubectl registers them (suggestions for a mistyped word come in this order).
import type { Command } from '../command.ts'
import { apply } from './apply.ts'
import { autoscale } from './autoscale.ts'
import { apiResources, apiVersions, clusterInfo, help, options, top, version } from './cluster.ts'
import { create } from './create.ts'
import { deleteCommand } from './delete.ts'
import { describe } from './describe.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { attach, exec } from './exec.ts'
import { expose } from './expose.ts'
import { get } from './get.ts'
import { annotate, label } from './label.ts'
import { logs } from './logs.ts'
import { patch } from './patch.ts'
import { replace } from './replace.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { set } from './set.ts'
import { waitCommand } from './wait.ts'

export const commands: readonly Command[] = [
  create,
  expose,
  run,
  set,
  get,
  edit,
  deleteCommand,
  rollout,
  scale,
  autoscale,
  clusterInfo,
  top,
  describe,
  logs,
  attach,
  exec,
  events,
  apply,
  patch,
  replace,
  waitCommand,
  label,
  annotate,
  version,
  apiVersions,
  apiResources,
  options,
  help,
]
