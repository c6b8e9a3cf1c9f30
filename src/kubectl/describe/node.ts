// kubectl describe node.

import {
  addQuantities,
  formatQuantity,
  parseQuantity,
  type QuantityValue,
  quantityMilliValue,
  quantityValue,
} from '../../kinds/machinery/quantity.ts'
import type { Lease, Node, Pod, Taint } from '../../kinds/schema/types.ts'
import { annotations, type Describer, type Description, events, labels, longTime, since } from './parts.ts'
import { entriesOf, find, keysOf, list } from './queries.ts'
import type { DescribeWriter } from './writer.ts'

const rolePrefix = 'node-role.kubernetes.io/'

export const describeNode: Describer<Node> = (node, d) => {
  const { w } = d
  const { metadata, spec, status } = node
  w.line(0, 'Name:', metadata.name)
  const roles = keysOf(metadata.labels)
    .flatMap(key =>
      key.startsWith(rolePrefix)
        ? [key.slice(rolePrefix.length)]
        : key === 'kubernetes.io/role'
          ? [metadata.labels![key]!]
          : [],
    )
    .filter(Boolean)
  w.line(0, 'Roles:', roles.join(',') || '<none>')
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp))
  taintLines(w, spec.taints)
  w.line(0, 'Unschedulable:', String(spec.unschedulable ?? false))
  leaseLines(w, find(d, 'leases', 'coordination.k8s.io', 'kube-node-lease', metadata.name))
  if (status.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message')
    w.line(1, '----', '------', '-----------------', '------------------', '------', '-------')
    for (const c of status.conditions)
      w.line(
        1,
        `${c.type} `,
        `${c.status} `,
        `${longTime(c.lastHeartbeatTime)} `,
        `${longTime(c.lastTransitionTime)} `,
        `${c.reason ?? ''} `,
        c.message ?? '',
      )
  }
  w.line(0, 'Addresses:')
  for (const { type, address } of status.addresses ?? []) w.line(1, `${type}:`, address)
  for (const [title, list] of [
    ['Capacity', status.capacity],
    ['Allocatable', status.allocatable],
  ] as const) {
    w.line(0, `${title}:`)
    for (const [name, amount] of entriesOf(list)) w.line(1, `${name}:`, amount)
  }
  const info = status.nodeInfo
  w.line(0, 'System Info:')
  for (const [label, value] of [
    ['Machine ID', info.machineID],
    ['System UUID', info.systemUUID],
    ['Boot ID', info.bootID],
    ['Kernel Version', info.kernelVersion],
    ['OS Image', info.osImage],
    ['Operating System', info.operatingSystem],
    ['Architecture', info.architecture],
    ['Container Runtime Version', info.containerRuntimeVersion],
    ['Kubelet Version', info.kubeletVersion],
  ])
    w.line(1, `${label}:`, value ?? '')
  if (spec.podCIDR) w.line(0, 'PodCIDR:', spec.podCIDR)
  if (spec.podCIDRs?.length) w.line(0, 'PodCIDRs:', spec.podCIDRs.join(','))
  if (spec.providerID) w.line(0, 'ProviderID:', spec.providerID)
  resourceTables(w, node, d)
  events(node, d)
}

function taintLines(w: DescribeWriter, taints: readonly Taint[] | undefined): void {
  const sorted = [...(taints ?? [])]
    .map(({ key, value, effect }) => ({ key, effect, text: `${key}${value ? `=${value}` : ''}:${effect}` }))
    .sort((a, b) => (a.effect === b.effect ? (a.key < b.key ? -1 : 1) : a.effect < b.effect ? -1 : 1))
  if (sorted.length === 0) w.line(0, 'Taints:', '<none>')
  sorted.forEach(({ text }, i) => {
    w.line(0, i ? '' : 'Taints:', text)
  })
}

