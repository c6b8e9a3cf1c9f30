// MutatingAdmissionPolicy: policies change an object, by a configuration that is applied or by a JSON patch; each sees
// what those before it did, and those that ask for it run again where a later one changed something.
// k8s.io/apiserver/pkg/admission/plugin/policy/mutating.
import { celValue, jsonValue } from '../../kinds/cel/values.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding } from '../../kinds/schema/types.ts'
import { structType } from '../../kinds/schema.ts'
import { decodePatched } from '../decode.ts'
import { ApiError } from '../errors.ts'
import { equalJson, isObject } from '../json.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { mergeTyped } from '../patch/typed.ts'
import { toVersion } from '../registry.ts'
import { type Admission, type Review, refuse } from './admission.ts'
import { bindingsOf, conditionsHold, evaluated, withVariables } from './expressions.ts'
import { type Invocation as AnyInvocation, invocations } from './policies.ts'

const group = 'admissionregistration.k8s.io'

type Invocation = AnyInvocation<MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding>

export const mutatingPolicy: Admission = {
  name: 'MutatingAdmissionPolicy',
  admit(review) {
    if (review.operation === 'DELETE') return
    const { store } = review.call.server
    const all = [
      ...invocations(
        review,
        store.table(`mutatingadmissionpolicies.${group}`),
        store.table(`mutatingadmissionpolicybindings.${group}`),
      ),
    ]
    let last = -1
    for (const [i, invocation] of all.entries()) if (invoke(review, invocation)) last = i
    for (const invocation of all.slice(0, Math.max(0, last)))
      if (invocation.policy.spec.reinvocationPolicy === 'IfNeeded') invoke(review, invocation)
  },
}

/** Whether it changed the object. */
function invoke(review: Review, { policy, binding, params, fault }: Invocation): boolean {
  const { spec } = policy
  const fail = (message: string): false => {
    if (spec.failurePolicy === 'Ignore') return false
    throw refuse(
      review,
      `policy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${message}`,
    )
  }
  if (fault) return fail(fault)
  const request = bindingsOf(review)
  const outer = spec.paramKind ? { ...request, params: params ? celValue(params) : null } : request
  const holds = conditionsHold(spec.matchConditions, outer)
  if (holds === false) return false
  if (holds !== true) return fail(holds.error)
  let changed = false
  for (const mutation of spec.mutations ?? []) {
    const bindings = withVariables({ ...outer, object: bindingsOf(review).object }, spec.variables)
    const { applyConfiguration, jsonPatch: patch, patchType } = mutation
    const { expression = '' } = (patchType === 'JSONPatch' ? patch : applyConfiguration) ?? {}
    const outcome = evaluated(expression, bindings)
    if ('error' in outcome) return fail(outcome.error)
    try {
      if (change(review, patchType, jsonValue(outcome.value))) changed = true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return fail(error.message)
    }
  }
  return changed
}

function change({ call, object }: Review, patchType: string, value: unknown): boolean {
  const { resource } = call
  const before = toVersion(resource, object)
  const failed = (why: string) => refuse({ call, object } as Review, why)
  if (patchType === 'ApplyConfiguration' && !isObject(value)) throw failed('must evaluate to Object')
  if (patchType === 'JSONPatch' && !Array.isArray(value)) throw failed('must evaluate to array of JSONPatch')
  const after =
    patchType === 'JSONPatch'
      ? jsonPatch(before, value)
      : mergeTyped(structType(resource.schema), before, value)
  const decoded = decodePatched({ ...call, fieldValidation: 'Strict' }, after, failed)
  resource.rules.defaults?.(decoded)
  return replaceContent(object, decoded)
}

/** The object keeps its identity; whether anything of it is new. */
export function replaceContent(object: KubeObject, content: KubeObject): boolean {
  if (equalJson(object, content)) return false
  const fields = object as KubeObject & Record<string, unknown>
  for (const name of Object.keys(fields)) delete fields[name]
  Object.assign(object, content)
  return true
}
