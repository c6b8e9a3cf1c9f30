// The order of the output: kinds that others need come first (kustomize SortOrderTransformer, the legacy order).
import { byCodePoint } from '../print/values.ts'
import { type Id, idOf, type Res } from './resource.ts'

const orderFirst =
  `Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role
 ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume
 PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget`.split(/\s+/)
const orderLast = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

export interface SortOptions {
  readonly order?: string
  readonly legacySortOptions?: { readonly orderFirst?: string[]; readonly orderLast?: string[] }
}

export function sorted(list: readonly Res[], options: SortOptions | undefined): Res[] {
  if (options?.order === 'fifo') return [...list]
  const rank = new Map<string, number>()
  const first = options?.legacySortOptions?.orderFirst ?? orderFirst
  const last = options?.legacySortOptions?.orderLast ?? orderLast
  for (const [i, kind] of first.entries()) rank.set(kind, i - first.length)
  for (const [i, kind] of last.entries()) rank.set(kind, i + 1)
  const keys = new Map(list.map(res => [res, idOf(res)]))
  return [...list].sort((x, y) => {
    const [a, b] = [keys.get(x)!, keys.get(y)!]
    return (
      (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) ||
      byCodePoint(typeKey(a), typeKey(b)) ||
      byCodePoint(`${a.namespace || '~X'}|${a.name}`, `${b.namespace || '~X'}|${b.name}`)
    )
  })
}

/** Kinds of the core group come behind those of the others. */
const typeKey = ({ group, version, kind }: Id): string => `${group || '~G'}_${version || '~V'}_${kind}`
