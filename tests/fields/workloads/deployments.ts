// Deployments: what is there, after two updates where that shows more.
import type { WorkloadSample } from '../play-workloads.ts'
import { adding, image, selector, template, unready } from './collect.ts'

export const deploymentSamples: WorkloadSample[] = []
const make = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a' },
  spec: { selector, template: template(), ...spec },
})
const sample = adding(deploymentSamples, { make })
sample('DeploymentSpec.replicas', {}, { replicas: 2 })
sample('DeploymentSpec.template', {}, { template: image('alpine:3.19') })
sample(
  'DeploymentSpec.selector',
  {},
  {
    selector: { matchLabels: { app: 'b' } },
    template: { ...template(), metadata: { labels: { app: 'b' } } },
  },
)
sample(
  'DeploymentSpec.progressDeadlineSeconds',
  { template: template(unready) },
  { template: template(unready), progressDeadlineSeconds: 5 },
)
sample('DeploymentSpec.minReadySeconds', {}, { minReadySeconds: 500 })
sample('DeploymentSpec.paused', {}, { paused: true })
const updated = adding(deploymentSamples, {
  make,
  script:
    'kubectl -n NS set image deploy/a c=alpine:3.19; sleep 30; kubectl -n NS set image deploy/a c=nosuch; sleep 30; kubectl -n NS get rs --no-headers | wc -l',
})
updated('DeploymentSpec.revisionHistoryLimit', {}, { revisionHistoryLimit: 0 })
const rolling = (rollingUpdate: object) => ({
  replicas: 4,
  strategy: { type: 'RollingUpdate', rollingUpdate },
})
updated('DeploymentSpec.strategy DeploymentStrategy.type', {}, { strategy: { type: 'Recreate' } })
updated(
  'DeploymentStrategy.rollingUpdate RollingUpdateDeployment.maxUnavailable',
  { replicas: 4 },
  rolling({ maxUnavailable: 3 }),
)
updated('RollingUpdateDeployment.maxSurge', { replicas: 4 }, rolling({ maxSurge: 3 }))
