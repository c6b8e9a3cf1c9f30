// What both kinds of admission policies share: which policies and bindings a request meets, and their parameters.
// k8s.io/apiserver/pkg/admission/plugin/policy/{generic,matching}.
import { selectorFromObject, matches as selectorMatches } from '../../kinds/machinery/labels.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { storeKey } from '../store.ts'
import type { Review } from './admission.ts'
import { isExempt, matchesResources } from './matching.ts'

const group = 'admissionregistration.k8s.io'

/** One policy under one binding, with one parameter object where the policy takes such. */
export interface Invocation {
  readonly policy: AnyObject
  readonly binding: AnyObject
  readonly params: AnyObject | undefined
  /** Why the binding cannot be carried out: its parameters are not there. */
  readonly fault?: string
}

/** In the order of the names of policies, then of bindings. */
export function* invocations(review: Review, policies: string): Generator<Invocation> {
  const { store } = review.call.server
  const bindings = store.table(`${policies.replace(/policies$/, 'policybindings')}.${group}`)
  if (!bindings.keys().length || isExempt(review)) return
  for (const { object: policy } of store.table(`${policies}.${group}`).list()) {
    const mine = [...bindings.list()]
      .map(stored => stored.object)
      .filter(({ spec }) => spec.policyName === policy.metadata.name)
    if (!mine.length || !matchesResources(policy.spec.matchConstraints, review)) continue
    for (const binding of mine) {
      if (!matchesResources(binding.spec.matchResources, review, true)) continue
      yield* parameterized(review, policy, binding)
    }
  }
}

function* parameterized(review: Review, policy: AnyObject, binding: AnyObject): Generator<Invocation> {
  const { paramKind } = policy.spec
  const { paramRef } = binding.spec
  const base = { policy, binding, params: undefined }
  if (!paramKind) return yield base
  const { server } = review.call
  const resource = [...server.registry.all()].find(
    r => r.apiVersion === paramKind.apiVersion && r.kind === paramKind.kind,
  )
  if (!resource) {
    const kind = `${paramKind.apiVersion}, Kind=${paramKind.kind}`
    yield { ...base, fault: `failed to find resource referenced by paramKind: '${kind}'` }
    return
  }
  if (!paramRef) return yield base
  const namespace = resource.namespaced ? paramRef.namespace || review.object.metadata.namespace : undefined
  if (resource.namespaced && !namespace)
    return yield {
      ...base,
      fault: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    }
  if (!resource.namespaced && paramRef.namespace)
    return yield {
      ...base,
      fault: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`',
    }
  const table = server.store.table(resource.table)
  const selector = paramRef.selector && selectorFromObject(paramRef.selector)
  const found = paramRef.name
    ? [table.get(storeKey(namespace, paramRef.name))].flatMap(stored => (stored ? [stored.object] : []))
    : [...table.list(namespace)]
        .map(stored => stored.object)
        .filter(({ metadata }) => selector && selectorMatches(selector, metadata.labels))
  if (found.length) for (const params of found) yield { policy, binding, params }
  else if (paramRef.parameterNotFoundAction === 'Deny')
    yield {
      ...base,
      fault: 'no params found for policy binding with `Deny` parameterNotFoundAction',
    }
}
