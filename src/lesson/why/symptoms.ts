// The symptoms, in the order in which they are asked for: what blocks comes before what follows from it.
import type { Refusal } from '../../api/refusals.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Trace } from '../../network/trace.ts'
import { autoscaler } from './autoscaler.ts'
import { claim } from './claim.ts'
import { containerConfig } from './container-config.ts'
import { crash } from './crash.ts'
import { gone } from './gone.ts'
import { image } from './image.ts'
import { ingressSymptom, routedSymptom } from './ingress.ts'
import { cronJob, job } from './jobs.ts'
import { nameSymptom } from './lookup.ts'
import { node } from './node.ts'
import { notCreated } from './not-created.ts'
import { notReady } from './not-ready.ts'
import { refused } from './refused.ts'
import { requestSymptom } from './request.ts'
import { rollout } from './rollout.ts'
import { serviceSymptom } from './service.ts'
import type { Subject, Symptom } from './symptom.ts'
import { terminating } from './terminating.ts'
import { unscheduled } from './unscheduled.ts'

const objectSymptoms: readonly Symptom<KubeObject>[] = [
  terminating,
  // Pods
  unscheduled,
  image,
  containerConfig,
  crash,
  notReady,
  // What makes pods
  job,
  cronJob,
  notCreated,
  rollout,
  autoscaler,
  // What leads to them
  serviceSymptom,
  ingressSymptom,
  claim,
  node,
]

/** The symptoms that a subject of a type can have. */
export const symptoms: { readonly [T in Subject['type']]: readonly Symptom<never>[] } = {
  object: objectSymptoms,
  missing: [gone],
  name: [nameSymptom],
  request: [routedSymptom, requestSymptom] satisfies Symptom<Trace>[],
  refusal: [refused] satisfies Symptom<Refusal>[],
}