function leaseLines(w: DescribeWriter, lease: Lease | undefined): void {
  if (!lease) {
    w.line(0, 'Lease:', 'Failed to get lease: leases.coordination.k8s.io not found')
    return
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {}
  w.line(0, 'Lease:')
  w.line(1, 'HolderIdentity:', holderIdentity ?? '<unset>')
  w.line(1, 'AcquireTime:', acquireTime ? longTime(acquireTime) : '<unset>')
  w.line(1, 'RenewTime:', renewTime ? longTime(renewTime) : '<unset>')
}

type Totals = Record<string, QuantityValue>

const add = (totals: Totals, list: Record<string, string> | undefined): void => {
  for (const [name, text] of Object.entries(list ?? {})) {
    const value = parseQuantity(text)
    totals[name] = totals[name] ? addQuantities(totals[name], value) : value
  }
}

/** Requests and limits of a pod: the sum of its containers, or the largest init container (resourcehelper). */
function podTotals({ spec }: Pod): Record<'requests' | 'limits', Totals> {
  const result = { requests: {} as Totals, limits: {} as Totals }
  for (const kind of ['requests', 'limits'] as const) {
    const totals = result[kind]
    for (const container of spec.containers) add(totals, container.resources?.[kind])
    const sidecars: Totals = {}
    for (const container of spec.initContainers ?? []) {
      const own: Totals = {}
      add(own, container.resources?.[kind])
      if (container.restartPolicy === 'Always') {
        add(totals, container.resources?.[kind])
        add(sidecars, container.resources?.[kind])
        continue
      }
      for (const [name, value] of Object.entries(own)) {
        const needed = sidecars[name] ? addQuantities(value, sidecars[name]) : value
        if (!totals[name] || totals[name].nano < needed.nano) totals[name] = needed
      }
    }
    if (spec.resources?.[kind])
      for (const [name, text] of Object.entries<string>(spec.resources[kind]))
        totals[name] = parseQuantity(text)
    if (kind === 'requests' || Object.keys(totals).length) add(totals, spec.overhead)
  }
  return result
}

const zero = parseQuantity('0')
const text = (value: QuantityValue | undefined) => formatQuantity(value ?? zero)

function resourceTables(w: DescribeWriter, node: Node, d: Description): void {
  const allocatable: Record<string, string> = node.status?.allocatable ?? node.status?.capacity ?? {}
  const pods = list(d, 'pods', '', '', {
    fieldSelector: `spec.nodeName=${node.metadata.name},status.phase!=Failed,status.phase!=Succeeded`,
  })
  const percent = (value: QuantityValue | undefined, name: string): string => {
    const all = allocatable[name]
    const part = (v: string) => (name === 'cpu' ? quantityMilliValue(v) : quantityValue(v))
    const whole = all ? part(all) : 0
    return whole ? String(Math.trunc((part(text(value)) / whole) * 100)) : '0'
  }
  const cell = (value: QuantityValue | undefined, name: string) => `${text(value)} (${percent(value, name)}%)`
  w.line(0, 'Non-terminated Pods:', `(${pods.length} in total)`)
  w.line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age')
  w.line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---')
  const requests: Totals = {}
  const limits: Totals = {}
  for (const pod of pods) {
    const totals = podTotals(pod)
    for (const [into, from] of [
      [requests, totals.requests],
      [limits, totals.limits],
    ] as const)
      for (const [name, value] of Object.entries(from))
        into[name] = into[name] ? addQuantities(into[name], value) : value
    w.line(
      1,
      pod.metadata.namespace ?? '',
      pod.metadata.name,
      '',
      cell(totals.requests.cpu, 'cpu'),
      cell(totals.limits.cpu, 'cpu'),
      cell(totals.requests.memory, 'memory'),
      cell(totals.limits.memory, 'memory'),
      since(pod.metadata.creationTimestamp, d.ctx.now),
    )
  }
  w.line(0, 'Allocated resources:')
  w.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)')
  w.line(1, 'Resource', 'Requests', 'Limits')
  w.line(1, '--------', '--------', '------')
  const shown = [
    'cpu',
    'memory',
    'ephemeral-storage',
    ...keysOf(allocatable).filter(name => name.startsWith('hugepages-')),
  ]
  for (const name of shown) w.line(1, name, cell(requests[name], name), cell(limits[name], name))
  for (const name of keysOf(allocatable))
    if (!shown.includes(name) && name !== 'pods' && name.includes('/'))
      w.line(1, name, text(requests[name]), text(limits[name]))
}
