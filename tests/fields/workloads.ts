// The fields of what makes and reaches pods.
import type { WorkloadSample } from './play-workloads.ts'
import { daemonSetSamples } from './workloads/daemonsets.ts'
import { deploymentSamples } from './workloads/deployments.ts'
import { jobSamples } from './workloads/jobs.ts'
import { policySamples } from './workloads/network-policies.ts'
import { serviceSamples } from './workloads/services.ts'
import { statefulSetSamples } from './workloads/statefulsets.ts'

export const workloadSamples: WorkloadSample[] = [
  ...jobSamples,
  ...deploymentSamples,
  ...statefulSetSamples,
  ...daemonSetSamples,
  ...serviceSamples,
  ...policySamples,
]
