// S15: the server refused a request.

import type { Refusal } from '../../api/refusals.ts'
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { ClusterRoleBinding, PodDisruptionBudget, RoleBinding } from '../../kinds/schema/types.ts'
import { creationQuestions, isOutOfTheWay, type Refused } from './creation.ts'
import { inNamespace } from './facts.ts'
import type { Found, Symptom } from './symptom.ts'
import type { View } from './view.ts'

const forbidden =
  /User "(.+?)" cannot (\S+) resource "(.+?)" in API group "(.*?)"(?: in the namespace "(.+?)")?/

interface Forbidden {
  readonly user: string
  readonly verb: string
  readonly resource: string
  readonly group: string
  readonly namespace: string
  /** Of the object that was asked for; '' where none was named. */
  readonly name: string
  readonly groups: readonly string[]
  readonly account?: { readonly namespace: string; readonly name: string }
}

function forbiddenIn({ status, groups }: Refusal): Forbidden | undefined {
  const found = status.code === 403 ? forbidden.exec(status.message ?? '') : null
  if (!found) return undefined
  const [, user = '', verb = '', resource = '', group = '', namespace = ''] = found
  const [, of, account] = /^system:serviceaccount:(.+?):(.+)$/.exec(user) ?? []
  const name = status.details?.name ?? ''
  return {
    ...{ user, verb, resource, group, namespace, name, groups },
    ...(of && account && { account: { namespace: of, name: account } }),
  }
}

type Binding = RoleBinding | ClusterRoleBinding

/** Bindings that count in a namespace. */
const bindingsIn = (namespace: string, view: View): Binding[] => [
  ...view.list('rolebindings', namespace),
  ...view.list('clusterrolebindings'),
]

function names(binding: Binding, { user, account }: Forbidden): boolean {
  return !!binding.subjects?.some(each =>
    each.kind === 'ServiceAccount'
      ? account?.name === each.name && account.namespace === (each.namespace ?? binding.metadata.namespace)
      : each.kind === 'User' && each.name === user,
  )
}

/** Whether the role of a binding allows what was refused. */
function allows(binding: Binding, { verb, resource, group, name: asked }: Forbidden, view: View): boolean {
  const { kind, name } = binding.roleRef
  const role = view.findKind(kind, kind === 'Role' ? binding.metadata.namespace : undefined, name)
  const has = (list: readonly string[] = [], each: string) => list.includes('*') || list.includes(each)
  if (!isKind(role, 'Role', 'ClusterRole')) return false
  return (role.rules ?? []).some(
    rule =>
      has(rule.apiGroups, group) &&
      has(rule.resources, resource) &&
      has(rule.verbs, verb) &&
      (!rule.resourceNames?.length || rule.resourceNames.includes(asked)),
  )
}

/** Whether what was refused would get through now. */
export function isAllowedNow(refusal: Refusal, view: View): boolean {
  const found = forbiddenIn(refusal)
  if (found) return isBound(found, view)
  const created = creationIn(refusal)
  if (created) return isOutOfTheWay(created.message, created.object.metadata.namespace ?? '', view)
  return (budgetOf(refusal, view)?.status.disruptionsAllowed ?? 0) > 0
}

/** Somebody may ask again: a person, or a pod that runs under the account that was refused. */
export function hasUser(refusal: Refusal, view: View): boolean {
  const account = forbiddenIn(refusal)?.account
  return (
    !account ||
    view
      .list('pods', account.namespace)
      .some(
        ({ spec, metadata }) =>
          !metadata.deletionTimestamp && (spec.serviceAccountName ?? 'default') === account.name,
      )
  )
}

/** Whether the right is there, of the user or of a group of theirs. */
function isBound(found: Forbidden, view: View): boolean {
  const isMember = (binding: Binding) =>
    binding.subjects?.some(each => each.kind === 'Group' && found.groups.includes(each.name))
  return bindingsIn(found.namespace, view).some(
    each => (names(each, found) || isMember(each)) && allows(each, found, view),
  )
}

const refOf = ({ path }: Refusal) => {
  const [, namespace = '', plural = '', name = ''] =
    /(?:\/namespaces\/([^/]+))?\/([^/]+)\/([^/]+)(?:\/\w+)?$/.exec(path) ?? []
  return { namespace, plural, name }
}

/** What was refused a while ago and is still so: an object that was made anew since has had its turn. */
const recentMs = 600_000

