// Service, Endpoints, EndpointSlice.

import type {
  DiscoveryV1EndpointPort,
  Endpoint,
  EndpointAddress,
  EndpointSlice,
  Endpoints,
  LoadBalancerIngress,
  Service,
} from '../../kinds/schema/types.ts'
import { describeLabels } from '../print/labels.ts'
import { type Describer, events, heading } from './parts.ts'

export const describeService: Describer<Service> = (service, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = service
  heading(service, d)
  w.field('Selector', describeLabels(spec.selector))
  w.field('Type', spec.type ?? '')
  if (spec.ipFamilyPolicy) w.field('IP Family Policy', spec.ipFamilyPolicy)
  w.field('IP Families', spec.ipFamilies?.join(',') || '<none>')
  w.field('IP', spec.clusterIP ?? '')
  w.field('IPs', spec.clusterIPs?.join(',') || '<none>')
  if (spec.externalIPs?.length) w.field('External IPs', spec.externalIPs.join(','))
  if (spec.loadBalancerIP) w.field('Desired LoadBalancer IP', spec.loadBalancerIP)
  if (spec.externalName) w.field('External Name', spec.externalName)
  const ingress: LoadBalancerIngress[] = status.loadBalancer?.ingress ?? []
  if (ingress.length)
    w.field(
      'LoadBalancer Ingress',
      ingress.map(i => (i.ip ? `${i.ip}${i.ipMode ? ` (${i.ipMode})` : ''}` : (i.hostname ?? ''))).join(', '),
    )
  const slices = ctx.client.list(
    ctx.discovery.known('endpointslices', 'discovery.k8s.io'),
    metadata.namespace!,
    {
      labelSelector: `kubernetes.io/service-name=${metadata.name}`,
    },
  ).items
  for (const port of spec.ports ?? []) {
    const name = port.name || '<unset>'
    w.write(0, `Port:\t${name}\t${port.port}/${port.protocol}\n`)
    w.field('TargetPort', `${port.targetPort ?? 0}/${port.protocol}`)
    if (port.appProtocol) w.field('AppProtocol', port.appProtocol)
    if (port.nodePort) w.write(0, `NodePort:\t${name}\t${port.nodePort}/${port.protocol}\n`)
    w.field('Endpoints', endpointText(slices, port.name ?? ''))
  }
  w.field('Session Affinity', spec.sessionAffinity ?? '')
  if (spec.externalTrafficPolicy) w.field('External Traffic Policy', spec.externalTrafficPolicy)
  if (spec.internalTrafficPolicy) w.field('Internal Traffic Policy', spec.internalTrafficPolicy)
  if (spec.healthCheckNodePort) w.field('HealthCheck NodePort', spec.healthCheckNodePort)
  if (spec.loadBalancerSourceRanges?.length)
    w.field('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','))
  if (spec.trafficDistribution) w.field('Traffic Distribution', spec.trafficDistribution)
  events(service, d)
}

const isReady = (endpoint: Endpoint): boolean => endpoint.conditions?.ready !== false

/** The first three ready addresses behind a port, and how many more (formatEndpointSlices). */
export function endpointText(
  slices: readonly Pick<EndpointSlice, 'ports' | 'endpoints'>[],
  portName: string | undefined,
): string {
  if (slices.length === 0) return '<none>'
  const all: string[] = []
  let more = false
  let count = 0
  const add = (endpoint: Endpoint, port?: number) => {
    if (all.length === 3) more = true
    if (!isReady(endpoint)) return
    const address = endpoint.addresses[0]!
    if (!more)
      all.push(port === undefined ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`)
    count++
  }
  for (const { ports, endpoints } of slices) {
    if (!ports?.length) for (const endpoint of endpoints ?? []) add(endpoint)
    for (const port of ports ?? [])
      if (portName === undefined || (port.name ?? '') === portName)
        for (const endpoint of endpoints ?? []) add(endpoint, port.port)
  }
  return `${all.join(',')}${more ? ` + ${count - 3} more...` : ''}`
}

export const describeEndpoints: Describer<Endpoints> = (object, d) => {
  const { w } = d
  heading(object, d)
  w.write(0, 'Subsets:\n')
  for (const { addresses, notReadyAddresses, ports } of object.subsets ?? []) {
    const list = (items: EndpointAddress[] | undefined) => items?.map(a => a.ip).join(',') || '<none>'
    w.field('Addresses', list(addresses), 1)
    w.field('NotReadyAddresses', list(notReadyAddresses), 1)
    if (ports?.length) {
      w.write(1, 'Ports:\n')
      w.write(2, 'Name\tPort\tProtocol\n')
      w.write(2, '----\t----\t--------\n')
      for (const port of ports) w.write(2, `${port.name || '<unset>'}\t${port.port}\t${port.protocol}\n`)
    }
    w.write(0, '\n')
  }
  events(object, d)
}

export const describeEndpointSlice: Describer<EndpointSlice> = (object, d) => {
  const { w } = d
  heading(object, d)
  w.field('AddressType', object.addressType)
  const ports: DiscoveryV1EndpointPort[] = object.ports ?? []
  if (ports.length === 0) w.write(0, 'Ports: <unset>\n')
  else {
    w.write(0, 'Ports:\n')
    w.write(1, 'Name\tPort\tProtocol\n')
    w.write(1, '----\t----\t--------\n')
    for (const { name, port, protocol } of ports)
      w.write(1, `${name || '<unset>'}\t${port ?? 'Unknown'}\t${protocol}\n`)
  }
  const endpoints: Endpoint[] = object.endpoints ?? []
  w.write(0, endpoints.length ? 'Endpoints:\n' : 'Endpoints: <none>\n')
  for (const { addresses, conditions, hostname, targetRef, nodeName, zone } of endpoints) {
    w.write(1, `- Addresses:\t${(addresses ?? []).join(', ')}\n`)
    w.write(2, 'Conditions:\n')
    w.field('Ready', conditions?.ready ?? '<unset>', 3)
    w.field('Hostname', hostname ?? '<unset>', 2)
    if (targetRef) w.field('TargetRef', `${targetRef.kind}/${targetRef.name}`, 2)
    w.field('NodeName', nodeName ?? '<unset>', 2)
    w.field('Zone', zone ?? '<unset>', 2)
  }
  events(object, d)
}
