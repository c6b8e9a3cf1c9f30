// Service: pkg/registry/core/service, pkg/apis/core. Cluster IPs and node ports are allocated by the API server
// (src/api/admission/service-allocation.ts).
import { protocols } from './endpoints.ts'
import { age } from './machinery/duration.ts'
import { validateEndpointIP } from './machinery/endpoint-ip.ts'
import { equal } from './machinery/equality.ts'
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from './machinery/field-error.ts'
import { internalValue } from './machinery/internal.ts'
import { ipWarnings, validateCIDR, validateIP } from './machinery/ip.ts'
import { formatLabels } from './machinery/labels.ts'
import { invalidEach, validateLabels } from './machinery/meta-validation.ts'
import {
  isDNS1123Label,
  isDNS1123Subdomain,
  isPortNumber,
  isQualifiedName,
  nameIsDNSLabel,
} from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { validatePort } from './pod-spec/probes.ts'
import type { Service, ServicePort, ServiceSpec } from './schema/types.ts'
import { isHeadless, setFamilies, validateAddresses } from './service-addresses.ts'

const isExternal = ({ type, externalIPs }: ServiceSpec): boolean =>
  type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && Boolean(externalIPs?.length))
export const needsHealthCheck = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local'
export const needsNodePorts = ({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false)

/** Where the API server takes node ports from, where its --service-node-port-range does not say otherwise. */
export const nodePortRange = { from: 30000, to: 32767 }

const portsOutOfRange = (spec: ServiceSpec): FieldError[] =>
  (spec.ports ?? []).flatMap(({ nodePort }, i) =>
    needsNodePorts(spec) && nodePort && (nodePort < nodePortRange.from || nodePort > nodePortRange.to)
      ? [invalid(`spec.ports[${i}].nodePort`, nodePort, outOfRange)]
      : [],
  )
export const outOfRange = `provided port is not in the valid range. The range of valid ports is ${nodePortRange.from}-${nodePortRange.to}`

function defaults({ spec, status }: Service): void {
  spec.sessionAffinity ||= 'None'
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig
  if (
    spec.sessionAffinity === 'ClientIP' &&
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
  )
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10800 } }
  spec.type ||= 'ClusterIP'
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP'
    if (!port.targetPort) port.targetPort = port.port
  }
  if (isExternal(spec)) spec.externalTrafficPolicy ||= 'Cluster'
  if (spec.type !== 'ExternalName' && types.includes(spec.type)) spec.internalTrafficPolicy ??= 'Cluster'
  if (spec.type === 'LoadBalancer') {
    spec.allocateLoadBalancerNodePorts ??= true
    for (const ingress of status.loadBalancer?.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP'
  }
}

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

const oneOf = (value: string | undefined, field: string, values: string[]): FieldError[] =>
  !value ? [required(field)] : values.includes(value) ? [] : [notSupported(field, value, values)]

function validatePorts({ ports }: ServiceSpec): FieldError[] {
  const list = ports ?? []
  const names = new Set<string>()
  return list.flatMap((port, i) => {
    const { name, appProtocol } = port
    const at = `spec.ports[${i}]`
    const errors: FieldError[] = []
    if (name) {
      errors.push(...invalidEach(`${at}.name`, name, isDNS1123Label(name)))
      if (names.has(name)) errors.push(duplicate(`${at}.name`, name))
      names.add(name)
    } else if (list.length > 1) errors.push(required(`${at}.name`))
    errors.push(
      ...invalidEach(`${at}.port`, port.port, isPortNumber(port.port)),
      ...oneOf(port.protocol, `${at}.protocol`, protocols),
      ...validatePort(port.targetPort ?? 0, `${at}.targetPort`),
    )
    if (appProtocol !== undefined)
      errors.push(...invalidEach(`${at}.appProtocol`, appProtocol, isQualifiedName(appProtocol)))
    return errors
  })
}

