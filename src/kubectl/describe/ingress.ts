// kubectl describe of Service, Endpoints, EndpointSlice, Ingress and IngressClass.

import type {
  Ingress,
  IngressBackend,
  IngressClass,
  LabelSelector,
  LoadBalancerIngress,
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  ServicePort,
} from '../../kinds/schema/types.ts'
import { describeLabels } from '../print/labels.ts'
import { byCodePoint } from '../print/values.ts'
import { annotations, type Describer, type Description, events, labels } from './parts.ts'
import { find, list } from './queries.ts'
import { endpointText } from './service.ts'
import type { DescribeWriter } from './writer.ts'

export const describeIngress: Describer<Ingress> = (ingress, d) => {
  const { w } = d
  const { metadata, spec, status } = ingress
  const backend = (b: IngressBackend) => backendText(b, metadata.namespace ?? '', d)
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  w.line(0, 'Namespace:', metadata.namespace ?? '')
  w.line(
    0,
    'Address:',
    (status.loadBalancer?.ingress ?? []).map((i: LoadBalancerIngress) => i.ip || i.hostname).join(','),
  )
  w.line(0, 'Ingress Class:', spec.ingressClassName ?? '<none>')
  w.line(0, 'Default backend:', spec.defaultBackend ? backend(spec.defaultBackend) : '<default>')
  if (spec.tls?.length) {
    w.line(0, 'TLS:')
    for (const { hosts = [], secretName } of spec.tls)
      w.line(1, secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`)
  }
  w.line(0, 'Rules:')
  w.line(1, 'Host', 'Path', 'Backends')
  w.line(1, '----', '----', '--------')
  let rules = 0
  for (const { host, http } of spec.rules ?? []) {
    if (!http) continue
    rules++
    w.line(1, host || '*', '')
    for (const path of http.paths) w.line(1, '', `${path.path ?? ''} `, backend(path.backend))
  }
  if (rules === 0) w.line(1, '*', '*', spec.defaultBackend ? backend(spec.defaultBackend) : '<default>')
  annotations(w, 'Annotations', metadata.annotations)
  events(ingress, d)
}

function backendText({ service, resource }: IngressBackend, namespace: string, d: Description): string {
  if (resource)
    return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`
  if (!service) return ''
  const port = service.port?.name || service.port?.number
  const found = find(d, 'services', '', namespace, service.name)
  const where = `${service.name}:${port ?? ''}`
  if (!found) return `${where} (<error: services ${JSON.stringify(service.name)} not found>)`
  const named = found.spec.ports?.find((p: ServicePort) =>
    service.port?.name ? p.name === service.port.name : p.port === service.port?.number,
  )
  const slices = list(d, 'endpointslices', 'discovery.k8s.io', namespace, {
    labelSelector: `kubernetes.io/service-name=${service.name}`,
  })
  return `${where} (${slices.length ? endpointText(slices, named?.name) : ''})`
}

export const describeIngressClass: Describer<IngressClass> = (ingressClass, d) => {
  const { w } = d
  const { metadata, spec } = ingressClass
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'Controller:', spec.controller ?? '')
  if (spec.parameters) {
    w.line(0, 'Parameters:')
    if (spec.parameters.apiGroup) w.line(1, 'APIGroup:', spec.parameters.apiGroup)
    w.line(1, 'Kind:', spec.parameters.kind)
    w.line(1, 'Name:', spec.parameters.name)
  }
  events(ingressClass, d)
}

export const describeNetworkPolicy: Describer<NetworkPolicy> = (policy, { w }) => {
  const { metadata, spec } = policy
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Namespace:', metadata.namespace ?? '')
  w.line(0, 'Created on:', (metadata.creationTimestamp ?? '').replace('T', ' ').replace('Z', ' +0000 UTC'))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'Spec:')
  const selector = describeSelectorLine(spec.podSelector)
  w.write(
    0,
    `  PodSelector:     ${selector || '<none> (Allowing the specific traffic to all pods in this namespace)'}\n`,
  )
  const types: string[] = spec.policyTypes ?? []
  for (const [type, words, rules, from] of [
    ['Ingress', 'ingress', spec.ingress, 'From'],
    ['Egress', 'egress', spec.egress, 'To'],
  ] as const) {
    if (!types.includes(type)) {
      w.line(1, `Not affecting ${words} traffic`)
      continue
    }
    w.line(1, `Allowing ${words} traffic:`)
    trafficLines(w, rules, from, words)
  }
  w.line(1, `Policy Types: ${types.join(', ')}`)
}

function trafficLines(
  w: DescribeWriter,
  rules: readonly (NetworkPolicyIngressRule & NetworkPolicyEgressRule)[] | undefined,
  peer: 'From' | 'To',
  words: string,
): void {
  if (!rules?.length) {
    w.line(2, `<none> (Selected pods are isolated for ${words} connectivity)`)
    return
  }
  const end = peer === 'From' ? 'source' : 'destination'
  rules.forEach((rule, i) => {
    if (!rule.ports?.length) w.line(2, 'To Port: <any> (traffic allowed to all ports)')
    for (const { port, endPort, protocol = 'TCP' } of rule.ports ?? [])
      w.line(
        2,
        endPort === undefined
          ? `To Port: ${port ?? '<nil>'}/${protocol}`
          : `To Port Range: ${port}-${endPort}/${protocol}`,
      )
    const peers = (peer === 'From' ? rule.from : rule.to) ?? []
    if (peers.length === 0) w.line(2, `${peer}: <any> (traffic not restricted by ${end})`)
    for (const { podSelector, namespaceSelector, ipBlock } of peers) {
      w.line(2, `${peer}:`)
      if (ipBlock) {
        w.line(3, 'IPBlock:')
        w.line(4, `CIDR: ${ipBlock.cidr}`)
        w.line(4, `Except: ${(ipBlock.except ?? []).join(', ')}`)
        continue
      }
      if (namespaceSelector)
        w.line(3, `NamespaceSelector: ${describeSelectorLine(namespaceSelector) || '<none>'}`)
      if (podSelector) w.line(3, `PodSelector: ${describeSelectorLine(podSelector) || '<none>'}`)
    }
    if (i < rules.length - 1) w.line(2, '----------')
  })
}

function describeSelectorLine(selector: LabelSelector | undefined): string {
  const labels = describeLabels(selector?.matchLabels, '')
  const expressions = [...(selector?.matchExpressions ?? [])]
    .sort((a, b) => byCodePoint(a.key, b.key))
    .map(({ key, operator, values = [] }) =>
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`,
    )
  return [labels, ...expressions].filter(Boolean).join(',')
}
