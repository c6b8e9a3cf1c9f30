// ValidatingAdmissionPolicy: what the policies of the cluster say of an object. An expression that fails to run counts
// by the policy's failurePolicy. k8s.io/apiserver/pkg/admission/plugin/policy/validating/{validator,dispatcher}.go.
// Left out: the audit log, and with it what `Audit` and audit annotations would write; limits on cost.
import { dictionary } from '../../engine/dictionary.ts'
import { celValue } from '../../kinds/cel/values.ts'
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
} from '../../kinds/schema/types.ts'
import type { ApiError } from '../errors.ts'
import { type Admission, type Review, refuse } from './admission.ts'
import { type Bindings, bindingsOf, conditionsHold, evaluated, withVariables } from './expressions.ts'
import { type Invocation as AnyInvocation, invocations } from './policies.ts'

/** A refusal, in words, with its reason. */
interface Denial {
  readonly message: string
  readonly reason: string
}

const codes: Readonly<Record<string, number>> = dictionary({
  Forbidden: 403,
  Invalid: 422,
  RequestEntityTooLarge: 413,
  Unauthorized: 401,
})

const group = 'admissionregistration.k8s.io'

type Invocation = AnyInvocation<ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding>

export const validatingPolicy: Admission = {
  name: 'ValidatingAdmissionPolicy',
  validate(review) {
    const { store } = review.call.server
    let bindings: Bindings | undefined
    let first: { denial: Denial; invocation: Invocation } | undefined
    for (const invocation of invocations(
      review,
      store.table(`validatingadmissionpolicies.${group}`),
      store.table(`validatingadmissionpolicybindings.${group}`),
    )) {
      bindings ??= bindingsOf(review)
      for (const denial of denials(invocation, bindings)) {
        const { policy, binding } = invocation
        const actions = binding.spec.validationActions ?? []
        if (actions.includes('Deny') || invocation.fault) first ??= { denial, invocation }
        if (actions.includes('Warn'))
          review.call.warnings.push(
            `Validation failed for ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}': ${denial.message}`,
          )
      }
    }
    if (first) throw denied(review, first.invocation, first.denial)
  },
}

function denied(review: Review, { policy, binding }: Invocation, { message, reason }: Denial): Error {
  const text = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${message}`
  const error = refuse(review, text) as ApiError
  Object.assign(error.status, {
    reason,
    code: codes[reason] ?? 422,
    details: { ...error.status.details, causes: [{ message: text }] },
  })
  return error
}

function* denials({ policy, params, fault }: Invocation, request: Bindings): Generator<Denial> {
  const { spec } = policy
  const isStrict = spec.failurePolicy !== 'Ignore'
  const failure = (message: string): Denial[] => (isStrict ? [{ message, reason: 'Invalid' }] : [])
  if (fault)
    return yield* failure(
      `failed to configure ${fault.startsWith('failed to find') ? 'policy' : 'binding'}: ${fault}`,
    )
  const outer = spec.paramKind ? { ...request, params: params ? celValue(params) : null } : request
  const holds = conditionsHold(spec.matchConditions, outer)
  if (holds === false) return
  if (holds !== true) return yield* failure(holds.error)
  const bindings = withVariables(outer, spec.variables)
  for (const validation of spec.validations ?? []) {
    const outcome = evaluated(validation.expression, bindings)
    if ('error' in outcome) yield* failure(outcome.error)
    else if (outcome.value !== true)
      yield { message: messageOf(validation, bindings), reason: validation.reason || 'Invalid' }
  }
  for (const { valueExpression } of spec.auditAnnotations ?? []) {
    const outcome = evaluated(valueExpression, bindings)
    if ('error' in outcome) yield* failure(outcome.error)
  }
}

/** By messageExpression, unless it fails or gives nothing to print; else the message, else the expression. */
function messageOf({ expression, message, messageExpression }: Validation, bindings: Bindings): string {
  if (messageExpression) {
    const outcome = evaluated(messageExpression, bindings)
    const text = 'value' in outcome && typeof outcome.value === 'string' ? outcome.value.trim() : ''
    if (text && !/[\n\r]/.test(text) && text.length <= 5120) return text
  }
  return message?.trim() || `failed expression: ${expression.trim()}`
}
