// What a pod and its containers may take, hold and do at their end.
import { collect, plain, settings } from './collect.ts'

const { samples, inContainer, inPod } = collect()
export const containerSamples = samples

const limits = (resources: object) => ({ resources })
inContainer('ResourceRequirements.limits', {}, limits({ limits: { memory: '32Mi' } }))
inContainer(
  'ResourceRequirements.requests',
  limits({ requests: { cpu: '1m' } }),
  limits({ requests: { cpu: '100' } }),
)
inPod('PodSpec.resources', {}, { resources: { requests: { cpu: '100' }, limits: { cpu: '100' } } })
inContainer('Container.securityContext', {}, { securityContext: { runAsUser: 9 } })
inContainer(
  'Container.volumeMounts',
  {},
  { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
  { volumes: [{ name: 'v', configMap: settings }] },
)
inContainer('Container.stdin', { command: ['cat'] }, { command: ['cat'], stdin: true })
inContainer('Container.restartPolicy', { command: ['false'] }, { command: ['false'], restartPolicy: 'Never' })
const rules = (rule: object) => ({
  command: ['sh', '-c', 'exit 42'],
  restartPolicy: 'Never',
  restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] }, ...rule }],
})
inContainer(
  'Container.restartPolicyRules ContainerRestartRule.action ContainerRestartRule.exitCodes',
  { command: ['sh', '-c', 'exit 42'], restartPolicy: 'Never' },
  rules({}),
)
inContainer(
  'ContainerRestartRuleOnExitCodes.operator',
  rules({}),
  rules({ exitCodes: { operator: 'NotIn', values: [42] } }),
)
inContainer(
  'ContainerRestartRuleOnExitCodes.values',
  rules({}),
  rules({ exitCodes: { operator: 'In', values: [41] } }),
)
inPod('PodSpec.volumes', {}, { volumes: [{ name: 'v', configMap: { name: 'missing' } }] })
inPod('PodSpec.containers', {}, { containers: [plain, { ...plain, name: 'd' }] })
inPod('PodSpec.os', {}, { os: { name: 'windows' } })
inPod('PodOS.name', { os: { name: 'linux' } }, { os: { name: 'windows' } })
inPod('PodSpec.securityContext', {}, { securityContext: { runAsUser: 9 } })
inPod('PodSpec.serviceAccount', {}, { serviceAccount: 'other' })
