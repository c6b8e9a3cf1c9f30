// The validating admission policy status controller: checks the expressions of a policy against the types of the kinds
// that it names, and says in its status what would fail. pkg/controller/validatingadmissionpolicystatus and
// k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go. Left out: types of parameters.
import { cel } from '../kinds/cel/cel.ts'
import { scopeOfKind } from '../kinds/cel/struct-scope.ts'
import { findResource } from '../kinds/index.ts'
import type {
  ExpressionWarning,
  NamedRuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicySpec,
} from '../kinds/schema/types.ts'
import { type StartController, WorkQueue } from './controller.ts'

const resourceName = 'validatingadmissionpolicies.admissionregistration.k8s.io'
/** So many kinds are checked at most. */
const mostKinds = 10

export const startPolicyStatus: StartController = context => {
  const { client, informers } = context
  const policies = informers.of(resourceName)
  const queue = new WorkQueue(context, sync)
  const enqueue = (policy: ValidatingAdmissionPolicy) => queue.add(policy.metadata.name)
  policies.handle({ add: enqueue, update: (_old, policy) => enqueue(policy) })

  function sync(name: string): undefined {
    const policy = policies.get(name)
    const { generation } = policy?.metadata ?? {}
    if (!policy || policy.status?.observedGeneration === generation) return
    const expressionWarnings = [...warningsOf(policy)]
    const typeChecking = expressionWarnings.length ? { expressionWarnings } : {}
    client
      .resource(resourceName)
      .updateStatus({ ...policy, status: { observedGeneration: generation, typeChecking } })
  }
}

function* warningsOf({ spec }: ValidatingAdmissionPolicy): Generator<ExpressionWarning> {
  const kinds = [...kindsOf(spec.matchConstraints?.resourceRules ?? [])].slice(0, mostKinds)
  const others = {
    request: 'dyn',
    namespaceObject: 'dyn',
    authorizer: 'dyn',
    params: 'dyn',
    variables: 'dyn',
  }
  for (const [fieldRef, expression] of expressionsOf(spec)) {
    let warning = ''
    for (const { title, schema } of kinds) {
      const scope = scopeOfKind(schema, others)
      const fault = scope && cel().check(expression, scope, 'any')
      if (fault) warning += `${title}: ${fault.replace(/^compilation failed: /, '')}\n`
    }
    if (warning) yield { fieldRef, warning }
  }
}

function* expressionsOf({
  validations,
  matchConditions,
  auditAnnotations,
  variables,
}: ValidatingAdmissionPolicySpec): Generator<[string, string]> {
  for (const [i, { expression, messageExpression }] of (validations ?? []).entries()) {
    yield [`spec.validations[${i}].expression`, expression]
    if (messageExpression) yield [`spec.validations[${i}].messageExpression`, messageExpression]
  }
  for (const [i, { expression }] of (matchConditions ?? []).entries())
    yield [`spec.matchConditions[${i}].expression`, expression]
  for (const [i, { valueExpression }] of (auditAnnotations ?? []).entries())
    yield [`spec.auditAnnotations[${i}].valueExpression`, valueExpression]
  for (const [i, { expression }] of (variables ?? []).entries())
    yield [`spec.variables[${i}].expression`, expression]
}

/** The kinds that rules name outright: rules with a wildcard name none. */
function* kindsOf(rules: readonly NamedRuleWithOperations[]): Generator<{ title: string; schema: string }> {
  const seen = new Set<string>()
  for (const { apiGroups = [], apiVersions = [], resources = [] } of rules)
    for (const group of apiGroups)
      for (const version of apiVersions)
        for (const plural of resources) {
          const found = findResource(group, version, plural)
          if (!found?.resource.schema || seen.has(found.resource.schema)) continue
          seen.add(found.resource.schema)
          const { kind, schema } = found.resource
          yield { title: `${group ? `${group}/` : '/'}${version}, Kind=${kind}`, schema }
        }
}
