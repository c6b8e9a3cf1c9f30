// What the parts of the job controller work with.

import type { ResourceClient } from '../api/client.ts'
import type { EventRecorder } from '../api/events.ts'
import type { Engine } from '../engine/engine.ts'
import type { Job } from '../kinds/schema/types.ts'
import type { Expectations } from './claim.ts'
import type { RateLimit, WorkQueue } from './controller.ts'
import type { JobBackoff } from './job-backoff.ts'
import type { PodControl } from './pod-control.ts'
import type { Pod } from './pods.ts'

export interface JobTools {
  readonly engine: Engine
  readonly jobs: ResourceClient<Job>
  readonly recorder: EventRecorder
  readonly control: PodControl
  readonly expectations: Expectations
  readonly limit: RateLimit
  readonly backoff: JobBackoff
  readonly queue: WorkQueue
  /** Frees a pod of the finalizer. */
  readonly release: (pod: Pod) => void
}
