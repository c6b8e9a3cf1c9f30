// What both kinds of admission policies share: which policies and bindings a request meets, and their parameters.
// k8s.io/apiserver/pkg/admission/plugin/policy/{generic,matching}.
import { selectorFromObject, matches as selectorMatches } from '../../kinds/machinery/labels.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../kinds/schema/types.ts'
import { storeKey, type Table } from '../store.ts'
import type { Review } from './admission.ts'
import { isExempt, matchesResources } from './matching.ts'

type AnyPolicy = MutatingAdmissionPolicy | ValidatingAdmissionPolicy
type AnyBinding = MutatingAdmissionPolicyBinding | ValidatingAdmissionPolicyBinding

/** One policy under one binding, with one parameter object where the policy takes such. */
export interface Invocation<Policy extends AnyPolicy, Binding extends AnyBinding> {
  readonly policy: Policy
  readonly binding: Binding
  readonly params: KubeObject | undefined
  /** Why the binding cannot be carried out: its parameters are not there. */
  readonly fault?: string
}

/** In the order of the names of policies, then of bindings. */
export function* invocations<Policy extends AnyPolicy, Binding extends AnyBinding>(
  review: Review,
  policies: Table<Policy>,
  bindings: Table<Binding>,
): Generator<Invocation<Policy, Binding>> {
  if (!bindings.keys().length || isExempt(review)) return
  for (const { object: policy } of policies.list()) {
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

function* parameterized<Policy extends AnyPolicy, Binding extends AnyBinding>(
  review: Review,
  policy: Policy,
  binding: Binding,
): Generator<Invocation<Policy, Binding>> {
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
