// What the kinds of RBAC share: rules, references to roles, subjects. pkg/apis/rbac/validation, pkg/apis/rbac/v1/defaults.go.
import type { Cell, RowContext } from '../kind.ts'
import type { ClusterRoleBinding, PolicyRule, RoleBinding, Subject } from '../schema/types.ts'
import { age } from './duration.ts'
import { equal } from './equality.ts'
import { type FieldError, invalid, notSupported, required } from './field-error.ts'
import { internalValue } from './internal.ts'
import { invalidEach } from './meta-validation.ts'
import { isDNS1123Subdomain, isPathSegmentName } from './names.ts'
import type { KindBehaviour } from './plain-kind.ts'

type Binding = RoleBinding | ClusterRoleBinding

const rbacGroup = 'rbac.authorization.k8s.io'

/** ValidatePolicyRule. */
export const validateRules = (rules: readonly PolicyRule[] | undefined, namespaced: boolean): FieldError[] =>
  (rules ?? []).flatMap((rule, i) => {
    const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs: urls = [] } = rule
    const at = `rules[${i}]`
    const errors = verbs?.length ? [] : [required(`${at}.verbs`, 'verbs must contain at least one value')]
    if (urls.length) {
      const bad = (detail: string) => errors.push(invalid(`${at}.nonResourceURLs`, urls, detail))
      if (namespaced) bad('namespaced rules cannot apply to non-resource URLs')
      if (apiGroups.length || resources.length || resourceNames.length)
        bad('rules cannot apply to both regular resources and non-resource URLs')
      return errors
    }
    if (!apiGroups.length)
      errors.push(required(`${at}.apiGroups`, 'resource rules must supply at least one api group'))
    if (!resources.length)
      errors.push(required(`${at}.resources`, 'resource rules must supply at least one resource'))
    return errors
  })

/** ValidateRoleBindingSubject. */
function validateSubject({ kind, name, namespace, apiGroup = '' }: Subject, namespaced: boolean, at: string) {
  const errors = name ? [] : [required(`${at}.name`)]
  const group = (wanted: string) => {
    if (apiGroup !== wanted) errors.push(notSupported(`${at}.apiGroup`, apiGroup, [wanted]))
  }
  if (kind === 'ServiceAccount') {
    if (name) errors.push(...invalidEach(`${at}.name`, name, isDNS1123Subdomain(name)))
    group('')
    if (!namespaced && !namespace) errors.push(required(`${at}.namespace`))
  } else if (kind === 'User' || kind === 'Group') group(rbacGroup)
  else errors.push(notSupported(`${at}.kind`, kind, ['ServiceAccount', 'User', 'Group']))
  return errors
}

function validateBinding({ roleRef, subjects }: Binding, roleKinds: string[]): FieldError[] {
  const { apiGroup, kind, name } = roleRef
  const errors: FieldError[] = []
  if (apiGroup !== rbacGroup) errors.push(notSupported('roleRef.apiGroup', apiGroup, [rbacGroup]))
  if (!roleKinds.includes(kind)) errors.push(notSupported('roleRef.kind', kind, roleKinds))
  errors.push(
    ...(name ? invalidEach('roleRef.name', name, isPathSegmentName(name)) : [required('roleRef.name')]),
  )
  const namespaced = roleKinds.length > 1
  return [
    ...errors,
    ...(subjects ?? []).flatMap((subject, i) => validateSubject(subject, namespaced, `subjects[${i}]`)),
  ]
}

function row({ metadata, roleRef, subjects = [] }: Binding, { now }: RowContext): Cell[] {
  const names = (kind: string, text = ({ name }: Subject) => name) =>
    subjects
      .filter(subject => subject.kind === kind)
      .map(text)
      .join(', ')
  return [
    metadata.name,
    `${roleRef.kind}/${roleRef.name}`,
    age(metadata.creationTimestamp, now),
    names('User'),
    names('Group'),
    names('ServiceAccount', ({ namespace = '', name }) => `${namespace}/${name}`),
  ]
}

/** RoleBinding and ClusterRoleBinding; `roleKinds`: what they can refer to. */
export const bindingBehaviour = <B extends Binding>(roleKinds: string[]): KindBehaviour<B> => ({
  nameRule: isPathSegmentName,
  defaults({ roleRef, subjects }) {
    roleRef.apiGroup ||= rbacGroup
    for (const subject of subjects ?? [])
      if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup ||= rbacGroup
  },
  validate: object => validateBinding(object, roleKinds),
  validateUpdate: (object, old) => [
    ...validateBinding(object, roleKinds),
    ...(equal(object.roleRef, old.roleRef)
      ? []
      : [
          invalid(
            'roleRef',
            internalValue('io.k8s.api.rbac.v1.RoleRef', object.roleRef),
            'cannot change roleRef',
          ),
        ]),
  ],
  row,
})
