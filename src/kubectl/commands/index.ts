// All commands, in the order in which kubectl registers them (suggestions for a mistyped word come in this order).
import type { Command } from '../command.ts'
import { apply } from './apply.ts'
import { auth } from './auth.ts'
import { autoscale } from './autoscale.ts'
import { certificate } from './certificate.ts'
import { apiResources, apiVersions, clusterInfo, help, options, version } from './cluster.ts'
import { complete } from './complete.ts'
import { config } from './config.ts'
import { cp } from './cp.ts'
import { create } from './create.ts'
import { debug } from './debug.ts'
import { deleteCommand } from './delete.ts'
import { describe } from './describe.ts'
import { diff } from './diff.ts'
import { cordon, drain, uncordon } from './drain.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { attach, exec } from './exec.ts'
import { explain } from './explain.ts'
import { expose } from './expose.ts'
import { completion, plugin } from './extras.ts'
import { get } from './get.ts'
import { kustomize } from './kustomize.ts'
import { annotate, label } from './label.ts'
import { logs } from './logs.ts'
import { patch } from './patch.ts'
import { portForward, proxy } from './port-forward.ts'
import { replace } from './replace.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { set } from './set.ts'
import { taint } from './taint.ts'
import { top } from './top.ts'
import { waitCommand } from './wait.ts'

export const commands: readonly Command[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  deleteCommand,
  rollout,
  scale,
  autoscale,
  certificate,
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  attach,
  exec,
  portForward,
  proxy,
  cp,
  auth,
  debug,
  events,
  diff,
  apply,
  patch,
  replace,
  waitCommand,
  kustomize,
  label,
  annotate,
  completion,
  config,
  plugin,
  version,
  apiVersions,
  apiResources,
  options,
  help,
  complete,
]
