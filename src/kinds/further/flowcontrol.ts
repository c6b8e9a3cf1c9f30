// FlowSchema and PriorityLevelConfiguration: pkg/apis/flowcontrol/{validation,v1/defaults.go}. They are kept and shown;
// this server has no queues that they would rule.
import { dictionary } from '../../engine/dictionary.ts'
import { oneOf } from '../machinery/admission-rules.ts'
import { child, type FieldError, forbidden, index, invalid, required } from '../machinery/field-error.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import { isDNS1123Subdomain } from '../machinery/names.ts'
import type { KindBehaviour } from '../machinery/plain-kind.ts'
import type {
  FlowcontrolV1Subject,
  FlowSchema,
  LimitedPriorityLevelConfiguration,
  PolicyRulesWithSubjects,
  PriorityLevelConfiguration,
  ResourcePolicyRule,
} from '../schema/types.ts'

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch']

function validateVerbs(list: readonly string[], field: string): FieldError[] {
  if (!list.length) return [required(field, 'verbs must contain at least one value')]
  if (list.includes('*'))
    return list.length > 1 ? [invalid(field, list, "if '*' is present, must not specify other verbs")] : []
  return list.every(verb => verbs.includes(verb)) ? [] : list.flatMap(verb => oneOf(verb, field, verbs))
}

const alone = (list: readonly string[], field: string, what: string): FieldError[] =>
  list.length > 1 && list.includes('*')
    ? [invalid(field, list, `if '*' is present, must not specify other ${what}`)]
    : []

function validateSubject(subject: FlowcontrolV1Subject, field: string): FieldError[] {
  const forms: Record<string, 'user' | 'group' | 'serviceAccount'> = dictionary({
    ServiceAccount: 'serviceAccount',
    User: 'user',
    Group: 'group',
  })
  const wanted = forms[subject.kind]
  if (!wanted) return oneOf(subject.kind, child(field, 'kind'), ['Group', 'ServiceAccount', 'User'])
  const errors: FieldError[] = []
  const form = subject[wanted]
  const at = child(field, wanted)
  if (!form) errors.push(required(at, `${wanted} is required when subject kind is '${subject.kind}'`))
  else {
    if (!form.name) errors.push(required(child(at, 'name')))
    if (wanted === 'serviceAccount' && !subject.serviceAccount?.namespace)
      errors.push(required(child(at, 'namespace'), 'must specify namespace for service account'))
  }
  for (const [kind, other] of Object.entries(forms))
    if (kind !== subject.kind && subject[other])
      errors.push(forbidden(child(field, other), `${other} is forbidden when subject kind is not '${kind}'`))
  return errors
}

function validateResourceRule(rule: ResourcePolicyRule, field: string): FieldError[] {
  const { verbs: list = [], apiGroups = [], resources = [], namespaces = [], clusterScope } = rule
  const at = (name: string) => child(field, name)
  const errors = validateVerbs(list ?? [], at('verbs'))
  if (!apiGroups?.length)
    errors.push(required(at('apiGroups'), 'resource rules must supply at least one api group'))
  else errors.push(...alone(apiGroups, at('apiGroups'), 'api groups'))
  if (!resources?.length)
    errors.push(required(at('resources'), 'resource rules must supply at least one resource'))
  else errors.push(...alone(resources, at('resources'), 'resources'))
  if (!namespaces?.length && !clusterScope)
    errors.push(
      required(
        at('namespaces'),
        'resource rules that are not cluster scoped must supply at least one namespace',
      ),
    )
  return errors
}

function validateRules(rules: readonly PolicyRulesWithSubjects[]): FieldError[] {
  return rules.flatMap(({ subjects = [], resourceRules = [], nonResourceRules = [] }, i) => {
    const at = index('spec.rules', i)
    const errors: FieldError[] = []
    if (!subjects?.length)
      errors.push(required(child(at, 'subjects'), 'subjects must contain at least one value'))
    for (const [j, subject] of (subjects ?? []).entries())
      errors.push(...validateSubject(subject, index(child(at, 'subjects'), j)))
    if (!resourceRules.length && !nonResourceRules.length)
      errors.push(required(at, 'at least one of resourceRules and nonResourceRules has to be non-empty'))
    for (const [j, rule] of resourceRules.entries())
      errors.push(...validateResourceRule(rule, index(child(at, 'resourceRules'), j)))
    for (const [j, { verbs: list = [], nonResourceURLs: urls = [] }] of nonResourceRules.entries()) {
      const field = index(child(at, 'nonResourceRules'), j)
      errors.push(...validateVerbs(list, child(field, 'verbs')))
      if (!urls?.length)
        errors.push(
          required(child(field, 'nonResourceURLs'), 'nonResourceURLs must contain at least one value'),
        )
    }
    return errors
  })
}