/** What only the whole list of ports shows. */
function validatePortList({ type, ports }: ServiceSpec): FieldError[] {
  const list = ports ?? []
  const errors: FieldError[] = []
  const earlier = (i: number, same: (a: ServicePort, b: ServicePort) => boolean) =>
    list.findIndex(other => same(other, list[i]!)) < i
  list.forEach(({ nodePort }, i) => {
    if (type === 'ClusterIP' && nodePort)
      errors.push(forbidden(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"))
  })
  list.forEach(({ nodePort }, i) => {
    if (nodePort && earlier(i, (a, b) => a.nodePort === b.nodePort && a.protocol === b.protocol))
      errors.push(duplicate(`spec.ports[${i}].nodePort`, nodePort))
  })
  list.forEach(({ port, protocol }, i) => {
    if (earlier(i, (a, b) => a.port === b.port && a.protocol === b.protocol))
      errors.push(
        duplicate(`spec.ports[${i}]`, internalValue('io.k8s.api.core.v1.ServicePort', { port, protocol })),
      )
  })
  return errors
}

function validateAffinity({ sessionAffinity, sessionAffinityConfig: config }: ServiceSpec): FieldError[] {
  const errors = oneOf(sessionAffinity, 'spec.sessionAffinity', ['ClientIP', 'None'])
  if (sessionAffinity === 'None' && config)
    errors.push(forbidden('spec.sessionAffinityConfig', 'must not be set when session affinity is None'))
  const timeout = config?.clientIP?.timeoutSeconds ?? 0
  if (sessionAffinity === 'ClientIP' && (timeout <= 0 || timeout > 86400))
    errors.push(
      invalid(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        timeout,
        'must be greater than 0 and less than 86400',
      ),
    )
  return errors
}

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges'

function validateRanges({ metadata, spec }: Service, old: Service | undefined): FieldError[] {
  const { loadBalancerSourceRanges: ranges = [], type } = spec
  const errors: FieldError[] = []
  const only = (field: string) => {
    if (type !== 'LoadBalancer')
      errors.push(forbidden(field, "may only be used when `type` is 'LoadBalancer'"))
  }
  const annotation = metadata.annotations?.[rangesAnnotation]
  if (ranges.length) {
    const at = 'spec.LoadBalancerSourceRanges'
    only(at)
    ranges.forEach((range, i) => {
      const known = old?.spec.loadBalancerSourceRanges?.some(had => had.trim() === range.trim())
      if (!known) errors.push(...validateCIDR(range.trim(), `${at}[${i}]`))
    })
  } else if (annotation !== undefined) {
    const at = `metadata.annotations[${rangesAnnotation}]`
    only(at)
    if (annotation.trim() && old?.metadata.annotations?.[rangesAnnotation] !== annotation)
      for (const range of annotation.trim().split(',')) errors.push(...validateCIDR(range.trim(), at))
  }
  return errors
}

function validateTraffic(spec: ServiceSpec): FieldError[] {
  const { externalTrafficPolicy, internalTrafficPolicy: internal, healthCheckNodePort: port = 0 } = spec
  const errors: FieldError[] = []
  const policies = ['Cluster', 'Local']
  const at = 'spec.externalTrafficPolicy'
  if (isExternal(spec)) errors.push(...oneOf(externalTrafficPolicy, at, policies))
  else if (externalTrafficPolicy)
    errors.push(invalid(at, externalTrafficPolicy, 'may only be set for externally-accessible services'))
  const health = 'spec.healthCheckNodePort'
  if (!needsHealthCheck(spec)) {
    if (port)
      errors.push(
        invalid(
          health,
          port,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        ),
      )
  } else if (port) errors.push(...invalidEach(health, port, isPortNumber(port)))
  if (internal !== undefined && !policies.includes(internal))
    errors.push(notSupported('spec.internalTrafficPolicy', internal, policies))
  const distribution = spec.trafficDistribution
  const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode']
  if (distribution !== undefined && !distributions.includes(distribution))
    errors.push(notSupported('spec.trafficDistribution', distribution, distributions))
  return errors
}

const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints'
const modeAnnotation = 'service.kubernetes.io/topology-mode'

function validate(service: Service, old?: Service): FieldError[] {
  const { metadata, spec } = service
  const { type } = spec
  const errors: FieldError[] = []
  const { [hintsAnnotation]: hints, [modeAnnotation]: mode } = metadata.annotations ?? {}
  if (hints !== undefined && mode !== undefined && hints !== mode)
    errors.push(
      invalid(
        `metadata.annotations[${modeAnnotation}]`,
        mode,
        `must match annotations[${hintsAnnotation}] when both are specified`,
      ),
    )
  if (!spec.ports?.length && !isHeadless(spec) && type !== 'ExternalName') errors.push(required('spec.ports'))
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec))
    errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`))
  if (type === 'ExternalName') {
    const none = (name: string) =>
      errors.push(forbidden(`spec.${name}`, 'may not be set for ExternalName services'))
    if (spec.clusterIPs?.length) none('clusterIPs')
    if (spec.ipFamilies?.length) none('ipFamilies')
    if (spec.ipFamilyPolicy !== undefined) none('ipFamilyPolicy')
    const name = (spec.externalName ?? '').replace(/\.$/, '')
    errors.push(
      ...(name
        ? invalidEach('spec.externalName', name, isDNS1123Subdomain(name))
        : [required('spec.externalName')]),
    )
  }
  errors.push(
    ...validatePorts(spec),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateAddresses(spec, old?.spec),
    ...(spec.externalIPs ?? []).flatMap((ip, i) => {
      const at = `spec.externalIPs[${i}]`
      const faults = old?.spec.externalIPs?.includes(ip) ? [] : validateIP(ip, at)
      return faults.length ? faults : validateEndpointIP(ip, at)
    }),
    ...oneOf(type, 'spec.type', types),
    ...validatePortList(spec),
    ...validateRanges(service, old),
  )
  const balancerOnly = (field: string) => forbidden(field, "may only be used when `type` is 'LoadBalancer'")
  const allocate = spec.allocateLoadBalancerNodePorts
  if (allocate !== undefined && type !== 'LoadBalancer')
    errors.push(balancerOnly('spec.allocateLoadBalancerNodePorts'))
  const className = spec.loadBalancerClass
  if (className !== undefined)
    errors.push(
      ...(type === 'LoadBalancer'
        ? invalidEach('spec.loadBalancerClass', className, isQualifiedName(className))
        : [balancerOnly('spec.loadBalancerClass')]),
    )
  return [...errors, ...validateTraffic(spec)]
}

/** Addresses and families stay what they are; a second one may come and go. */
function validateKept(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return []
  const errors: FieldError[] = []
  const headless = isHeadless(spec)
  const wasHeadless = isHeadless(old)
  for (const [name, one] of [
    ['clusterIPs', 'clusterIP'],
    ['ipFamilies', 'ipFamily'],
  ] as const) {
    if (name === 'clusterIPs' ? headless && wasHeadless : headless || wasHeadless) continue
    const now = spec[name] ?? []
    const before = old[name] ?? []
    const at = (i: number) => `spec.${name}[${name === 'clusterIPs' ? i : 0}]`
    if (now.length === before.length)
      before.forEach((value, i) => {
        if (value !== now[i]) errors.push(invalid(at(i), now, 'may not change once set'))
      })
    else {
      if (before.length > now.length && !(spec.clusterIPs ?? []).length)
        errors.push(invalid(at(0), now, `primary ${one} can not be unset`))
      if (now.length && before.length && now[0] !== before[0])
        errors.push(invalid(at(0), spec.clusterIPs ?? null, 'may not change once set'))
      if (before.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
        errors.push(
          invalid(
            'spec.ipFamilyPolicy',
            spec.ipFamilyPolicy,
            `must be set to 'SingleStack' when releasing the secondary ${one}`,
          ),
        )
    }
  }
  return errors
}

function validateUpdate(service: Service, old: Service): FieldError[] {
  const { spec } = service
  const errors = validateKept(spec, old.spec)
  if (
    spec.type === 'LoadBalancer' &&
    old.spec.type === 'LoadBalancer' &&
    spec.loadBalancerClass !== old.spec.loadBalancerClass
  )
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'))
  if (
    needsHealthCheck(spec) &&
    needsHealthCheck(old.spec) &&
    spec.healthCheckNodePort !== old.spec.healthCheckNodePort
  )
    errors.push(forbidden('spec.healthCheckNodePort', 'field is immutable'))
  return [...errors, ...validate(service, old)]
}

/** dropTypeDependentFields: what another type needed, and nobody changed, goes with it. */
function dropForType({ spec, status }: Service, { spec: old }: Service): void {
  const drop = (...names: (keyof ServiceSpec)[]) => {
    for (const name of names) if (equal(spec[name], old[name])) delete spec[name]
  }
  if (spec.type === 'ExternalName' && old.type !== 'ExternalName') {
    if ((spec.clusterIP ?? '') === (old.clusterIP ?? '') && equal(spec.clusterIPs, old.clusterIPs))
      drop('clusterIP', 'clusterIPs')
    drop('ipFamilies', 'ipFamilyPolicy')
  }
  const nodePorts = (list: ServiceSpec['ports']) => (list ?? []).map(port => port.nodePort ?? 0)
  if (needsNodePorts(old) && !needsNodePorts(spec) && equal(nodePorts(spec.ports), nodePorts(old.ports)))
    spec.ports = spec.ports?.map(({ nodePort: _nodePort, ...port }) => port)
  if (needsHealthCheck(old) && !needsHealthCheck(spec)) drop('healthCheckNodePort')
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer')
    drop('allocateLoadBalancerNodePorts', 'loadBalancerClass')
  if (isExternal(old) && !isExternal(spec)) drop('externalTrafficPolicy')
  if (spec.type !== 'LoadBalancer' && Object.keys(status.loadBalancer ?? {}).length) status.loadBalancer = {}
}

function warnings({ metadata, spec }: Service): string[] {
  const { externalIPs = [], type, loadBalancerIP, trafficDistribution } = spec
  const headless = isHeadless(spec)
  const texts: string[] = []
  if (metadata.annotations?.[hintsAnnotation] !== undefined)
    texts.push(`annotation ${hintsAnnotation} is deprecated, please use ${modeAnnotation} instead`)
  if (!headless && type !== 'ExternalName')
    (spec.clusterIPs ?? []).forEach((ip, i) => {
      texts.push(...ipWarnings(ip, `spec.clusterIPs[${i}]`))
    })
  if (headless) {
    if (loadBalancerIP) texts.push('spec.loadBalancerIP is ignored for headless services')
    if (externalIPs.length) texts.push('spec.externalIPs is ignored for headless services')
    if (spec.sessionAffinity !== 'None') texts.push('spec.SessionAffinity is ignored for headless services')
  }
  externalIPs.forEach((ip, i) => {
    texts.push(...ipWarnings(ip, `spec.externalIPs[${i}]`))
  })
  if (externalIPs.length && !headless && type !== 'ExternalName')
    texts.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters')
  if (loadBalancerIP) texts.push(...ipWarnings(loadBalancerIP, 'spec.loadBalancerIP'))
  if (type === 'ExternalName' && externalIPs.length)
    texts.push('spec.externalIPs is ignored when spec.type is "ExternalName"')
  if (type !== 'ExternalName' && spec.externalName)
    texts.push('spec.externalName is ignored when spec.type is not "ExternalName"')
  if (trafficDistribution === 'PreferClose')
    texts.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"')
  return texts
}

function externalAddress({ spec, status }: Service): string {
  const external = spec.externalIPs ?? []
  if (spec.type === 'ExternalName') return spec.externalName ?? ''
  if (spec.type === 'LoadBalancer') {
    const ingress = (status.loadBalancer?.ingress ?? []).flatMap(i => i.ip || i.hostname || [])
    return [...[...new Set(ingress)].sort(), ...external].join(',') || '<pending>'
  }
  return external.join(',') || '<none>'
}

export const service = defineKind<Service>('services.v1', {
  nameRule: nameIsDNSLabel,
  createOnUpdate: true,
  defaults,
  prepareForUpdate(object, old) {
    object.status = { ...object.status }
    dropForType(object, old)
  },
  validate: object => validate(object),
  validateUpdate,
  presume: ({ spec }) => [...setFamilies(spec, undefined), ...portsOutOfRange(spec)],
  warnings,
  status: {
    validateUpdate: ({ spec, status }) =>
      spec.type !== 'LoadBalancer' && status.loadBalancer?.ingress?.length
        ? [forbidden('status.loadBalancer.ingress', "may only be used when `spec.type` is 'LoadBalancer'")]
        : [],
  },
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type ?? '',
  },
  row(object, { now }) {
    const { metadata, spec } = object
    const ports = (spec.ports ?? []).map(
      ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
    )
    return [
      metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? '<none>',
      externalAddress(object),
      ports.join(',') || '<none>',
      age(metadata.creationTimestamp, now),
      formatLabels(spec.selector),
    ]
  },
})
