// The fields of what pods hold: volumes and their sources, variables, ports, hooks, affinities, tolerations and the like.
import { containerSamples } from './parts/containers.ts'
import { environmentSamples } from './parts/environment.ts'
import { nameSamples } from './parts/names.ts'
import { probeSamples } from './parts/probes.ts'
import { schedulingSamples } from './parts/scheduling.ts'
import { securitySamples } from './parts/security.ts'
import { volumeSamples } from './parts/volumes.ts'
import type { Sample } from './play.ts'

export const partSamples: Sample[] = [
  ...volumeSamples,
  ...environmentSamples,
  ...containerSamples,
  ...schedulingSamples,
  ...nameSamples,
  ...securitySamples,
  ...probeSamples,
]
