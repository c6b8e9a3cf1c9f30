// IngressClass: pkg/apis/networking, pkg/registry/networking/ingressclass.
import { age } from './machinery/duration.ts'
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from './machinery/field-error.ts'
import { invalidEach, validateImmutable } from './machinery/meta-validation.ts'
import {
  byteLength,
  isDNS1123Label,
  isDNS1123Subdomain,
  isPathSegmentName,
  regexError,
} from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { IngressClass } from './schema/types.ts'

const pathFormat = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"

/** IsDomainPrefixedPath: `acme.io/foo`. */
function validateDomainPrefixedPath(value: string, field: string): FieldError[] {
  if (!value) return [required(field)]
  const slash = value.indexOf('/')
  const host = value.slice(0, slash)
  const path = value.slice(slash + 1)
  if (slash <= 0 || !path)
    return [invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")')]
  return [
    ...invalidEach(field, host, isDNS1123Subdomain(host)),
    ...(new RegExp(`^${pathFormat}$`).test(path)
      ? []
      : [invalid(field, path, regexError('Invalid path', pathFormat))]),
  ]
}

/** An object in the same namespace (or of the cluster), by group, kind and name. */
export function validateTypedReference(
  { apiGroup, kind, name }: { apiGroup?: string | null; kind: string; name: string },
  field: string,
): FieldError[] {
  const segment = (value: string, at: string) =>
    value ? invalidEach(at, value, isPathSegmentName(value)) : [required(at)]
  return [
    ...(apiGroup === undefined || apiGroup === null
      ? []
      : invalidEach(`${field}.apiGroup`, apiGroup, isDNS1123Subdomain(apiGroup))),
    ...segment(kind, `${field}.kind`),
    ...segment(name, `${field}.name`),
  ]
}

function validate({ spec }: IngressClass): FieldError[] {
  const { controller = '', parameters } = spec
  const errors = byteLength(controller) > 250 ? [tooLong('spec.controller', 250)] : []
  errors.push(...validateDomainPrefixedPath(controller, 'spec.controller'))
  if (!parameters) return errors
  const at = 'spec.parameters'
  const { scope, namespace } = parameters
  errors.push(...validateTypedReference(parameters, at))
  if (scope === 'Namespace')
    errors.push(
      ...(namespace
        ? invalidEach(`${at}.namespace`, namespace, isDNS1123Label(namespace))
        : [required(`${at}.namespace`, "`parameters.scope` is set to 'Namespace'")]),
    )
  else if (scope !== 'Cluster') errors.push(notSupported(`${at}.scope`, scope, ['Cluster', 'Namespace']))
  else if (namespace !== undefined)
    errors.push(forbidden(`${at}.namespace`, "`parameters.scope` is set to 'Cluster'"))
  return errors
}

export const ingressClass = defineKind<IngressClass>('ingressclasses.networking.k8s.io/v1', {
  counted: true,
  defaults({ spec }) {
    if (spec.parameters) spec.parameters.scope ??= 'Cluster'
  },
  validate,
  validateUpdate: (object, old) => [
    ...validateImmutable(object.spec.controller ?? '', old.spec.controller ?? '', 'spec.controller'),
    ...validate(object),
  ],
  row({ metadata, spec }, { now }) {
    const { parameters } = spec
    const group = parameters?.apiGroup ? `.${parameters.apiGroup}` : ''
    return [
      metadata.name,
      spec.controller ?? '',
      parameters ? `${parameters.kind}${group}/${parameters.name}` : '<none>',
      age(metadata.creationTimestamp, now),
    ]
  },
})
