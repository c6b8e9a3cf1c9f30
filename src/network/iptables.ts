// kube-proxy's rules as text: `iptables-save` and `iptables -L/-S` of a node, with the real chain names. Computed from
// services and endpoint slices when asked; what connections were counted comes from the network.
// Rules: pkg/proxy/iptables/proxier.go (syncProxyRules), pkg/proxy/util; the forms are those of iptables 1.8.
import { dictionary } from '../engine/dictionary.ts'
import type { ServicePort as ApiServicePort, Service } from '../kinds/schema/types.ts'
import { chainName, portName, protocolOf } from './chains.ts'
import type { Route, ServiceRules } from './services.ts'

export interface Rule {
  readonly chain: string
  readonly target: string
  readonly source?: string
  readonly notSource?: string
  readonly destination?: string
  readonly protocol?: string
  readonly comment?: string
  readonly port?: number
  readonly addressType?: string
  readonly probability?: number
  readonly accounting?: string
  /** Other matches, as saved and as listed. */
  readonly match?: readonly [saved: string, listed: string]
  /** What follows the target, as saved and as listed. */
  readonly options?: readonly [saved: string, listed: string]
}

export type Table = 'nat' | 'filter'

const builtIn: Record<Table, readonly string[]> = {
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
}

/** Chains of a table in the order of iptables-save, with their rules. */
export function tableOf(
  table: Table,
  services: ServiceRules,
  node: string,
  podCidr: string,
): Map<string, Rule[]> {
  const rules = [...(table === 'nat' ? natRules(services, node, podCidr) : filterRules(services, node))]
  const own = new Set([...emptyChains[table], ...rules.map(r => r.chain)])
  for (const name of builtIn[table]) own.delete(name)
  const chains = new Map<string, Rule[]>([...builtIn[table], ...[...own].sort()].map(name => [name, []]))
  for (const rule of rules) chains.get(rule.chain)!.push(rule)
  return chains
}

const emptyChains: Record<Table, readonly string[]> = {
  nat: ['KUBE-KUBELET-CANARY', 'KUBE-NODEPORTS', 'KUBE-PROXY-CANARY'],
  filter: [
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-KUBELET-CANARY',
    'KUBE-NODEPORTS',
    'KUBE-PROXY-CANARY',
    'KUBE-PROXY-FIREWALL',
    'KUBE-SERVICES',
  ],
}

interface ServicePort {
  readonly service: Service
  readonly clusterIP: string
  readonly port: ApiServicePort
  /** `default/web:http` */
  readonly name: string
  readonly protocol: string
  readonly chain: string
  readonly external: string
}

function* servicePorts(table: ServiceRules): Generator<ServicePort> {
  for (const service of table.services()) {
    const { ports = [], clusterIP, type } = service.spec
    if (!clusterIP || clusterIP === 'None' || type === 'ExternalName') continue
    // The order in which a Go map was walked when the reference cluster began: the last port of several first.
    const ordered = ports.length > 2 ? [...ports.slice(-1), ...ports.slice(0, -1)] : ports
    for (const port of ordered) {
      const name = portName(service, port)
      const protocol = protocolOf(port)
      const hashed = name + protocol
      yield {
        service,
        clusterIP,
        port,
        name,
        protocol,
        chain: chainName('KUBE-SVC-', hashed),
        external: chainName('KUBE-EXT-', hashed),
      }
    }
  }
}

const addressesOf = (route: Route) =>
  route.type === 'endpoints'
    ? route.endpoints
        .map(e => ({ ...e, text: `${e.address}:${e.port}` }))
        .sort((a, b) => (a.text < b.text ? -1 : 1))
    : []

const hasExternal = ({ service, port }: ServicePort): boolean =>
  port.nodePort !== undefined || (service.spec.externalIPs ?? []).length > 0

