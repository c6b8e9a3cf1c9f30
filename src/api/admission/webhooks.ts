// MutatingAdmissionWebhook and ValidatingAdmissionWebhook: programs in the cluster that are asked about each object.
// k8s.io/apiserver/pkg/admission/plugin/webhook/{mutating,validating}/dispatcher.go. All webhooks of a kind are asked in
// the order of their configurations; mutating ones see what those before them changed.
import { decodeBase64 } from '../../engine/bytes.ts'
import type { Sent } from '../../kinds/object.ts'
import type { MutatingWebhook, Served, Status } from '../../kinds/schema/types.ts'
import { decodePatched } from '../decode.ts'
import { type ApiError, failure, internal, quote } from '../errors.ts'
import { isObject } from '../json.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { toVersion } from '../registry.ts'
import { type Admission, type Review, refuse } from './admission.ts'
import { type Bindings, bindingsOf, conditionsHold } from './expressions.ts'
import { isExempt, matchesRules, matchesSelectors } from './matching.ts'
import { replaceContent } from './mutating-policy.ts'
import { type AdmissionResponse, callWebhook, type Webhook } from './webhook-call.ts'

const group = 'admissionregistration.k8s.io'

type Configurations = `${'mutating' | 'validating'}webhookconfigurations.${typeof group}`

/** The webhooks that a request concerns. */
function* concerned<Name extends Configurations>(
  review: Review,
  name: Name,
): Generator<NonNullable<Served[Name]['webhooks']>[number]> {
  const table = review.call.server.store.table(name)
  if (!table.keys().length || isExempt(review)) return
  for (const { object } of table.list())
    for (const webhook of object.webhooks ?? [])
      if (matchesRules(webhook.rules, webhook.matchPolicy, review) && matchesSelectors(webhook, review))
        yield webhook
}

/** The webhook's answer where it allows; undefined where it is not asked, or its failure is ignored. */
function ask(review: Review, webhook: Webhook, bindings: () => Bindings): AdmissionResponse | undefined {
  const isStrict = webhook.failurePolicy !== 'Ignore'
  if (webhook.matchConditions?.length) {
    const holds = conditionsHold(webhook.matchConditions, bindings())
    if (holds === false) return undefined
    if (holds !== true) {
      if (!isStrict) return undefined
      throw refuse(review, holds.error)
    }
  }
  const answer = callWebhook(review, webhook)
  if ('error' in answer) {
    if (!isStrict) return undefined
    throw internal(answer.error)
  }
  const { response } = answer
  if (Array.isArray(response.warnings)) review.call.warnings.push(...response.warnings.map(String))
  if (response.allowed !== true) throw denied(webhook.name, response.status)
  return response
}

/** webhookerrors.ToStatusErr */
function denied(name: string, status: unknown): ApiError {
  const by = `admission webhook ${quote(name)} denied the request`
  const { code = 0, message, reason } = (isObject(status) ? status : {}) as Sent<Status>
  const why = message || reason
  return failure(code < 400 ? 400 : code, reason, why ? `${by}: ${why}` : `${by} without explanation`, {})
}

export const validatingWebhook: Admission = {
  name: 'ValidatingAdmissionWebhook',
  validate(review) {
    let bindings: Bindings | undefined
    for (const webhook of concerned(review, `validatingwebhookconfigurations.${group}`))
      ask(review, webhook, () => (bindings ??= bindingsOf(review)))
  },
}

export const mutatingWebhook: Admission = {
  name: 'MutatingAdmissionWebhook',
  admit(review) {
    const all = [...concerned(review, `mutatingwebhookconfigurations.${group}`)]
    let last = -1
    for (const [i, webhook] of all.entries()) if (mutate(review, webhook)) last = i
    for (const webhook of all.slice(0, Math.max(0, last)))
      if (webhook.reinvocationPolicy === 'IfNeeded') mutate(review, webhook)
  },
}

/** Whether the object changed. */
function mutate(review: Review, webhook: MutatingWebhook): boolean {
  const response = ask(review, webhook, () => bindingsOf(review))
  if (!response?.patch || review.operation === 'DELETE') return false
  const { call, object } = review
  const failed = (why: string) => internal(why)
  if (response.patchType !== 'JSONPatch')
    throw internal(`webhook returned response.patchType not supported: ${response.patchType ?? ''}`)
  const patch: unknown = JSON.parse(decodeBase64(response.patch as unknown as string) ?? '')
  const decoded = decodePatched(call, jsonPatch(toVersion(call.resource, object), patch), failed)
  call.resource.rules.defaults?.(decoded)
  return replaceContent(object, decoded)
}
