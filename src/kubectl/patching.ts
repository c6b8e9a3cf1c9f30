// Commands that read objects, change a field and send the difference as a patch (kubectl pkg/cmd/set/helper.go).

import { mergePatch } from '../api/patch/merge.ts'
import { strategicMergePatch } from '../api/patch/strategic.ts'
import type { KnownObject, KubeObject } from '../kinds/object.ts'
import type {
  DaemonSet,
  Deployment,
  Job,
  PodSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../kinds/schema/types.ts'
import { structType } from '../kinds/schema.ts'
import type { Info } from './builder.ts'
import type { Query } from './client.ts'
import type { Context } from './context.ts'
import { type Held, qualifiedPlural, type Resource, type ResourceOf } from './discovery.ts'
import { CommandError, StatusError } from './errors.ts'
import { twoWayPatch } from './three-way.ts'

/** Sends what changed between the two; the object as the server answers, or as it was where nothing changed. */
export function sendChange<T extends KubeObject>(
  ctx: Context,
  info: Info<T>,
  changed: T,
  query: Query,
  type?: 'merge',
): Held<ResourceOf<T>> {
  const { resource, namespace, name } = info
  const patch = type
    ? mergeDifference(info.object, changed)
    : twoWayPatch(resource.schema, info.object, changed)
  return ctx.client.patch(resource, namespace, name, type ?? patchTypeOf(resource), patch, query)
}

export const patchTypeOf = (resource: Resource): 'strategic' | 'merge' =>
  resource.schema && structType(resource.schema) ? 'strategic' : 'merge'

export const mergeDifference = (before: KubeObject, after: KubeObject): object =>
  twoWayPatch('', before, after)

/** A patch carried out here, for --dry-run=client and --local. */
export function patchLocally(resource: Resource, object: KubeObject, patch: object): KubeObject {
  const type = resource.schema ? structType(resource.schema) : undefined
  return (
    type ? strategicMergePatch({ ...object }, { ...patch }, type) : mergePatch(object, patch)
  ) as KubeObject
}

/** `deployments.apps "web" is already paused`. */
export const objectError = ({ resource, name }: Info, message: string): CommandError =>
  new CommandError(`error: ${qualifiedPlural(resource)} ${JSON.stringify(name)} ${message}`)

/** What has a template of pods at its `spec.template`. */
type Templated = Deployment | ReplicaSet | ReplicationController | StatefulSet | DaemonSet | Job

const isTemplated = (object: KnownObject): object is Templated =>
  ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job'].includes(
    object.kind,
  )

/** The spec of a pod, or of the pods that something makes; undefined of all else (UpdatePodSpecForObject). */
export function podSpecOf(object: KnownObject): PodSpec | undefined {
  if (object.kind === 'Pod') return object.spec
  // What a file says need not be whole.
  if (object.kind === 'CronJob') return object.spec?.jobTemplate?.spec?.template?.spec
  return isTemplated(object) ? object.spec?.template?.spec : undefined
}

/** The object with another spec of its pods, where it has one; everything on the way is copied. */
export function withPodSpec(object: KnownObject, spec: PodSpec): KnownObject {
  if (object.kind === 'Pod') return { ...object, spec }
  if (object.kind === 'CronJob') {
    const { jobTemplate } = object.spec
    const job = { ...jobTemplate.spec, template: { ...jobTemplate.spec.template, spec } }
    return { ...object, spec: { ...object.spec, jobTemplate: { ...jobTemplate, spec: job } } }
  }
  return isTemplated(object) ? withTemplate(object, spec) : object
}

const withTemplate = <T extends Templated>(object: T, spec: PodSpec): T => ({
  ...object,
  spec: { ...object.spec, template: { ...object.spec.template, spec } },
})

/** Runs `act` for each info and gathers what went wrong. */
export function forEach<I extends Info>(infos: readonly I[], errors: Error[], act: (info: I) => void): void {
  for (const info of infos)
    try {
      act(info)
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof StatusError)) throw error
      errors.push(error)
    }
}