function validateSchema({ metadata, spec }: FlowSchema): FieldError[] {
  const errors: FieldError[] = []
  const { matchingPrecedence: precedence, distinguisherMethod, priorityLevelConfiguration } = spec
  const at = 'spec.matchingPrecedence'
  if (precedence <= 0) errors.push(invalid(at, precedence, 'must be a positive value'))
  if (precedence > 10000) errors.push(invalid(at, precedence, 'must not be greater than 10000'))
  if (precedence === 1 && metadata.name !== 'exempt')
    errors.push(invalid(at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"))
  if (distinguisherMethod)
    errors.push(
      ...oneOf(distinguisherMethod.type, 'spec.distinguisherMethod.type', ['ByNamespace', 'ByUser']),
    )
  const name = priorityLevelConfiguration?.name ?? ''
  const field = 'spec.priorityLevelConfiguration.name'
  errors.push(
    ...(name
      ? invalidEach(field, name, isDNS1123Subdomain(name))
      : [required(field, 'must reference a priority level')]),
  )
  return [...errors, ...validateRules(spec.rules ?? [])]
}

function percent(value: number | undefined, field: string): FieldError[] {
  return value !== undefined && (value < 0 || value > 100)
    ? [invalid(field, value, 'must be between 0 and 100, inclusive')]
    : []
}

function validateLimited(limited: LimitedPriorityLevelConfiguration, field: string): FieldError[] {
  const { nominalConcurrencyShares: shares, limitResponse, lendablePercent, borrowingLimitPercent } = limited
  const errors: FieldError[] = []
  if (shares !== undefined && shares < 0)
    errors.push(invalid(child(field, 'nominalConcurrencyShares'), shares, 'must be a non-negative integer'))
  const at = child(field, 'limitResponse')
  const { type, queuing } = limitResponse
  if (type !== 'Queue' && type !== 'Reject')
    errors.push(...oneOf(type, child(at, 'type'), ['Queue', 'Reject']))
  else if (type === 'Reject' && queuing)
    errors.push(forbidden(child(at, 'queuing'), `must be nil if limited.limitResponse.type is not Limited`))
  else if (type === 'Queue' && !queuing)
    errors.push(required(child(at, 'queuing'), 'must not be empty if limited.limitResponse.type is Limited'))
  else if (queuing) {
    const { queues = 0, handSize = 0, queueLengthLimit = 0 } = queuing
    const below = (name: string) => child(child(at, 'queuing'), name)
    for (const [name, value] of Object.entries({ queueLengthLimit, queues, handSize }))
      if (value <= 0) errors.push(invalid(below(name), value, 'must be positive'))
    if (handSize > queues)
      errors.push(invalid(below('handSize'), handSize, `should not be greater than queues (${queues})`))
  }
  if (borrowingLimitPercent !== undefined && borrowingLimitPercent < 0)
    errors.push(
      invalid(
        child(field, 'borrowingLimitPercent'),
        borrowingLimitPercent,
        'if specified, must be a non-negative integer',
      ),
    )
  return [...errors, ...percent(lendablePercent, child(field, 'lendablePercent'))]
}

function validateLevel({ metadata, spec }: PriorityLevelConfiguration): FieldError[] {
  const { type, limited, exempt } = spec
  if (type !== 'Exempt' && type !== 'Limited') return oneOf(type, 'spec.type', ['Exempt', 'Limited'])
  const errors: FieldError[] = []
  if ((metadata.name === 'exempt') !== (type === 'Exempt'))
    errors.push(invalid('spec.type', type, "must be 'Exempt' if and only if `name` is 'exempt'"))
  if (type === 'Exempt') {
    if (limited) errors.push(forbidden('spec.limited', 'must be nil if the type is not Limited'))
    return [...errors, ...percent(exempt?.lendablePercent, 'spec.exempt.lendablePercent')]
  }
  if (exempt) errors.push(forbidden('spec.exempt', 'must be nil if the type is Limited'))
  if (!limited) errors.push(required('spec.limited', 'must not be empty when type is Limited'))
  else errors.push(...validateLimited(limited, 'spec.limited'))
  return errors
}

export const flowSchemaRules: KindBehaviour<FlowSchema> = {
  defaults({ spec }) {
    if (!spec.matchingPrecedence) spec.matchingPrecedence = 1000
  },
  validate: validateSchema,
  validateUpdate: validateSchema,
}

export const priorityLevelRules: KindBehaviour<PriorityLevelConfiguration> = {
  defaults({ spec }) {
    const { limited, exempt } = spec
    if (exempt) {
      exempt.nominalConcurrencyShares ??= 0
      exempt.lendablePercent ??= 0
    }
    if (!limited) return
    limited.nominalConcurrencyShares ??= 30
    limited.lendablePercent ??= 0
    const queuing = limited.limitResponse?.queuing
    if (!queuing) return
    queuing.handSize ||= 8
    queuing.queues ||= 64
    queuing.queueLengthLimit ||= 50
  },
  validate: validateLevel,
  validateUpdate: validateLevel,
}
