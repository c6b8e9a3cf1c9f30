// kustomize: a directory with a kustomization to the objects that it stands for (kustomize api/internal/target, api/krusty).
// Left out: remote bases, `configurations`, `crds` and `openapi`; charts and plugins are refused in words.
import type { KubeObject } from '../../kinds/object.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { dictOf, isObject } from '../print/values.ts'
import { readValues } from './documents.ts'
import {
  commonAnnotations,
  commonLabels,
  eachField,
  type FieldSpec,
  fieldSpec,
  metadataLabels,
  templateLabels,
} from './field-specs.ts'
import { addHashes, generate } from './generators.ts'
import { setImage, setReplicas } from './images.ts'
import {
  type Kustomization,
  type Replacement,
  readKustomization,
  readReplacement,
  type Variable,
} from './kustomization.ts'
import { type BuildOptions, Loader, prefixed } from './loader.ts'
import { affix, fixReferences, setNamespace } from './names.ts'
import { sorted } from './order.ts'
import { applyPatch, structuredCopy } from './patches.ts'
import { refuseCharts, refusePlugins } from './refused.ts'
import { replace, resolveVariables } from './replacements.ts'
import { addRes, isTree, metadataMap, newRes, type Res, type StringMap, type Tree } from './resource.ts'

const localOnly = 'config.kubernetes.io/local-config'

export function buildKustomization(ctx: Context, path: string, options: BuildOptions = {}): KubeObject[] {
  const loader = Loader.top(ctx, path, options)
  const variables: Variable[] = []
  const build = new Build(text => ctx.err(text), variables)
  const kustomization = build.read(loader)
  const list = build.accumulate(loader, kustomization, [])
  addHashes(list)
  fixReferences(list)
  resolveVariables(list, variables)
  if (kustomization.buildMetadata?.includes('managedByLabel'))
    for (const { object } of list)
      metadataMap(object, 'labels')['app.kubernetes.io/managed-by'] = 'kustomize-(devel)'
  const shown = list.filter(({ object }) => !object.metadata?.annotations?.[localOnly])
  return sorted(shown, kustomization.sortOptions).map(({ object }) => object)
}

class Build {
  readonly #warn: (text: string) => void
  readonly #variables: Variable[]

  constructor(warn: (text: string) => void, variables: Variable[]) {
    this.#warn = warn
    this.#variables = variables
  }

  read(loader: Loader): Kustomization {
    return readKustomization(loader, this.#warn)
  }

  /** What a kustomization makes of its resources and, for a component, of those that are there. */
  accumulate(loader: Loader, kustomization: Kustomization, given: readonly Res[]): Res[] {
    const list = [...given]
    prefixed('accumulating resources', () => {
      for (const path of [...(kustomization.resources ?? []), ...(kustomization.bases ?? [])])
        this.#addResource(list, loader, path)
    })
    this.#variables.push(...(kustomization.vars ?? []))
    refuseCharts(kustomization, loader)
    const plugin = (path: string) => readResources(loader, path)[0]?.object
    prefixed('loading generator plugins', () =>
      refusePlugins(kustomization.generators, loader, plugin, 'failed to load generator: '),
    )
    generate(list, kustomization, loader)
    let all = list
    for (const path of kustomization.components ?? [])
      all = prefixed('accumulating components', () => this.#addComponent(all, loader, path))
    refusePlugins(kustomization.transformers, loader, plugin)
    refusePlugins(kustomization.validators, loader, plugin)
    return transform(all, kustomization, loader)
  }

  #addResource(list: Res[], loader: Loader, path: string): void {
    let problem: CommandError
    try {
      const read = prefixed(`accumulating resources from '${path}'`, () => readResources(loader, path))
      prefixed(`merging resources from '${path}'`, () => addRes(list, read))
      return
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      problem = error
    }
    if (problem.message.includes('MalformedYAMLError')) throw problem
    prefixed(`accumulation err='${problem.message}'`, () => {
      const below = loader.below(path)
      const kustomization = prefixed(`couldn't make target for path '${below.root}'`, () => this.read(below))
      const more = prefixed(`recursed accumulation of path '${below.root}'`, () =>
        this.accumulate(below, kustomization, []),
      )
      prefixed(`recursed merging from path '${below.root}'`, () => addRes(list, more))
    })
  }

  #addComponent(list: readonly Res[], loader: Loader, path: string): Res[] {
    const below = loader.below(path)
    const kustomization = prefixed(`couldn't make target for path '${below.root}'`, () => this.read(below))
    const kind = kustomization.kind ?? 'Kustomization'
    if (kind !== 'Component')
      throw new CommandError(
        `accumulateDirectory: "expected kind 'Component' for path '${below.root}' but got '${kind}'"`,
      )
    return prefixed(`recursed accumulation of path '${below.root}'`, () =>
      this.accumulate(below, kustomization, list),
    )
  }
}

