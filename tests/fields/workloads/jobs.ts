// Jobs.
import type { WorkloadSample } from '../play-workloads.ts'
import { adding, container, template } from './collect.ts'

export const jobSamples: WorkloadSample[] = []
const ends = (code: number) => ({
  restartPolicy: 'Never',
  containers: [container({ command: ['sh', '-c', `exit ${code}`] })],
})
const sample = adding(jobSamples, {
  make: spec => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'a' },
    spec: { template: template(ends(0)), ...spec },
  }),
})
const indexed = { completionMode: 'Indexed', completions: 3, parallelism: 3 }
/** An indexed job of which index 0 alone ends well. */
const first = {
  restartPolicy: 'Never',
  containers: [container({ command: ['sh', '-c', '[ $JOB_COMPLETION_INDEX = 0 ] || sleep 600'] })],
}
sample('JobSpec.completions', {}, { completions: 2 })
const running = template({ restartPolicy: 'Never' })
sample(
  'JobSpec.parallelism',
  { completions: 2, template: running },
  { completions: 2, parallelism: 2, template: running },
)
sample(
  'JobSpec.template PodTemplateSpec.spec',
  { backoffLimit: 0 },
  { backoffLimit: 0, template: template(ends(1)) },
)
sample('PodTemplateSpec.metadata', {}, { template: template(ends(0), { labels: { more: 'x' } }) })
sample(
  'JobSpec.activeDeadlineSeconds',
  { template: template({ ...ends(0), containers: [container()] }) },
  { activeDeadlineSeconds: 3, template: template({ ...ends(0), containers: [container()] }) },
)
sample(
  'JobSpec.backoffLimit',
  { template: template(ends(1)) },
  { backoffLimit: 0, template: template(ends(1)) },
)
sample('JobSpec.suspend', {}, { suspend: true })
sample('JobSpec.managedBy', {}, { managedBy: 'example.com/other' })
sample('JobSpec.ttlSecondsAfterFinished', {}, { ttlSecondsAfterFinished: 1 })
sample('JobSpec.completionMode', { completions: 3, parallelism: 3 }, indexed)
sample(
  'JobSpec.backoffLimitPerIndex',
  { ...indexed, template: template(ends(1)), backoffLimit: 0 },
  { ...indexed, template: template(ends(1)), backoffLimit: 9, backoffLimitPerIndex: 0 },
)
sample(
  'JobSpec.maxFailedIndexes',
  { ...indexed, parallelism: 1, template: template(ends(1)), backoffLimitPerIndex: 0 },
  { ...indexed, parallelism: 1, template: template(ends(1)), backoffLimitPerIndex: 0, maxFailedIndexes: 0 },
)
sample(
  'JobSpec.successPolicy SuccessPolicy.rules SuccessPolicyRule.succeededIndexes',
  { ...indexed, template: template(first) },
  { ...indexed, template: template(first), successPolicy: { rules: [{ succeededIndexes: '0' }] } },
)
sample(
  'SuccessPolicyRule.succeededCount',
  { ...indexed, template: template(first), successPolicy: { rules: [{ succeededCount: 2 }] } },
  { ...indexed, template: template(first), successPolicy: { rules: [{ succeededCount: 1 }] } },
)
const onExit = (more: object, action = 'FailJob') => ({
  template: template(ends(42)),
  podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values: [42], ...more } }] },
})
sample(
  'JobSpec.podFailurePolicy PodFailurePolicy.rules PodFailurePolicyRule.onExitCodes',
  { template: template(ends(42)) },
  onExit({}),
)
sample('PodFailurePolicyRule.action', onExit({}), onExit({}, 'Count'))
sample('PodFailurePolicyOnExitCodesRequirement.operator', onExit({}), onExit({ operator: 'NotIn' }))
sample('PodFailurePolicyOnExitCodesRequirement.values', onExit({}), onExit({ values: [41] }))
sample(
  'PodFailurePolicyOnExitCodesRequirement.containerName',
  {
    template: template({ ...ends(42), initContainers: [container({ name: 'i', command: ['true'] })] }),
    ...{ podFailurePolicy: onExit({}).podFailurePolicy },
  },
  {
    template: template({ ...ends(42), initContainers: [container({ name: 'i', command: ['true'] })] }),
    podFailurePolicy: onExit({ containerName: 'i' }).podFailurePolicy,
  },
)