function* natRules(table: ServiceRules, node: string, podCidr: string): Generator<Rule> {
  const portals = { target: 'KUBE-SERVICES', comment: 'kubernetes service portals' }
  yield { chain: 'PREROUTING', ...portals }
  yield { chain: 'OUTPUT', ...portals }
  yield { chain: 'POSTROUTING', target: 'KUBE-POSTROUTING', comment: 'kubernetes postrouting rules' }
  yield { chain: 'KUBE-MARK-MASQ', target: 'MARK', options: ['--set-xmark 0x4000/0x4000', 'MARK or 0x4000'] }
  yield {
    chain: 'KUBE-POSTROUTING',
    target: 'RETURN',
    match: ['-m mark ! --mark 0x4000/0x4000', 'mark match ! 0x4000/0x4000'],
  }
  yield { chain: 'KUBE-POSTROUTING', target: 'MARK', options: ['--set-xmark 0x4000/0x0', 'MARK xor 0x4000'] }
  yield {
    chain: 'KUBE-POSTROUTING',
    target: 'MASQUERADE',
    comment: 'kubernetes service traffic requiring SNAT',
    options: ['--random-fully', 'random-fully'],
  }
  for (const each of servicePorts(table)) {
    const { service, clusterIP, port, name, protocol, chain, external } = each
    const { externalIPs = [], externalTrafficPolicy, sessionAffinity } = service.spec
    const endpoints = addressesOf(table.route(clusterIP, port.port, port.protocol ?? 'TCP', node))
    const hasEndpoints = endpoints.length > 0
    const match = { protocol, port: port.port }
    if (hasEndpoints) {
      const comment = `${name} cluster IP`
      yield { chain: 'KUBE-SERVICES', target: chain, destination: `${clusterIP}/32`, comment, ...match }
      yield {
        chain,
        target: 'KUBE-MARK-MASQ',
        notSource: podCidr,
        destination: `${clusterIP}/32`,
        comment,
        ...match,
      }
    }
    if (hasExternal(each)) {
      for (const address of externalIPs)
        if (hasEndpoints)
          yield {
            chain: 'KUBE-SERVICES',
            target: external,
            destination: `${address}/32`,
            comment: `${name} external IP`,
            ...match,
          }
      if (port.nodePort !== undefined && hasEndpoints) {
        const rule = {
          chain: 'KUBE-NODEPORTS',
          target: external,
          protocol,
          comment: name,
          port: port.nodePort,
        }
        yield { ...rule, destination: '127.0.0.0/8', accounting: 'localhost_nps_accepted_pkts' }
        yield rule
      }
      const where = `${name} external destinations`
      if (!hasEndpoints) {
        // No chain: KUBE-EXTERNAL-SERVICES of the filter table rejects.
      } else if (externalTrafficPolicy === 'Local') {
        const local = { addressType: 'src LOCAL' }
        yield { chain: external, target: chain, source: podCidr, comment: `pod traffic for ${where}` }
        yield {
          chain: external,
          target: 'KUBE-MARK-MASQ',
          comment: `masquerade LOCAL traffic for ${where}`,
          ...local,
        }
        yield { chain: external, target: chain, comment: `route LOCAL traffic for ${where}`, ...local }
        const localChain = chain.replace('KUBE-SVC-', 'KUBE-SVL-')
        const here = endpoints.filter(e => e.node === node)
        if (here.length) {
          yield { chain: external, target: localChain }
          yield* endpointRules(localChain, name, protocol, here)
        }
      } else {
        yield { chain: external, target: 'KUBE-MARK-MASQ', comment: `masquerade traffic for ${where}` }
        yield { chain: external, target: chain }
      }
    }
    const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800
    const affinity = sessionAffinity === 'ClientIP' ? seconds : undefined
    yield* endpointRules(chain, name, protocol, endpoints, affinity)
    for (const { text, address } of endpoints) {
      const own = chainName('KUBE-SEP-', name + protocol + text)
      yield { chain: own, target: 'KUBE-MARK-MASQ', source: `${address}/32`, comment: name }
      yield {
        chain: own,
        target: 'DNAT',
        protocol,
        comment: name,
        ...(affinity !== undefined && {
          match: [
            `-m recent --set --name ${own} --mask 255.255.255.255 --rsource`,
            `recent: SET name: ${own} side: source mask: 255.255.255.255`,
          ],
        }),
        options: [`--to-destination ${text}`, `to:${text}`],
      }
    }
  }
  yield {
    chain: 'KUBE-SERVICES',
    target: 'KUBE-NODEPORTS',
    comment: 'kubernetes service nodeports; NOTE: this must be the last rule in this chain',
    addressType: 'dst LOCAL',
  }
}