function readResources(loader: Loader, path: string): Res[] {
  const remote = /^https?:\/\/([^/:]+)/.exec(path)
  if (remote)
    throw new CommandError(`Get ${JSON.stringify(path)}: dial tcp: lookup ${remote[1]}: no such host`)
  const list: Res[] = []
  const add = (value: unknown): void => {
    if (!isObject(value)) throw new CommandError(`MalformedYAMLError: wrong Node Kind in File: ${path}`)
    if (String(value.kind).endsWith('List') && Array.isArray(value.items)) {
      for (const item of value.items) add(item)
      return
    }
    if (!value.kind) throw new CommandError(`missing Resource metadata`)
    const { name, generateName } = dictOf(value, 'metadata')
    if (!isTree(value) || (!name && !generateName))
      throw new CommandError(
        `missing metadata.name in object {{${value.apiVersion ?? ''} ${value.kind}} {{ } map[] map[]}}`,
      )
    list.push(newRes(structuredCopy(value) as Tree))
  }
  for (const document of readValues(loader.read(path))) {
    if ('error' in document)
      throw new CommandError(`MalformedYAMLError: yaml: ${document.error.problem} in File: ${path}`)
    add(document.value)
  }
  return list
}

/** The built-in transformers, in their order. */
function transform(given: readonly Res[], kustomization: Kustomization, loader: Loader): Res[] {
  let list = [...given]
  for (const entry of kustomization.patchesStrategicMerge ?? [])
    list = applyPatch(list, loader.exists(entry) ? { path: entry } : { patch: entry }, loader)
  for (const patch of kustomization.patches ?? []) list = applyPatch(list, patch, loader)
  setNamespace(list, kustomization.namespace ?? '')
  affix(list, kustomization.namePrefix ?? '', '')
  affix(list, '', kustomization.nameSuffix ?? '')
  for (const { pairs = {}, includeSelectors, includeTemplates, fields = [] } of kustomization.labels ?? [])
    setPairs(list, pairs, [
      ...fields.map(fieldSpec),
      ...(includeSelectors ? commonLabels : [...(includeTemplates ? templateLabels : []), ...metadataLabels]),
    ])
  setPairs(list, kustomization.commonLabels ?? {}, commonLabels)
  setPairs(list, kustomization.commonAnnotations ?? {}, commonAnnotations)
  for (const patch of kustomization.patchesJson6902 ?? []) list = applyPatch(list, patch, loader)
  for (const replicas of kustomization.replicas ?? []) setReplicas(list, replicas)
  for (const image of [...(kustomization.imageTags ?? []), ...(kustomization.images ?? [])])
    for (const { object } of list) setImage(object, image)
  for (const { path, ...replacement } of kustomization.replacements ?? [])
    for (const one of path ? readReplacements(loader, path) : [replacement]) replace(list, one)
  return list
}

function readReplacements(loader: Loader, path: string): Replacement[] {
  for (const document of readValues(loader.read(path)))
    if ('value' in document)
      return (Array.isArray(document.value) ? document.value : [document.value]).map(readReplacement)
  return []
}

function setPairs(list: readonly Res[], pairs: StringMap, specs: readonly FieldSpec[]): void {
  if (!Object.keys(pairs).length) return
  for (const res of list)
    eachField(res, specs, (parent, key) => {
      parent[key] = { ...dictOf(parent, key), ...pairs }
    })
}
