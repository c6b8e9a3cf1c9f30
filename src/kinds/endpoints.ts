// Endpoints: pkg/registry/core/endpoint, pkg/apis/core.
import { listWithMore } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { validateEndpointIP } from './machinery/endpoint-ip.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, notSupported, required } from './machinery/field-error.ts'
import { ipWarnings, validateIP } from './machinery/ip.ts'
import { invalidEach } from './machinery/meta-validation.ts'
import { isDNS1123Label, isPortNumber, isQualifiedName, nameIsDNSSubdomain } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { EndpointAddress, EndpointPort, Endpoints } from './schema/types.ts'

/** `10.0.0.1:80,10.0.0.2:80 + 1 more...` */
const formatEndpoints = ({ subsets = [] }: Endpoints): string =>
  subsets.length === 0
    ? '<none>'
    : listWithMore(
        subsets.flatMap(({ addresses = [], ports = [] }) =>
          ports.length
            ? ports.flatMap(({ port }) =>
                addresses.map(({ ip }) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`),
              )
            : addresses.map(({ ip }) => ip),
        ),
        '',
      )

/** Addresses without a fault: each change of a service's pods brings all of its addresses again. */
const good = new Set<string>()

function validateAddress({ ip, hostname, nodeName }: EndpointAddress, field: string): FieldError[] {
  const key = `${ip} ${hostname} ${nodeName}`
  if (good.has(key)) return []
  const errors = [
    ...validateIP(ip, `${field}.ip`),
    ...(hostname ? invalidEach(`${field}.hostname`, hostname, isDNS1123Label(hostname)) : []),
    ...(nodeName !== undefined
      ? invalidEach(`${field}.nodeName`, nodeName, nameIsDNSSubdomain(nodeName, false))
      : []),
    ...validateEndpointIP(ip, `${field}.ip`),
  ]
  if (good.size >= 4096) good.clear()
  if (!errors.length) good.add(key)
  return errors
}

export const protocols = ['SCTP', 'TCP', 'UDP']

function validatePort(port: EndpointPort, needsName: boolean, field: string): FieldError[] {
  const { name, protocol, appProtocol } = port
  const errors: FieldError[] = []
  if (name) errors.push(...invalidEach(`${field}.name`, name, isDNS1123Label(name)))
  else if (needsName) errors.push(required(`${field}.name`))
  errors.push(...invalidEach(`${field}.port`, port.port, isPortNumber(port.port)))
  if (!protocol) errors.push(required(`${field}.protocol`))
  else if (!protocols.includes(protocol)) errors.push(notSupported(`${field}.protocol`, protocol, protocols))
  if (appProtocol !== undefined)
    errors.push(...invalidEach(`${field}.appProtocol`, appProtocol, isQualifiedName(appProtocol)))
  return errors
}

const validate = ({ subsets }: Endpoints): FieldError[] =>
  (subsets ?? []).flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }, i) => {
    const at = `subsets[${i}]`
    return [
      ...(addresses.length || notReadyAddresses.length
        ? []
        : [required(at, 'must specify `addresses` or `notReadyAddresses`')]),
      ...addresses.flatMap((address, j) => validateAddress(address, `${at}.addresses[${j}]`)),
      ...notReadyAddresses.flatMap((address, j) => validateAddress(address, `${at}.notReadyAddresses[${j}]`)),
      ...ports.flatMap((port, j) => validatePort(port, ports.length > 1, `${at}.ports[${j}]`)),
    ]
  })

export const endpoints = defineKind<Endpoints>('endpoints.v1', {
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  createOnUpdate: true,
  defaults({ subsets }) {
    for (const { ports } of subsets ?? []) for (const port of ports ?? []) port.protocol ||= 'TCP'
  },
  validate,
  validateUpdate: (object, old) => (equal(object.subsets, old.subsets) ? [] : validate(object)),
  warnings: ({ metadata, subsets }) =>
    metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller'
      ? []
      : (subsets ?? []).flatMap((subset, i) =>
          (['addresses', 'notReadyAddresses'] as const).flatMap(name =>
            (subset[name] ?? []).flatMap(({ ip }, j) => ipWarnings(ip, `subsets[${i}].${name}[${j}].ip`)),
          ),
        ),
  row: (object, { now }) => [
    object.metadata.name,
    formatEndpoints(object),
    age(object.metadata.creationTimestamp, now),
  ],
})
