// DaemonSets: what is there, and after an update.
import type { WorkloadSample } from '../play-workloads.ts'
import { adding, image, selector, template } from './collect.ts'

export const daemonSetSamples: WorkloadSample[] = []
const make = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'a' },
  spec: { selector, template: template(), ...spec },
})
const sample = adding(daemonSetSamples, { make })
sample('DaemonSetSpec.template', {}, { template: image('alpine:3.19') })
sample('DaemonSetSpec.minReadySeconds', {}, { minReadySeconds: 600 })
const updated = adding(daemonSetSamples, { make, script: 'kubectl -n NS set image ds/a c=nosuch; sleep 30' })
updated(
  'DaemonSetSpec.updateStrategy DaemonSetUpdateStrategy.type',
  {},
  { updateStrategy: { type: 'OnDelete' } },
)
const daemons = (rollingUpdate: object) => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } })
updated(
  'DaemonSetUpdateStrategy.rollingUpdate RollingUpdateDaemonSet.maxUnavailable',
  {},
  daemons({ maxUnavailable: 2 }),
)
updated('RollingUpdateDaemonSet.maxSurge', {}, daemons({ maxUnavailable: 0, maxSurge: 1 }))
