// Reviews: questions in the form of objects that are not stored (who am I, may I). pkg/registry/{authorization,authentication}.
import type {
  SelfSubjectRulesReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
  TokenReview,
} from '../../kinds/schema/types.ts'
import { tokenUser } from '../authentication.ts'
import { type Attributes, authenticate, isAllowed, type Rule, rulesFor } from '../authorization.ts'
import type { Call } from '../call.ts'
import { decodeBody } from '../decode.ts'
import { invalid } from '../errors.ts'
import type { Answer, SubresourceHandler } from '../subresources/subresource.ts'
import type { UserInfo } from '../types.ts'

const created = (review: object, status: unknown): Answer => ({ code: 201, body: { ...review, status } })

function attributesOf({ resourceAttributes, nonResourceAttributes }: SubjectAccessReviewSpec): Attributes {
  if (nonResourceAttributes)
    return { verb: nonResourceAttributes.verb ?? '', path: nonResourceAttributes.path ?? '' }
  const { verb = '', namespace, group, resource = '', subresource, name } = resourceAttributes ?? {}
  return { verb, namespace, group, resource: subresource ? `${resource}/${subresource}` : resource, name }
}

function review(whose: (call: Call, spec: SubjectAccessReviewSpec) => UserInfo): SubresourceHandler {
  return {
    create(call) {
      const object = decodeBody(call) as SubjectAccessReview
      const { spec } = object
      const errors = []
      if (Boolean(spec.resourceAttributes) === Boolean(spec.nonResourceAttributes))
        errors.push({
          type: 'Invalid' as const,
          field: 'spec.resourceAttributes',
          value: spec.resourceAttributes ?? null,
          detail: spec.resourceAttributes
            ? 'cannot be specified in combination with nonResourceAttributes'
            : 'exactly one of nonResourceAttributes or resourceAttributes must be specified',
        })
      if (errors.length) throw invalid(call.resource, '', errors)
      const allowed = isAllowed(call.server, whose(call, spec), attributesOf(spec))
      return created(object, { allowed, ...(allowed && { reason: '' }) })
    },
  }
}

const userOf = (spec: SubjectAccessReviewSpec): UserInfo =>
  authenticate({ name: spec.user ?? '', groups: spec.groups ?? [] })

const rulesReview: SubresourceHandler = {
  create(call) {
    const object = decodeBody(call) as SelfSubjectRulesReview
    const rules: Rule[] = [...rulesFor(call.server, call.user, object.spec.namespace || 'default')]
    const resourceRules = rules
      .filter(rule => rule.resources?.length)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames && { resourceNames }),
      }))
    const nonResourceRules = rules
      .filter(rule => rule.nonResourceURLs?.length)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }))
    return created(object, { resourceRules, nonResourceRules, incomplete: false })
  },
}

const userInfo = ({ name: username, groups, uid, extra }: UserInfo) => ({
  username,
  ...(uid && { uid }),
  groups,
  ...(extra && Object.keys(extra).length > 0 && { extra }),
})

const whoAmI: SubresourceHandler = {
  create(call) {
    return created(decodeBody(call), { userInfo: userInfo(call.user) })
  },
}

const tokenReview: SubresourceHandler = {
  create(call) {
    const object = decodeBody(call) as TokenReview
    const user = tokenUser(call.server, object.spec.token ?? '')
    if (!user) return created(object, { user: {}, error: 'invalid bearer token' })
    const audiences = ['https://kubernetes.default.svc.cluster.local']
    return created(object, { authenticated: true, user: userInfo(user), audiences })
  },
}

export const reviews: Readonly<Record<string, SubresourceHandler>> = {
  'selfsubjectaccessreviews.authorization.k8s.io': review(call => call.user),
  'subjectaccessreviews.authorization.k8s.io': review((_, spec) => userOf(spec)),
  'localsubjectaccessreviews.authorization.k8s.io': review((_, spec) => userOf(spec)),
  'selfsubjectrulesreviews.authorization.k8s.io': rulesReview,
  'selfsubjectreviews.authentication.k8s.io': whoAmI,
  'tokenreviews.authentication.k8s.io': tokenReview,
}
