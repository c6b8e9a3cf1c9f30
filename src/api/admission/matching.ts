// Which requests a webhook or a policy looks at: rules, and selectors of namespaces and objects.
// k8s.io/apiserver/pkg/admission/plugin/{webhook/predicates/{rules,namespace,object}, policy/matching}.
import { selects } from '../../kinds/machinery/labels.ts'
import type { LabelSelector, MatchResources, NamedRuleWithOperations } from '../../kinds/schema/types.ts'
import type { Review } from './admission.ts'

/** Where the resource that a request names stands among the versions of its kind. */
interface Target {
  readonly group: string
  readonly version: string
}

/** What is configured by the objects themselves is never held by them: it could not be repaired. */
export const isExempt = ({ call }: Review): boolean => call.resource.group === 'admissionregistration.k8s.io'

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(value))

function matchesResource(resources: readonly string[] = [], plural: string, subresource = ''): boolean {
  return resources.some(name => {
    const [resource = '', sub = ''] = name.split(/\/(.*)/s)
    return (resource === '*' || resource === plural) && (sub === '*' || sub === subresource)
  })
}

/** `resourceNames` where the rule has them. */
function matchesRule(rule: NamedRuleWithOperations, review: Review, target: Target): boolean {
  const { call, operation, object, subresource } = review
  const { scope = '*', resourceNames } = rule
  const namespaced = call.resource.namespaced
  return (
    (scope === '*' || (scope === 'Namespaced') === namespaced) &&
    has(rule.operations, operation) &&
    has(rule.apiGroups, target.group) &&
    has(rule.apiVersions, target.version) &&
    matchesResource(rule.resources, call.resource.plural, subresource) &&
    (!resourceNames?.length || resourceNames.includes(object.metadata.name))
  )
}

/** The version that was asked for first; under `Equivalent` the others of the kind too. */
function targetsOf({ call: { resource } }: Review, policy: string | undefined): Target[] {
  const { group, version, rules } = resource
  const asked = { group, version }
  return policy === 'Exact'
    ? [asked]
    : [asked, { group: rules.group, version: rules.version }, ...(rules.versions ?? [])]
}

export const matchesRules = (
  rules: readonly NamedRuleWithOperations[] | undefined,
  policy: string | undefined,
  review: Review,
): boolean =>
  (rules ?? []).some(rule => targetsOf(review, policy).some(target => matchesRule(rule, review, target)))

/** What leaves something out; an empty selector takes everything. */
const narrowing = (selector: LabelSelector | undefined): LabelSelector | undefined =>
  selector?.matchLabels || selector?.matchExpressions?.length ? selector : undefined

/** Namespaces are selected by their own labels; what belongs to the cluster, always. */
export function matchesSelectors(
  { namespaceSelector, objectSelector }: Pick<MatchResources, 'namespaceSelector' | 'objectSelector'>,
  { call, object, old, operation }: Review,
): boolean {
  const ofNamespace = narrowing(namespaceSelector)
  const ofObject = narrowing(objectSelector)
  if (ofNamespace) {
    const isNamespace = call.resource.table === 'namespaces'
    const namespace = isNamespace ? undefined : object.metadata.namespace
    const labels = isNamespace
      ? object.metadata.labels
      : namespace && call.server.lookup('namespaces', undefined, namespace)?.metadata.labels
    if ((isNamespace || namespace) && !selects(ofNamespace, labels || {})) return false
  }
  if (!ofObject) return true
  const candidates = operation === 'DELETE' ? [old] : [object, old]
  return candidates.some(each => each && selects(ofObject, each.metadata.labels ?? {}))
}

/** MatchResources of a policy or a binding; a binding without rules takes all that its policy does. */
export function matchesResources(
  match: MatchResources | undefined,
  review: Review,
  isBinding = false,
): boolean {
  if (!match) return isBinding
  const { matchPolicy, resourceRules, excludeResourceRules } = match
  if (!matchesSelectors(match, review)) return false
  if (matchesRules(excludeResourceRules, matchPolicy, review)) return false
  if (isBinding && !resourceRules?.length) return true
  return matchesRules(resourceRules, matchPolicy, review)
}
