// Where a pod may go: affinities, tolerations, spreading, gates, ports of a node.
import { collect } from './collect.ts'

const { samples, inContainer, inPod } = collect()
export const schedulingSamples = samples

const nodeTerms = (...terms: object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
  },
})
const expression = (more: object) => ({
  matchExpressions: [{ key: 'place', operator: 'In', values: ['here'], ...more }],
})
inPod(
  'Affinity.nodeAffinity NodeAffinity.requiredDuringSchedulingIgnoredDuringExecution NodeSelector.nodeSelectorTerms NodeSelectorTerm.matchExpressions',
  {},
  nodeTerms(expression({ values: ['nowhere'] })),
)
inPod('NodeSelectorRequirement.key', nodeTerms(expression({})), nodeTerms(expression({ key: 'no' })))
inPod('NodeSelectorRequirement.values', nodeTerms(expression({})), nodeTerms(expression({ values: ['no'] })))
inPod(
  'NodeSelectorRequirement.operator',
  nodeTerms(expression({ values: ['nowhere'] })),
  nodeTerms(expression({ operator: 'NotIn', values: ['nowhere'] })),
)
inPod(
  'NodeSelectorTerm.matchFields',
  {},
  nodeTerms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['nosuch'] }] }),
)
const podTerm = (more: object) => ({
  labelSelector: { matchLabels: { app: 'anchor' } },
  topologyKey: 'kubernetes.io/hostname',
  ...more,
})
const required = (kind: 'podAffinity' | 'podAntiAffinity', more: object = {}) => ({
  affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [podTerm(more)] } },
})
const nobody = { labelSelector: { matchLabels: { app: 'nobody' } } }
inPod(
  'Affinity.podAffinity PodAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  {},
  required('podAffinity', nobody),
)
inPod('PodAffinityTerm.labelSelector', required('podAffinity'), required('podAffinity', nobody))
inPod(
  'PodAffinityTerm.topologyKey',
  required('podAffinity'),
  required('podAffinity', { topologyKey: 'none' }),
)
inPod(
  'PodAffinityTerm.namespaces',
  required('podAffinity'),
  required('podAffinity', { namespaces: ['kube-public'] }),
)
inPod(
  'PodAffinityTerm.namespaceSelector',
  required('podAffinity'),
  required('podAffinity', { namespaceSelector: { matchLabels: { no: 'one' } } }),
)
inPod(
  'LabelSelector.matchLabels',
  required('podAffinity'),
  required('podAffinity', { labelSelector: { matchLabels: { app: 'no' } } }),
)
const selector = (more: object) =>
  required('podAffinity', {
    labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['anchor'], ...more }] },
  })
inPod('LabelSelector.matchExpressions', required('podAffinity'), selector({ values: ['no'] }))
inPod('LabelSelectorRequirement.key', selector({}), selector({ key: 'no' }))
inPod(
  'LabelSelectorRequirement.operator',
  selector({ values: ['no'] }),
  selector({ operator: 'NotIn', values: ['no'] }),
)
inPod('LabelSelectorRequirement.values', selector({}), selector({ values: ['no'] }))
const everywhere = { labelSelector: { matchLabels: { every: 'node' } } }
inPod(
  'Affinity.podAntiAffinity PodAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  {},
  required('podAntiAffinity', everywhere),
)

const toControlPlane = { nodeSelector: { 'node-role.kubernetes.io/control-plane': '' } }
const tolerates = (more: object) => ({
  ...toControlPlane,
  tolerations: [
    { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule', ...more },
  ],
})
inPod('Toleration.key', tolerates({}), tolerates({ key: 'other' }))
inPod('Toleration.effect', tolerates({}), tolerates({ effect: 'NoExecute' }))
inPod('Toleration.operator', tolerates({ operator: 'Equal', value: 'x' }), tolerates({}))
inPod('Toleration.value', tolerates({ operator: 'Equal' }), tolerates({ operator: 'Equal', value: 'x' }))
const spread = (more: object) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: {},
      ...more,
    },
  ],
})
inPod(
  'TopologySpreadConstraint.topologyKey',
  spread({ whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'no' } } }),
  spread({ topologyKey: 'none' }),
)
inPod(
  'TopologySpreadConstraint.whenUnsatisfiable',
  spread({ topologyKey: 'none' }),
  spread({ topologyKey: 'none', whenUnsatisfiable: 'ScheduleAnyway' }),
)
inPod('PodReadinessGate.conditionType', {}, { readinessGates: [{ conditionType: 'example.com/g' }] })
inPod('PodSchedulingGate.name', {}, { schedulingGates: [{ name: 'example.com/h' }] })

/** The second pod of a node that wants a port of it waits; `hostPort` 8080 of k8s-node1 is taken. */
const onNode = { nodeSelector: { place: 'here' } }
const hostPort = (more: object) => ({ ports: [{ containerPort: 80, ...more }] })
inContainer('ContainerPort.hostPort', hostPort({}), hostPort({ hostPort: 8080 }), onNode)
inContainer(
  'ContainerPort.protocol',
  hostPort({ hostPort: 8080, protocol: 'UDP' }),
  hostPort({ hostPort: 8080, protocol: 'TCP' }),
  onNode,
)
