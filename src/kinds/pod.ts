// Pod: pkg/registry/core/pod and pkg/apis/core.

import { ownValue } from '../engine/dictionary.ts'
import { equal } from './machinery/equality.ts'
import { forbidden } from './machinery/field-error.ts'
import { defineKind, keepStatus } from './machinery/plain-kind.ts'
import { podRow } from './machinery/pod-row.ts'
import { defaultPod } from './pod-spec/defaults.ts'
import { podUpdateParts } from './pod-spec/loaders.ts'
import { qosClass } from './pod-spec/resources.ts'
import { validateAnnotationsMatch } from './pod-spec/security-context.ts'
import { validatePodStatus } from './pod-spec/status.ts'
import { validatePod } from './pod-spec/validation.ts'
import { hostnameWarnings, podWarnings } from './pod-spec/warnings.ts'
import type { LabelSelector, Pod } from './schema/types.ts'

/** matchLabelKeys become requirements with the pod's own values. */
function mergeLabelKeys(
  target: { labelSelector?: LabelSelector; matchLabelKeys?: string[]; mismatchLabelKeys?: string[] },
  labels: Record<string, string> | undefined,
): void {
  const selector = target.labelSelector
  if (!selector) return
  for (const [keys, operator] of [
    [target.matchLabelKeys, 'In'],
    [target.mismatchLabelKeys, 'NotIn'],
  ] as const)
    for (const key of keys ?? []) {
      const value = ownValue(labels, key)
      if (value !== undefined)
        selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator, values: [value] }]
    }
}

function mergeAllLabelKeys({ metadata, spec }: Pod): void {
  if (!spec.affinity && !spec.topologySpreadConstraints) return
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {}
  for (const affinity of [podAffinity, podAntiAffinity]) {
    for (const term of affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
      mergeLabelKeys(term.podAffinityTerm, metadata.labels)
    for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
      mergeLabelKeys(term, metadata.labels)
  }
  for (const constraint of spec.topologySpreadConstraints ?? []) mergeLabelKeys(constraint, metadata.labels)
}

/** Only one part of the spec comes from the request; the rest, and the status, stay. */
function keepAllBut(part: 'ephemeralContainers' | undefined) {
  return (pod: Pod, old: Pod): void => {
    if (part) {
      const value = pod.spec[part]
      pod.spec = { ...old.spec }
      if (value) pod.spec[part] = value
      else delete pod.spec[part]
    }
    keepStatus(pod, old)
    countGeneration(pod, old)
  }
}

function countGeneration(pod: Pod, old: Pod): void {
  if (!equal(pod.spec, old.spec)) pod.metadata.generation = (old.metadata.generation ?? 0) + 1
}

/** A resize keeps everything of the old pod but the resources (and their policies) of its containers. */
function keepAllButResources(pod: Pod, old: Pod): void {
  for (const name of ['containers', 'initContainers'] as const) {
    const list = pod.spec[name]
    const before = old.spec[name]
    if (!list || !before || list.length !== before.length) continue
    pod.spec[name] = list.map((container, i) => {
      const had = before[i]!
      return container.name === had.name
        ? { ...had, resources: container.resources, resizePolicy: container.resizePolicy }
        : container
    })
  }
  const { containers, initContainers, resources } = pod.spec
  pod.spec = {
    ...old.spec,
    containers,
    ...(initContainers && { initContainers }),
    ...(resources && { resources }),
  }
  keepStatus(pod, old)
  countGeneration(pod, old)
}

/** What may change of a pod that is there. */
const updates = () => podUpdateParts.get('pod-update')

export const pod = defineKind<Pod>('pods.v1', {
  defaults: defaultPod,
  prepareForCreate(object, { timestamp }) {
    object.metadata.generation = 1
    object.status = { phase: 'Pending', qosClass: qosClass(object.spec) } as Pod['status']
    if (object.spec.schedulingGates?.length)
      object.status = {
        ...object.status,
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            lastProbeTime: null as never,
            lastTransitionTime: timestamp,
            reason: 'SchedulingGated',
            message: 'Scheduling is blocked due to non-empty scheduling gates',
          },
        ],
      }
    mergeAllLabelKeys(object)
  },
  prepareForUpdate: countGeneration,
  validate({ metadata, spec }) {
    const errors = validatePod(metadata, spec)
    if (spec.ephemeralContainers?.length)
      errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'))
    if (spec.nodeName && spec.schedulingGates?.length)
      errors.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'))
    return [...errors, ...validateAnnotationsMatch(metadata, spec, 'spec')]
  },
  validateUpdate: (pod, old) => updates().validatePodUpdate(pod, old),
  presume({ spec }) {
    spec.serviceAccountName ||= 'default'
    return []
  },
  warnings: (object, old) =>
    old
      ? []
      : [
          ...hostnameWarnings(object.metadata, "the Pod's hostname"),
          ...podWarnings(object.spec, object.metadata),
        ],
  status: {
    prepareForUpdate(object, old) {
      if (old.metadata.ownerReferences) object.metadata.ownerReferences = old.metadata.ownerReferences
      else delete object.metadata.ownerReferences
      if (!object.status.qosClass && old.status.qosClass)
        object.status = { ...object.status, qosClass: old.status.qosClass }
    },
    validateUpdate: validatePodStatus,
  },
  subresources: {
    ephemeralcontainers: {
      verbs: ['get', 'patch', 'update'],
      prepareForUpdate: keepAllBut('ephemeralContainers'),
      validateUpdate: (pod, old) => updates().validateEphemeralUpdate(pod, old),
    },
    resize: {
      verbs: ['get', 'patch', 'update'],
      prepareForUpdate: keepAllButResources,
      validateUpdate: (pod, old) => updates().validateResize(pod, old),
    },
    binding: {
      verbs: ['create'],
      body: { group: '', version: 'v1', kind: 'Binding', schema: 'io.k8s.api.core.v1.Binding' },
    },
    eviction: {
      verbs: ['create'],
      body: { group: 'policy', version: 'v1', kind: 'Eviction', schema: 'io.k8s.api.policy.v1.Eviction' },
    },
  },
  gracefulDeletion({ spec, status }, requested) {
    if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0
    const period = requested ?? spec.terminationGracePeriodSeconds ?? 0
    return period < 0 ? 1 : period
  },
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status.phase ?? '',
    'status.podIP': ({ status }) => status.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': ({ status }) => status.nominatedNodeName ?? '',
  },
  row: podRow,
})
