// Node: pkg/registry/core/node.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Node } from './schema/types.ts'

const rolePrefix = 'node-role.kubernetes.io/'

/** Roles that a node's labels give it, sorted. */
export const nodeRoles = (labels: Record<string, string> | undefined): string[] =>
  [
    ...new Set(
      Object.entries(labels ?? {}).flatMap(([key, value]) =>
        key.startsWith(rolePrefix)
          ? key.slice(rolePrefix.length) || []
          : key === 'kubernetes.io/role' && value
            ? value
            : [],
      ),
    ),
  ].sort()

const address = ({ status }: Node, type: string) =>
  status.addresses?.find(a => a.type === type)?.address ?? '<none>'

export const node = defineKind<Node>('nodes.v1', {
  // A node registers itself with its status.
  statusOnCreate: true,
  selectableFields: ({ spec }) => ({
    'spec.unschedulable': String(spec.unschedulable ?? false),
  }),
  row(object, { now }) {
    const { metadata, spec, status } = object
    const ready = status.conditions?.find(condition => condition.type === 'Ready')?.status
    const state = ready === undefined ? 'Unknown' : ready === 'True' ? 'Ready' : 'NotReady'
    const info = status.nodeInfo
    return [
      metadata.name,
      state + (spec.unschedulable ? ',SchedulingDisabled' : ''),
      nodeRoles(metadata.labels).join(',') || '<none>',
      age(metadata.creationTimestamp, now),
      info?.kubeletVersion ?? '',
      address(object, 'InternalIP'),
      address(object, 'ExternalIP'),
      info?.osImage || '<unknown>',
      (info?.kernelVersion || '<unknown>') + (info?.architecture ? ` (${info.architecture})` : ''),
      info?.containerRuntimeVersion || '<unknown>',
    ]
  },
})