/** A random choice: 1/n, 1/(n-1) … and the last one without a condition. */
function* endpointRules(
  chain: string,
  name: string,
  protocol: string,
  endpoints: readonly { text: string }[],
  affinity?: number,
): Generator<Rule> {
  const target = (text: string) => chainName('KUBE-SEP-', name + protocol + text)
  if (affinity !== undefined)
    for (const { text } of endpoints)
      yield {
        chain,
        target: target(text),
        comment: `${name} -> ${text}`,
        match: [
          `-m recent --rcheck --seconds ${affinity} --reap --name ${target(text)} --mask 255.255.255.255 --rsource`,
          `recent: CHECK seconds: ${affinity} reap name: ${target(text)} side: source mask: 255.255.255.255`,
        ],
      }
  for (const [i, { text }] of endpoints.entries()) {
    const left = endpoints.length - i
    yield {
      chain,
      target: target(text),
      comment: `${name} -> ${text}`,
      ...(left > 1 && { probability: 1 / left }),
    }
  }
}

function* filterRules(table: ServiceRules, node: string): Generator<Rule> {
  const newState: Rule['match'] = ['-m conntrack --ctstate NEW', 'ctstate NEW']
  const balancer = 'kubernetes load balancer firewall'
  const portals = 'kubernetes service portals'
  const external = 'kubernetes externally-visible service portals'
  for (const chain of ['INPUT', 'FORWARD', 'OUTPUT']) {
    if (chain !== 'INPUT') continue
    yield { chain, target: 'KUBE-PROXY-FIREWALL', comment: balancer, match: newState }
    yield { chain, target: 'KUBE-NODEPORTS', comment: 'kubernetes health check service ports' }
    yield { chain, target: 'KUBE-EXTERNAL-SERVICES', comment: external, match: newState }
    yield { chain, target: 'KUBE-FIREWALL' }
  }
  yield { chain: 'FORWARD', target: 'KUBE-PROXY-FIREWALL', comment: balancer, match: newState }
  yield { chain: 'FORWARD', target: 'KUBE-FORWARD', comment: 'kubernetes forwarding rules' }
  yield { chain: 'FORWARD', target: 'KUBE-SERVICES', comment: portals, match: newState }
  yield { chain: 'FORWARD', target: 'KUBE-EXTERNAL-SERVICES', comment: external, match: newState }
  yield { chain: 'OUTPUT', target: 'KUBE-PROXY-FIREWALL', comment: balancer, match: newState }
  yield { chain: 'OUTPUT', target: 'KUBE-SERVICES', comment: portals, match: newState }
  yield { chain: 'OUTPUT', target: 'KUBE-FIREWALL' }
  yield {
    chain: 'KUBE-FORWARD',
    target: 'DROP',
    match: ['-m conntrack --ctstate INVALID', 'ctstate INVALID'],
  }
  yield {
    chain: 'KUBE-FORWARD',
    target: 'ACCEPT',
    comment: 'kubernetes forwarding rules',
    match: ['-m mark --mark 0x4000/0x4000', 'mark match 0x4000/0x4000'],
  }
  yield {
    chain: 'KUBE-FORWARD',
    target: 'ACCEPT',
    comment: 'kubernetes forwarding conntrack rule',
    match: ['-m conntrack --ctstate RELATED,ESTABLISHED', 'ctstate RELATED,ESTABLISHED'],
  }
  for (const { service, clusterIP, port, name, protocol } of servicePorts(table)) {
    const { externalIPs = [], externalTrafficPolicy } = service.spec
    const endpoints = addressesOf(table.route(clusterIP, port.port, port.protocol ?? 'TCP', node))
    const reject = {
      target: 'REJECT',
      protocol,
      comment: `${name} has no endpoints`,
      options: ['--reject-with icmp-port-unreachable', 'reject-with icmp-port-unreachable'] as const,
    }
    const outside = { chain: 'KUBE-EXTERNAL-SERVICES', addressType: 'dst LOCAL', port: port.nodePort }
    if (endpoints.length === 0) {
      yield { chain: 'KUBE-SERVICES', ...reject, destination: `${clusterIP}/32`, port: port.port }
      for (const address of externalIPs)
        yield { chain: 'KUBE-EXTERNAL-SERVICES', ...reject, destination: `${address}/32`, port: port.port }
      if (port.nodePort !== undefined) yield { ...outside, ...reject }
    } else if (
      externalTrafficPolicy === 'Local' &&
      port.nodePort !== undefined &&
      !endpoints.some(e => e.node === node)
    )
      yield { ...outside, target: 'DROP', protocol, comment: `${name} has no local endpoints` }
  }
}

