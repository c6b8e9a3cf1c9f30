// How much of which quota resource an object uses: pkg/quota/v1/evaluator/core/{pods,services,persistent_volume_claims}.go
// and the generic object count. Also what the quota controller counts with.
import type { KubeObject } from '../../kinds/object.ts'
import type {
  PersistentVolumeClaim,
  Pod,
  PodSpec,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
  Service,
} from '../../kinds/schema/types.ts'
import { podResources } from './limit-ranger.ts'

type Quantities = Record<string, string>
interface Named {
  readonly group: string
  readonly plural: string
}

const countedByName = [
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]
const computeResources = ['cpu', 'memory', 'ephemeral-storage']

export function usageOf({ group, plural }: Named, object: KubeObject): Quantities {
  const usage: Quantities = { [`count/${plural}${group && `.${group}`}`]: '1' }
  if (group) return usage
  if (plural === 'pods') return podUsage(usage, object as Pod)
  if (countedByName.includes(plural)) usage[plural] = '1'
  if (plural === 'services') serviceUsage(usage, object as Service)
  if (plural === 'persistentvolumeclaims') claimUsage(usage, object as PersistentVolumeClaim)
  return usage
}

function podUsage(usage: Quantities, { spec, status, metadata }: Pod): Quantities {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return usage
  // A pod that outlived its grace period does not count.
  if (metadata.deletionTimestamp && metadata.deletionGracePeriodSeconds === 0) return usage
  usage.pods = '1'
  const { requests, limits } = podResources(spec)
  for (const name in requests) {
    usage[`requests.${name}`] = requests[name]!
    if (computeResources.includes(name) || name.startsWith('hugepages-')) usage[name] = requests[name]!
  }
  for (const name in limits) usage[`limits.${name}`] = limits[name]!
  return usage
}

function serviceUsage(usage: Quantities, { spec }: Service): void {
  const ports = spec.ports ?? []
  const balancer = spec.type === 'LoadBalancer'
  const withoutPorts = balancer && spec.allocateLoadBalancerNodePorts === false
  usage['services.loadbalancers'] = balancer ? '1' : '0'
  usage['services.nodeports'] =
    spec.type === 'NodePort' || balancer
      ? String(withoutPorts ? ports.filter(p => p.nodePort).length : ports.length)
      : '0'
}

function claimUsage(usage: Quantities, { spec }: PersistentVolumeClaim): void {
  const storage = spec.resources?.requests?.storage
  const classKey = spec.storageClassName ? `${spec.storageClassName}.storageclass.storage.k8s.io/` : ''
  if (classKey) usage[`${classKey}persistentvolumeclaims`] = '1'
  if (!storage) return
  usage['requests.storage'] = storage
  if (classKey) usage[`${classKey}requests.storage`] = storage
}

/** `limits.memory for: web; requests.cpu for: web`: what a pod must say under a quota of it; '' where all is said. */
export function mustSpecify({ group, plural }: Named, object: KubeObject, hard: readonly string[]): string {
  if (group || plural !== 'pods') return ''
  const { spec } = object as Pod
  const missing: string[] = []
  for (const key of [...hard].sort()) {
    const [what, name] = key.startsWith('limits.')
      ? (['limits', key.slice(7)] as const)
      : (['requests', key.replace(/^requests\./, '')] as const)
    if (!['cpu', 'memory'].includes(name)) continue
    if (spec.resources?.[what]?.[name] !== undefined) continue
    const without = [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
      .filter(c => c.resources?.[what]?.[name] === undefined)
      .map(c => c.name)
    if (without.length) missing.push(`${key} for: ${without.sort().join(',')}`)
  }
  return missing.join('; ')
}

/** Whether a quota with scopes is about this object. */
export function matchesScopes({ group, plural }: Named, quota: ResourceQuota, object: KubeObject): boolean {
  const requirements: ScopedResourceSelectorRequirement[] = [
    ...(quota.spec.scopes ?? []).map(scopeName => ({ scopeName, operator: 'Exists' })),
    ...(quota.spec.scopeSelector?.matchExpressions ?? []),
  ]
  if (!requirements.length) return true
  if (group || plural !== 'pods') return false
  return requirements.every(requirement => matchesScope(requirement, object as Pod))
}

function matchesScope(
  { scopeName, operator, values = [] }: ScopedResourceSelectorRequirement,
  { spec }: Pod,
): boolean {
  switch (scopeName) {
    case 'Terminating':
      return spec.activeDeadlineSeconds !== undefined
    case 'NotTerminating':
      return spec.activeDeadlineSeconds === undefined
    case 'BestEffort':
      return isBestEffort(spec)
    case 'NotBestEffort':
      return !isBestEffort(spec)
    case 'PriorityClass': {
      const name = spec.priorityClassName
      if (operator === 'Exists') return Boolean(name)
      if (operator === 'DoesNotExist') return !name
      return values.includes(name ?? '') === (operator === 'In')
    }
    default:
      return false
  }
}

function isBestEffort(spec: PodSpec): boolean {
  const { requests, limits } = podResources(spec)
  return !['cpu', 'memory'].some(name => name in requests || name in limits)
}
