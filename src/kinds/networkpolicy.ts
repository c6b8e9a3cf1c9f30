// NetworkPolicy: pkg/apis/networking, pkg/registry/networking/networkpolicy.
import { age } from './machinery/duration.ts'
import { type FieldError, forbidden, invalid, notSupported, required } from './machinery/field-error.ts'
import { contains, parseCIDR, validateCIDR } from './machinery/ip.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { invalidEach, validateLabelSelector } from './machinery/meta-validation.ts'
import { isPortNumber } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { validatePort } from './pod-spec/probes.ts'
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from './schema/types.ts'

const protocols = ['TCP', 'UDP', 'SCTP']

function validatePolicyPort({ protocol, port, endPort }: NetworkPolicyPort, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (protocol !== undefined && !protocols.includes(protocol))
    errors.push(notSupported(`${field}.protocol`, protocol, protocols))
  const end = (detail: string, value: unknown = endPort) =>
    errors.push(invalid(`${field}.endPort`, value, detail))
  if (port === undefined) {
    if (endPort !== undefined) end('may not be specified when `port` is not specified')
  } else if (typeof port === 'number') {
    errors.push(...validatePort(port, `${field}.port`))
    if (endPort !== undefined) {
      if (endPort < port) end('must be greater than or equal to `port`', port)
      errors.push(...invalidEach(`${field}.endPort`, endPort, isPortNumber(endPort)))
    }
  } else {
    if (endPort !== undefined) end('may not be specified when `port` is non-numeric')
    errors.push(...validatePort(port, `${field}.port`))
  }
  return errors
}

function validateBlock({ cidr, except }: IPBlock, field: string): FieldError[] {
  if (!cidr) return [required(`${field}.cidr`)]
  const errors = validateCIDR(cidr, `${field}.cidr`)
  const network = parseCIDR(cidr)
  if (!network) return errors
  ;(except ?? []).forEach((text, i) => {
    const at = `${field}.except[${i}]`
    errors.push(...validateCIDR(text, at))
    const inner = parseCIDR(text)
    if (inner && (!contains(network, inner.address) || network.bits >= inner.bits))
      errors.push(invalid(at, text, 'must be a strict subset of `cidr`'))
  })
  return errors
}

function validatePeer(peer: NetworkPolicyPeer, field: string): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer
  const errors = [
    ...validateLabelSelector(podSelector, `${field}.podSelector`),
    ...validateLabelSelector(namespaceSelector, `${field}.namespaceSelector`),
    ...(ipBlock ? validateBlock(ipBlock, `${field}.ipBlock`) : []),
  ]
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(field, 'must specify a peer'))
  else if (ipBlock && (podSelector || namespaceSelector))
    errors.push(forbidden(field, 'may not specify both ipBlock and another peer'))
  return errors
}

interface Rule {
  readonly ports?: NetworkPolicyPort[]
  readonly peers?: NetworkPolicyPeer[]
}

const validateRule = ({ ports, peers }: Rule, field: string, direction: string): FieldError[] => [
  ...(ports ?? []).flatMap((port, i) => validatePolicyPort(port, `${field}.ports[${i}]`)),
  ...(peers ?? []).flatMap((peer, i) => validatePeer(peer, `${field}.${direction}[${i}]`)),
]

function validate({ spec }: NetworkPolicy): FieldError[] {
  const { podSelector, ingress, egress, policyTypes = [] } = spec
  const errors = [
    ...validateLabelSelector(podSelector, 'spec.podSelector'),
    ...(ingress ?? []).flatMap(({ ports, from }, i) =>
      validateRule({ ports, peers: from }, `spec.ingress[${i}]`, 'from'),
    ),
    ...(egress ?? []).flatMap(({ ports, to }, i) =>
      validateRule({ ports, peers: to }, `spec.egress[${i}]`, 'to'),
    ),
  ]
  const allowed = ['Ingress', 'Egress']
  if (policyTypes.length > 2)
    return [...errors, invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes')]
  policyTypes.forEach((type, i) => {
    if (!allowed.includes(type)) errors.push(notSupported(`spec.policyTypes[${i}]`, type, allowed))
  })
  return errors
}

export const networkPolicy = defineKind<NetworkPolicy>('networkpolicies.networking.k8s.io/v1', {
  counted: true,
  defaults({ spec }) {
    for (const { ports } of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
      for (const port of ports ?? []) port.protocol ??= 'TCP'
    if (!spec.policyTypes?.length)
      spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']
  },
  validate,
  validateUpdate: validate,
  row: ({ metadata, spec }, { now }) => [
    metadata.name,
    formatLabelSelector(spec.podSelector),
    age(metadata.creationTimestamp, now),
  ],
})