/** Probabilities are kept in 31 bits. */
const probability = (p: number): string => (Math.round(2 ** 31 * Number(p.toFixed(10))) / 2 ** 31).toFixed(11)

/** `-A CHAIN …` */
export function savedRule(rule: Rule): string {
  const {
    chain,
    source,
    notSource,
    destination,
    protocol,
    comment,
    port,
    match,
    accounting,
    options,
    target,
  } = rule
  const parts = [`-A ${chain}`]
  if (source) parts.push(`-s ${source}`)
  if (notSource) parts.push(`! -s ${notSource}`)
  if (destination) parts.push(`-d ${destination}`)
  if (protocol) parts.push(`-p ${protocol}`)
  if (comment) parts.push(`-m comment --comment "${comment}"`)
  if (match) parts.push(match[0])
  if (rule.addressType) parts.push(`-m addrtype --${rule.addressType.replace(' ', '-type ')}`)
  if (protocol && (port !== undefined || target === 'DNAT')) parts.push(`-m ${protocol}`)
  if (port !== undefined) parts.push(`--dport ${port}`)
  if (accounting) parts.push(`-m nfacct --nfacct-name  ${accounting}`)
  if (rule.probability)
    parts.push(`-m statistic --mode random --probability ${probability(rule.probability)}`)
  parts.push(`-j ${target}`)
  if (options) parts.push(options[0])
  return parts.join(' ')
}

const numbers: Record<string, string> = dictionary({ tcp: '6', udp: '17', sctp: '132' })

/** A line of `iptables -L -n`, with counters for -v. */
export function listedRule(rule: Rule, counters: { packets: number; bytes: number } | undefined): string {
  const { source, notSource, destination, protocol, comment, port, match, accounting, options, target } = rule
  const plain = (address: string) => address.replace('/32', '')
  const from = `${notSource ? '!' : ' '}${plain(source ?? notSource ?? '0.0.0.0/0').padEnd(19)} `
  const to = ` ${plain(destination ?? '0.0.0.0/0').padEnd(19)} `
  const details: string[] = []
  if (comment) details.push(`/* ${comment} */`)
  if (match) details.push(match[1])
  if (rule.addressType) details.push(`ADDRTYPE match ${rule.addressType.replace(' ', '-type ')}`)
  if (port !== undefined) details.push(`${protocol} dpt:${port}`)
  else if (target === 'DNAT') details.push(protocol!)
  if (accounting) details.push(`nfacct-name  ${accounting}`)
  if (rule.probability) details.push(`statistic mode random probability ${probability(rule.probability)}`)
  if (options) details.push(options[1])
  const name = `${target.padEnd(9)}  ${(numbers[protocol ?? ''] ?? '0').padEnd(4)} --`
  const head = counters
    ? `${String(counters.packets).padStart(5)} ${String(counters.bytes).padStart(5)} ${name}  *      *     `
    : name
  return `${head} ${from}${to}${details.length ? ` ${details.join(' ')}` : ''}`
}
