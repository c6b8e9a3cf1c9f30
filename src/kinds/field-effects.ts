// What each field of the pods, services, workloads, ingresses and network policies that the API accepts does here: by type
// of the schema, the code of src that heeds it, or why it has no effect. A test holds that no field is missing, that each
// stands in one place, and that the code names it.
// Fields of metadata are not in it, nor are the state and the status of anything.

import { networkEffects } from './field-effects/network.ts'
import { placementEffects } from './field-effects/placement.ts'
import { podEffects } from './field-effects/pods.ts'
import type { TypeEffects } from './field-effects/type-effects.ts'
import { volumeEffects } from './field-effects/volumes.ts'
import { workloadEffects } from './field-effects/workloads.ts'

/** The types whose fields, and those of all types that they hold, are listed. */
export const fieldRoots = [
  'io.k8s.api.core.v1.PodSpec',
  'io.k8s.api.core.v1.ServiceSpec',
  'io.k8s.api.batch.v1.JobSpec',
  'io.k8s.api.apps.v1.DeploymentSpec',
  'io.k8s.api.apps.v1.StatefulSetSpec',
  'io.k8s.api.apps.v1.DaemonSetSpec',
  'io.k8s.api.networking.v1.IngressSpec',
  'io.k8s.api.networking.v1.NetworkPolicySpec',
] as const

export interface FieldEffect {
  /** `Container`. */
  readonly type: string
  /** `image`; `*`: every field of the type. */
  readonly field: string
  /** The file of src that heeds it; undefined where nothing does. */
  readonly file?: string
  /** Why it has no effect. */
  readonly why?: string
}

/** The table row by row. */
export function* fieldEffects(): Generator<FieldEffect> {
  for (const [type, { without = {}, ...files }] of Object.entries(effects)) {
    for (const [file, fields] of Object.entries(files))
      for (const field of String(fields).split(' ')) yield { type, field, file }
    for (const [fields, why] of Object.entries(without))
      for (const field of fields.split(' ')) yield { type, field, why }
  }
}

/** What has no effect, by its reason: `Container.volumeDevices`, `NFSVolumeSource`. */
export function withoutEffect(): Map<string, string[]> {
  const reasons = new Map<string, string[]>()
  for (const { type, field, why } of fieldEffects()) {
    if (!why) continue
    const names = reasons.get(why) ?? []
    names.push(field === '*' ? type : `${type}.${field}`)
    reasons.set(why, names)
  }
  return reasons
}

const effects: Readonly<Record<string, TypeEffects>> = {
  ...podEffects,
  ...volumeEffects,
  ...placementEffects,
  ...workloadEffects,
  ...networkEffects,
}