export const refused: Symptom<Refusal> = {
  name: 'refused',
  several: true,
  has: (refusal, view) => view.now - refusal.time < recentMs && !isAllowedNow(refusal, view),
  questions: [
    {
      number: 90,
      ask({ status }) {
        if (!/etcdserver: request timed out/.test(status.message ?? '')) return undefined
        return { shown: 'ssh k8s-master crictl ps' }
      },
    },
    {
      number: 87,
      ask(refusal, view): Found | undefined {
        const found = forbiddenIn(refusal)
        if (found?.account?.name !== 'default') return undefined
        const { namespace } = found.account
        // Which account was meant: one of the same namespace that a binding with this right names, rightly or not.
        const meant = bindingsIn(found.namespace, view)
          .filter(each => allows(each, found, view))
          .flatMap(each => each.subjects ?? [])
          .find(
            each =>
              each.kind === 'ServiceAccount' &&
              each.name !== 'default' &&
              view.find('serviceaccounts', namespace, each.name),
          )
        const pod = view
          .list('pods', namespace)
          .find(({ spec }) => (spec.serviceAccountName ?? 'default') === 'default')
        if (!meant || !pod) return undefined
        return {
          values: { pod: pod.metadata.name, sa: meant.name },
          shown: `kubectl get pod ${pod.metadata.name}${inNamespace(namespace)} -o jsonpath='{.spec.serviceAccountName}'`,
          about: [pod],
          field: { object: pod, path: 'spec.serviceAccountName' },
        }
      },
    },
    {
      number: 86,
      ask(refusal, view): Found | undefined {
        const found = forbiddenIn(refusal)
        if (!found) return undefined
        const { user, verb, resource, namespace, account } = found
        const shown = `kubectl auth can-i ${verb} ${resource}${inNamespace(namespace)} --as=${user}`
        const bindings = bindingsIn(namespace, view)
        const own = bindings.find(each => names(each, found))
        if (own)
          return {
            text: '86b',
            values: { binding: own.metadata.name, user, role: own.roleRef.name, verb, resource },
            shown,
            about: [own],
          }
        // One that has the right and names the account of this name in another namespace was meant for this one.
        for (const binding of account ? bindings : []) {
          if (!allows(binding, found, view)) continue
          const subjects = binding.subjects ?? []
          const index = subjects.findIndex(
            ({ kind, name, namespace: other }) =>
              kind === 'ServiceAccount' && name === account?.name && other !== account.namespace,
          )
          const subject = subjects[index]
          if (!subject) continue
          const near = {
            text: 'near',
            values: { binding: binding.metadata.name, account: subject.name, other: subject.namespace ?? '' },
          } as const
          return {
            values: { user, near },
            shown,
            about: [binding],
            field: { object: binding, path: `subjects[${index}].namespace` },
          }
        }
        return { values: { user, near: '' }, shown }
      },
    },
    {
      number: 88,
      ask(refusal, view): Found | undefined {
        const pdb = budgetOf(refusal, view)
        const { namespace, name } = evicted(refusal)
        const pod = view.find('pods', namespace, name)
        if (!pdb || !pod) return undefined
        const { minAvailable, maxUnavailable } = pdb.spec
        const owner = view.owner(pod)
        const top = owner && (view.owner(owner) ?? owner)
        return {
          text: minAvailable === undefined ? '88b' : '88',
          values: {
            pdb: pdb.metadata.name,
            min: minAvailable === undefined ? (maxUnavailable ?? '') : pdb.status.desiredHealthy,
            n: pdb.status.currentHealthy,
          },
          shown: `kubectl get pdb${inNamespace(namespace)}`,
          ...(isKind(top, 'Deployment') && {
            cure: `kubectl scale deployment ${top.metadata.name}${inNamespace(namespace)} --replicas=${(top.spec.replicas ?? 1) + 1}`,
          }),
          about: [pdb, pod],
          field: {
            object: pdb,
            path: minAvailable === undefined ? 'spec.maxUnavailable' : 'spec.minAvailable',
          },
        }
      },
    },
    {
      number: 89,
      ask(refusal, view): Found | undefined {
        const { status, time } = refusal
        const message = status.message ?? ''
        if (!/immutable/.test(message)) return undefined
        const { namespace, plural, name } = refOf(refusal)
        const object = view.find(plural, namespace || undefined, name)
        // It is gone, or was made anew: what was refused does not matter any more.
        if (!object || view.now - view.since(object.metadata.creationTimestamp) > time) return undefined
        const field = status.details?.causes?.[0]?.field ?? ''
        const how =
          plural === 'configmaps' || plural === 'secrets'
            ? 'newName'
            : plural === 'persistentvolumeclaims'
              ? 'newClaim'
              : 'anew'
        return {
          values: { field, how: { text: how } },
          shown: `kubectl explain ${object.kind.toLowerCase()}.${field.replace(/\[\w*\]/g, '')}`,
          about: [object],
          field: { object, path: field },
        }
      },
    },
    ...creationQuestions<Refusal>(creationIn),
  ],
}

/** A pod that somebody wanted to make. */
function creationIn({ body, status, method, path }: Refusal): Refused | undefined {
  if (method !== 'POST' || typeof body !== 'object' || body === null) return undefined
  const object = body as KubeObject
  if (object.kind !== 'Pod') return undefined
  const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1]
  const placed = { ...object, metadata: { ...object.metadata, ...(namespace && { namespace }) } }
  return { message: status.message ?? '', object: placed, path: 'spec' }
}

const evicted = ({ path }: Refusal) => {
  const [, namespace = '', name = ''] = /\/namespaces\/([^/]+)\/pods\/([^/]+)\/eviction$/.exec(path) ?? []
  return { namespace, name }
}

/** The budget that kept a pod from being evicted. */
function budgetOf(refusal: Refusal, view: View): PodDisruptionBudget | undefined {
  const { message, details } = refusal.status
  if (!/would violate the pod's disruption budget/.test(message ?? '')) return undefined
  const { namespace } = evicted(refusal)
  const named = /The disruption budget (\S+) needs/.exec(JSON.stringify(details ?? {}))?.[1]
  return named
    ? view.find('poddisruptionbudgets', namespace, named)
    : view.list('poddisruptionbudgets', namespace)[0]
}
