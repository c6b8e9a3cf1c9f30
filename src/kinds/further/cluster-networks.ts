// IPAddress and ServiceCIDR: pkg/apis/networking/validation. APIService: kube-aggregator/pkg/apis/apiregistration.
import { equal } from '../machinery/equality.ts'
import { type FieldError, index, invalid, required } from '../machinery/field-error.ts'
import { formatAddress, formatCIDR, parseAddress, parseCIDR } from '../machinery/ip.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import { isDNS1035Label, isDNS1123Subdomain, isPathSegmentName } from '../machinery/names.ts'
import type { BehaviourOf } from '../machinery/plain-kind.ts'
import type { APIService, IPAddress, ServiceCIDR } from '../schema/types.ts'

/** ValidateIPAddressName */
function isAddressName(name: string): string[] {
  const address = parseAddress(name)
  return address && !address.sloppy && formatAddress(address) === name
    ? []
    : ['must be a canonical form IP address']
}

function validateAddress({ spec }: IPAddress): FieldError[] {
  const reference = spec?.parentRef
  const field = 'spec.parentRef'
  if (!reference) return [required(field)]
  const { group, resource, name, namespace } = reference
  return [
    ...(group ? invalidEach(`${field}.group`, group, isDNS1123Subdomain(group)) : []),
    ...(resource
      ? invalidEach(`${field}.resource`, resource, isPathSegmentName(resource))
      : [required(`${field}.resource`)]),
    ...(name ? invalidEach(`${field}.name`, name, isPathSegmentName(name)) : [required(`${field}.name`)]),
    ...(namespace ? invalidEach(`${field}.namespace`, namespace, isPathSegmentName(namespace)) : []),
  ]
}

function validateRanges({ spec }: ServiceCIDR): FieldError[] {
  const cidrs = spec?.cidrs ?? []
  const field = 'spec.cidrs'
  if (!cidrs.length) return [required(field, 'at least one CIDR required')]
  if (cidrs.length > 2)
    return [invalid(field, cidrs, 'only one CIDR allowed, two if they are of different IP family')]
  const errors = cidrs.flatMap((cidr, i) => {
    const network = parseCIDR(cidr)
    const at = index(field, i)
    if (!network)
      return [invalid(at, cidr, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')]
    return formatCIDR(network) === cidr
      ? []
      : [invalid(at, cidr, `must be in canonical form ("${formatCIDR(network)}")`)]
  })
  const families = cidrs.map(cidr => parseCIDR(cidr)?.address.family)
  if (cidrs.length === 2 && families[0] === families[1])
    errors.push(invalid(field, cidrs, 'must specify up to two IP families, no more than one of each'))
  return errors
}

function validateService({ metadata, spec }: APIService): FieldError[] {
  const { group = '', version = '', service, groupPriorityMinimum, versionPriority, caBundle } = spec
  const errors: FieldError[] = []
  const wanted = `${version}.${group}`
  if (metadata.name !== wanted)
    errors.push(
      invalid('metadata.name', metadata.name, `must be \`spec.version+"."+spec.group\`: "${wanted}"`),
    )
  if (group) errors.push(...invalidEach('spec.group', group, isDNS1123Subdomain(group)))
  else if (version !== 'v1')
    errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'))
  errors.push(
    ...(version ? invalidEach('spec.version', version, isDNS1035Label(version)) : [required('spec.version')]),
  )
  const range = (value: number, field: string, limit: number) => {
    if (!(value > 0 && value <= limit))
      errors.push(invalid(field, value, `must be positive and less than ${limit}`))
  }
  range(groupPriorityMinimum, 'spec.groupPriorityMinimum', 20000)
  range(versionPriority, 'spec.versionPriority', 1000)
  if (!service) {
    if (caBundle)
      errors.push(invalid('spec.caBundle', '<binary data>', 'local APIServices may not have a caBundle'))
    if (spec?.insecureSkipTLSVerify)
      errors.push(
        invalid('spec.insecureSkipTLSVerify', true, 'local APIServices may not have insecureSkipTLSVerify'),
      )
    return errors
  }
  if (!service.namespace) errors.push(required('spec.service.namespace'))
  if (!service.name) errors.push(required('spec.service.name'))
  if (service.port !== undefined && (service.port < 1 || service.port > 65535))
    errors.push(
      invalid('spec.service.port', service.port, 'port is not valid: must be between 1 and 65535, inclusive'),
    )
  if (spec.insecureSkipTLSVerify && caBundle)
    errors.push(invalid('spec.insecureSkipTLSVerify', true, 'may not be true if caBundle is present'))
  return errors
}

export const networkRules: BehaviourOf<
  | 'ipaddresses.networking.k8s.io/v1'
  | 'servicecidrs.networking.k8s.io/v1'
  | 'apiservices.apiregistration.k8s.io/v1'
> = {
  'ipaddresses.networking.k8s.io/v1': {
    nameRule: isAddressName,
    validate: validateAddress,
    validateUpdate: (object, old) => [
      ...validateAddress(object),
      ...(equal(object.spec?.parentRef, old.spec?.parentRef)
        ? []
        : [invalid('spec.parentRef', object.spec?.parentRef, 'field is immutable')]),
    ],
  },
  'servicecidrs.networking.k8s.io/v1': {
    validate: validateRanges,
    validateUpdate: (object, old) =>
      equal(object.spec?.cidrs, old.spec?.cidrs)
        ? []
        : [invalid('spec.cidrs', object.spec?.cidrs, 'field is immutable')],
  },
  'apiservices.apiregistration.k8s.io/v1': {
    nameRule: isPathSegmentName,
    defaults({ spec }) {
      if (spec?.service) spec.service.port ??= 443
    },
    validate: validateService,
    validateUpdate: validateService,
  },
}
