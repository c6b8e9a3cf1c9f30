// What an admission expression sees: object, oldObject, request, namespaceObject, params, variables, authorizer.
// k8s.io/apiserver/pkg/admission/plugin/cel/{compile,activation,condition}.go.
import { CelError, cel } from '../../kinds/cel/cel.ts'
import { Authorizer, type Question, ResourceCheck } from '../../kinds/cel/questions.ts'
import { celValue } from '../../kinds/cel/values.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { MatchCondition, Variable } from '../../kinds/schema/types.ts'
import { authenticate, isAllowed } from '../authorization.ts'
import { toVersion } from '../registry.ts'
import type { Review } from './admission.ts'

export type Bindings = Record<string, unknown>

/** An expression's value, or why it has none: `expression 'x' resulted in error: no such key: y`. */
export type Outcome = { readonly value: unknown } | { readonly error: string }

export function evaluated(expression: string, bindings: Bindings): Outcome {
  try {
    return { value: cel().evaluate(expression, bindings) }
  } catch (error) {
    if (!(error instanceof CelError)) throw error
    return { error: `expression '${expression}' resulted in error: ${error.message}` }
  }
}

/** The bindings of one request; `variables` and `params` come on top, see `withVariables`. */
export function bindingsOf(review: Review): Bindings {
  const { call, operation, object, old } = review
  const shown = (value: KubeObject | undefined) =>
    value === undefined ? null : celValue(toVersion(call.resource, value))
  const namespace = object.metadata.namespace
  return {
    object: operation === 'DELETE' ? null : shown(object),
    oldObject: shown(old),
    request: celValue(requestOf(review)),
    namespaceObject: namespace
      ? celValue(call.server.lookup('namespaces', undefined, namespace) ?? null)
      : null,
    authorizer: authorizerOf(review),
  }
}

/** The AdmissionRequest without its objects. */
export function requestOf({ call, operation, object, subresource }: Review): object {
  const { resource, user, dryRun } = call
  const { group, version, kind, plural } = resource
  const subject = { kind: { group, version, kind }, resource: { group, version, resource: plural } }
  return {
    ...subject,
    ...(subresource && { subResource: subresource }),
    requestKind: subject.kind,
    requestResource: subject.resource,
    ...(subresource && { requestSubResource: subresource }),
    ...(object.metadata.name && { name: object.metadata.name }),
    ...(object.metadata.namespace && { namespace: object.metadata.namespace }),
    operation,
    userInfo: { username: user.name, groups: user.groups },
    dryRun,
  }
}

function authorizerOf({ call, object, subresource = '' }: Review): Authorizer {
  const ask = ({ user, resource, subresource: sub, path, ...rest }: Question): boolean => {
    const who = user === undefined ? call.user : authenticate({ name: user, groups: [] })
    return isAllowed(
      call.server,
      who,
      path === undefined
        ? { ...rest, resource: sub ? `${resource}/${sub}` : (resource ?? '') }
        : { verb: rest.verb, path },
    )
  }
  const { group, plural: resource } = call.resource
  const { namespace, name } = object.metadata
  const about = { group, resource, subresource, ...(namespace && { namespace }), ...(name && { name }) }
  return Object.assign(new Authorizer(ask), { requestResource: new ResourceCheck(ask, about) })
}

/** Variables of a policy, each computed when it is first asked for; a failure is thrown each time. */
export function withVariables(bindings: Bindings, list: readonly Variable[] | undefined): Bindings {
  if (!list?.length) return bindings
  const variables: Record<string, unknown> = {}
  const all = { ...bindings, variables }
  for (const { name, expression } of list)
    Object.defineProperty(variables, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = cel().evaluate(expression, all)
        Object.defineProperty(variables, name, { value, enumerable: true })
        return value
      },
    })
  return all
}

/** Whether all conditions hold; those that fail to run are an error only where none is false. */
export function conditionsHold(
  conditions: readonly MatchCondition[] | undefined,
  bindings: Bindings,
): boolean | { readonly error: string } {
  const errors: string[] = []
  for (const { expression } of conditions ?? []) {
    const outcome = evaluated(expression, bindings)
    if ('error' in outcome) errors.push(outcome.error)
    else if (outcome.value !== true) return false
  }
  if (!errors.length) return true
  return { error: errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]` }
}
