// EndpointSlice: pkg/registry/discovery/endpointslice, pkg/apis/discovery.
import { protocols } from './endpoints.ts'
import { listWithMore } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { validateEndpointIP } from './machinery/endpoint-ip.ts'
import { equal } from './machinery/equality.ts'
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  required,
  tooMany,
} from './machinery/field-error.ts'
import { ipWarnings, parseAddress, validateCanonicalIP, validateIP } from './machinery/ip.ts'
import { invalidEach, validateImmutable, validateLabels } from './machinery/meta-validation.ts'
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isLabelValue,
  isQualifiedName,
  nameIsDNSSubdomain,
} from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Endpoint, EndpointSlice } from './schema/types.ts'

const addressTypes = ['FQDN', 'IPv4', 'IPv6']

function validateHostName(text: string, field: string): FieldError[] {
  if (!text) return [required(field)]
  const name = text.replace(/\.$/, '')
  const faults = isDNS1123Subdomain(name)
  if (faults.length) return [invalid(field, name, faults.join(','))]
  const labels = name.split('.')
  if (labels.length < 2)
    return [invalid(field, name, 'should be a domain with at least two segments separated by dots')]
  const bad = labels.find(label => isDNS1123Label(label).length)
  return bad === undefined ? [] : [invalid(field, bad, isDNS1123Label(bad).join(','))]
}

function validateAddress(text: string, type: string, field: string, i: number): FieldError[] {
  const at = `${field}[${i}]`
  if (type === 'FQDN') return validateHostName(text, at)
  if (type !== 'IPv4' && type !== 'IPv6') return []
  const errors = type === 'IPv4' ? validateIP(text, at) : validateCanonicalIP(text, at)
  if (errors.length) return errors
  const family = parseAddress(text)!.family
  return [
    ...(type !== `IPv${family}` ? [invalid(field, text, `must be an ${type} address`)] : []),
    ...validateEndpointIP(text, at),
  ]
}

function validateEndpoint(endpoint: Endpoint, type: string, field: string): FieldError[] {
  const { nodeName, hostname, deprecatedTopology, hints } = endpoint
  const addresses = endpoint.addresses ?? []
  const at = `${field}.addresses`
  const errors: FieldError[] = []
  if (!addresses.length) errors.push(required(at, 'must contain at least 1 address'))
  else if (addresses.length > 100) errors.push(tooMany(at, addresses.length, 100))
  addresses.forEach((address, i) => {
    errors.push(...validateAddress(address, type, at, i))
  })
  if (nodeName !== undefined)
    errors.push(...invalidEach(`${field}.nodeName`, nodeName, nameIsDNSSubdomain(nodeName, false)))
  errors.push(...validateLabels(deprecatedTopology, `${field}.deprecatedTopology`))
  if (hostname !== undefined)
    errors.push(...invalidEach(`${field}.hostname`, hostname, isDNS1123Label(hostname)))
  for (const [name, check] of [
    ['forZones', isLabelValue],
    ['forNodes', (value: string) => nameIsDNSSubdomain(value, false)],
  ] as const) {
    const list = hints?.[name] ?? []
    const own = `${field}.hints.${name}`
    if (list.length > 8) return [...errors, tooMany(own, list.length, 8)]
    list.forEach(({ name: value }, i) => {
      if (list.findIndex(other => other.name === value) < i)
        errors.push(duplicate(`${own}[${i}].name`, value))
      errors.push(...invalidEach(`${own}[${i}].name`, value, check(value)))
    })
  }
  return errors
}

function validate({ addressType, ports, endpoints }: EndpointSlice, old?: EndpointSlice): FieldError[] {
  const errors: FieldError[] = []
  const declared: FieldError[] = []
  if (!addressType) declared.push(required('addressType'))
  else if (!addressTypes.includes(addressType))
    declared.push(notSupported('addressType', addressType, addressTypes))
  const seen = new Set<string>()
  ;(ports ?? []).forEach(({ name = '', protocol, appProtocol }, i) => {
    const at = `ports[${i}]`
    if (name) errors.push(...invalidEach(`${at}.name`, name, isDNS1123Label(name)))
    if (seen.has(name)) errors.push(duplicate(`${at}.name`, name))
    seen.add(name)
    if (protocol === undefined) errors.push(required(`${at}.protocol`))
    else if (!protocols.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, protocols))
    if (appProtocol !== undefined)
      errors.push(...invalidEach(`${at}.appProtocol`, appProtocol, isQualifiedName(appProtocol)))
  })
  const list = endpoints ?? []
  if (list.length > 1000) errors.push(tooMany('endpoints', list.length, 1000))
  else if (!old || !equal(list, old.endpoints))
    list.forEach((endpoint, i) => {
      errors.push(...validateEndpoint(endpoint, addressType, `endpoints[${i}]`))
    })
  return [...declared, ...errors]
}

const warnings = ({ addressType, endpoints }: EndpointSlice, old?: EndpointSlice): string[] => [
  ...(addressType === 'FQDN' && !old ? ['addressType: FQDN endpoints are deprecated'] : []),
  ...(addressType === 'FQDN'
    ? []
    : (endpoints ?? []).flatMap(({ addresses }, i) =>
        (addresses ?? []).flatMap((address, j) => ipWarnings(address, `endpoints[${i}].addresses[${j}]`)),
      )),
]

export const endpointSlice = defineKind<EndpointSlice>('endpointslices.discovery.k8s.io/v1', {
  counted: true,
  defaults({ ports }) {
    for (const port of ports ?? []) {
      port.name ??= ''
      port.protocol ??= 'TCP'
    }
  },
  prepareForUpdate(object, old) {
    if (!equal(object.metadata.labels ?? {}, old.metadata.labels ?? {}))
      object.metadata.generation = (old.metadata.generation ?? 0) + 1
  },
  validate: object => validate(object),
  validateUpdate: (object, old) => [
    ...validate(object, old),
    ...validateImmutable(object.addressType, old.addressType, 'addressType'),
  ],
  warnings,
  row: ({ metadata, addressType, ports, endpoints }, { now }) => [
    metadata.name,
    addressType,
    listWithMore(
      (ports ?? []).map(({ port, name }) => ((port ?? null) === null ? (name ?? '*') : String(port))),
      '<unset>',
    ),
    listWithMore(
      (endpoints ?? []).flatMap(({ addresses }) => addresses ?? []),
      '<unset>',
    ),
    age(metadata.creationTimestamp, now),
  ],
})
