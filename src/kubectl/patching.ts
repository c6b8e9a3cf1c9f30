// Commands that read objects, change a field and send the difference as a patch (kubectl pkg/cmd/set/helper.go).

import { mergePatch } from '../api/patch/merge.ts'
import { strategicMergePatch } from '../api/patch/strategic.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { PodSpec } from '../kinds/schema/types.ts'
import { structType } from '../kinds/schema.ts'
import type { Info } from './builder.ts'
import type { Query } from './client.ts'
import type { Context } from './context.ts'
import { qualifiedPlural, type Resource } from './discovery.ts'
import { CommandError, StatusError } from './errors.ts'
import { twoWayPatch } from './three-way.ts'

/** Sends what changed between the two; the object as the server answers, or as it was where nothing changed. */
export function sendChange(
  ctx: Context,
  info: Info,
  changed: AnyObject,
  query: Query,
  type?: 'merge',
): AnyObject {
  const { resource, namespace, name } = info
  const patch = type
    ? mergeDifference(info.object, changed)
    : twoWayPatch(resource.schema, info.object, changed)
  return ctx.client.patch(resource, namespace, name, type ?? patchTypeOf(resource), patch, query)
}

export const patchTypeOf = (resource: Resource): 'strategic' | 'merge' =>
  resource.schema && structType(resource.schema) ? 'strategic' : 'merge'

export const mergeDifference = (before: AnyObject, after: AnyObject): object => twoWayPatch('', before, after)

/** A patch carried out here, for --dry-run=client and --local. */
export function patchLocally(resource: Resource, object: AnyObject, patch: object): AnyObject {
  const type = resource.schema ? structType(resource.schema) : undefined
  return (type ? strategicMergePatch(object, { ...patch }, type) : mergePatch(object, patch)) as AnyObject
}

/** `deployments.apps "web" is already paused`. */
export const objectError = ({ resource, name }: Info, message: string): CommandError =>
  new CommandError(`error: ${qualifiedPlural(resource)} ${JSON.stringify(name)} ${message}`)

/** The pod template's spec of anything that has one; undefined otherwise (polymorphichelpers.UpdatePodSpecForObject). */
export function podSpecOf(object: AnyObject): PodSpec | undefined {
  if (object.kind === 'Pod') return object.spec
  return (object.spec?.template ?? object.spec?.jobTemplate?.spec?.template)?.spec
}

/** The object with another pod spec; everything on the way is copied. */
export function withPodSpec(object: AnyObject, spec: unknown): AnyObject {
  const { spec: outer } = object
  if (object.kind === 'Pod') return { ...object, spec }
  if (outer.template) return { ...object, spec: { ...outer, template: { ...outer.template, spec } } }
  const job = outer.jobTemplate
  return {
    ...object,
    spec: {
      ...outer,
      jobTemplate: { ...job, spec: { ...job.spec, template: { ...job.spec.template, spec } } },
    },
  }
}

/** Runs `act` for each info and gathers what went wrong. */
export function forEach(infos: readonly Info[], errors: Error[], act: (info: Info) => void): void {
  for (const info of infos)
    try {
      act(info)
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof StatusError)) throw error
      errors.push(error)
    }
}
