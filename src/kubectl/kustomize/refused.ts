// What kustomize leaves to other programs, which are not on this machine: charts to helm, generators and transformers that
// are no fields to plugins. They fail in kustomize's words (api/internal/{target,plugins}).

import type { KubeObject } from '../../kinds/object.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import { CommandError } from '../errors.ts'
import { type Dict, dictOf, listOf } from '../print/values.ts'
import type { Kustomization } from './kustomization.ts'
import type { Loader } from './loader.ts'

export function refuseCharts({ helmCharts, helmGlobals }: Kustomization, { ctx, options }: Loader): void {
  const [chart] = listOf({ helmCharts }, 'helmCharts')
  if (!chart) return
  const { helm } = options
  if (helm === undefined) {
    const config: Dict = { ...dictOf({ helmGlobals }, 'helmGlobals'), ...chart }
    const ordered = Object.fromEntries(
      Object.keys(config)
        .sort()
        .map(key => [key, config[key]]),
    )
    throw new CommandError(
      `trouble configuring builtin HelmChartInflationGenerator with config: \`\n${stringifyYaml(ordered)}\`: must specify --enable-helm`,
    )
  }
  const directory = `/tmp/kustomize-helm-${1e9 + Math.floor(ctx.process.engine.random.float() * 9e9)}/helm`
  throw new CommandError(
    `unable to run: '${helm} version -c --short' with env=[HELM_CONFIG_HOME=${directory} HELM_CACHE_HOME=${directory}/.cache HELM_DATA_HOME=${directory}/.data] (is '${helm}' installed?): exec: ${JSON.stringify(helm)}: executable file not found in $PATH`,
  )
}

/** `generators`, `transformers` and `validators`: files, or manifests themselves. */
export function refusePlugins(
  paths: readonly string[] | undefined,
  loader: Loader,
  read: (path: string) => KubeObject | undefined,
  prefix = '',
): void {
  for (const path of paths ?? []) {
    const { kind = '', apiVersion = '' } = (path.includes('\n') ? undefined : read(path)) ?? inText(path)
    if (apiVersion === 'builtin')
      throw new CommandError(
        `${kind} as a file is not simulated here: write the field of the kustomization that does the same`,
      )
    if (!loader.options.hasPlugins)
      throw new CommandError(`${prefix}external plugins disabled; unable to load external plugin '${kind}'`)
    const home = loader.ctx.process.env.get('HOME') ?? '/root'
    throw new CommandError(
      `${prefix}unable to find plugin root - tried: ('<no value>'; homed in $KUSTOMIZE_PLUGIN_HOME), ('<no value>'; homed in $XDG_CONFIG_HOME), ('${home}/.config/kustomize/plugin'; homed in default value of $XDG_CONFIG_HOME), ('${home}/kustomize/plugin'; homed in home directory)`,
    )
  }
}

function inText(text: string): { kind: string; apiVersion: string } {
  const field = (name: string) => new RegExp(`^${name}: *(\\S+)`, 'm').exec(text)?.[1] ?? ''
  return { kind: field('kind'), apiVersion: field('apiVersion') }
}
