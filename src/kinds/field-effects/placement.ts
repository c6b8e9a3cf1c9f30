// What the fields that say where a pod runs do here.
import type { TypeEffects } from './type-effects.ts'

export const placementEffects: Readonly<Record<string, TypeEffects>> = {
  LabelSelector: {
    'kinds/machinery/labels.ts': 'matchLabels matchExpressions',
  },
  LabelSelectorRequirement: {
    'kinds/machinery/labels.ts': 'key operator values',
  },
  Affinity: {
    'scheduler/scores/affinity.ts': 'nodeAffinity',
    'scheduler/pod-info.ts': 'podAffinity podAntiAffinity',
  },
  NodeAffinity: {
    'scheduler/pod-info.ts':
      'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  },
  NodeSelector: {
    'kinds/machinery/volume-matching.ts': 'nodeSelectorTerms',
  },
  NodeSelectorTerm: {
    'kinds/machinery/node-matching.ts': 'matchExpressions matchFields',
  },
  NodeSelectorRequirement: {
    'scheduler/node-info.ts': 'key values',
    'scheduler/pod-info.ts': 'operator',
  },
  PreferredSchedulingTerm: {
    'scheduler/pod-info.ts': 'weight',
    'scheduler/scores/affinity.ts': 'preference',
  },
  PodAffinity: {
    'scheduler/pod-info.ts':
      'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  },
  PodAffinityTerm: {
    'scheduler/pod-info.ts':
      'labelSelector namespaces topologyKey namespaceSelector matchLabelKeys mismatchLabelKeys',
  },
  WeightedPodAffinityTerm: {
    'scheduler/pod-info.ts': 'weight podAffinityTerm',
  },
  PodAntiAffinity: {
    'scheduler/pod-info.ts':
      'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  },
  Toleration: {
    'scheduler/filters/taints.ts': 'key effect',
    'scheduler/pod-info.ts': 'operator',
    'scheduler/scores/affinity.ts': 'value',
    'controllers/node-lifecycle.ts': 'tolerationSeconds',
  },
  TopologySpreadConstraint: {
    'scheduler/scores/topology-spread.ts': 'maxSkew minDomains',
    'scheduler/pod-info.ts': 'topologyKey labelSelector matchLabelKeys',
    'scheduler/filters/topology-spread.ts': 'whenUnsatisfiable nodeAffinityPolicy nodeTaintsPolicy',
  },
  PodOS: {
    'kubelet/admission.ts': 'name',
  },
  PodSchedulingGate: {
    'scheduler/scheduler.ts': 'name',
  },
  // Claims of devices, which nobody has: the pod waits.
  PodResourceClaim: {
    'scheduler/scheduler.ts': 'name resourceClaimName',
    without: { resourceClaimTemplateName: 'there are no devices: a pod with claims waits' },
  },
  PodSchedulingGroup: { without: { '*': 'pods are scheduled one by one' } },
}
