// Warnings that a pod or a pod template earns: pkg/api/pod/warnings.go. The paths of a pod begin with `spec`, those of a
// template with the template's own.
import { dictionary } from '../../engine/dictionary.ts'
import { ipWarnings } from '../machinery/ip.ts'
import { isDNS1123Label, isLabelValue } from '../machinery/names.ts'
import { parseQuantity } from '../machinery/quantity.ts'
import type { ObjectMeta } from '../object.ts'
import type {
  ContainerPort,
  NodeSelectorTerm,
  PersistentVolumeClaimSpec,
  PodAffinityTerm,
  PodSpec,
  ResourceList,
  Volume,
} from '../schema/types.ts'
import { appArmorAnnotation, seccompContainerAnnotation, seccompPodAnnotation } from './security-context.ts'
import { visitContainers } from './visit.ts'

const deprecatedLabels: Record<string, string> = dictionary({
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods':
    'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
})
const deprecatedAnnotations: Record<string, string> = {
  'scheduler.alpha.kubernetes.io/critical-pod':
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
}
/** In the order in which the server looks at them. */
export const deprecatedVolumes: [keyof Volume, string][] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['ephemeral', ''],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
]

const quote = (text: string): string => JSON.stringify(text)

export function fractional(list: ResourceList | undefined, names: string[], field: string): string[] {
  return names.flatMap(name => {
    const value = list?.[name]
    return value !== undefined && parseQuantity(value).nano % 1_000_000_000n !== 0n
      ? [`${field}[${name}]: fractional byte value ${quote(value)} is invalid, must be an integer`]
      : []
  })
}

/** Of a claim or a template of one. */
export const claimWarnings = ({ resources }: PersistentVolumeClaimSpec, field: string): string[] => [
  ...fractional(resources?.requests, ['storage'], `${field}.resources.requests`),
  ...fractional(resources?.limits, ['storage'], `${field}.resources.limits`),
]

export const nodeTermWarnings = (term: NodeSelectorTerm, field: string, checkValues: boolean): string[] =>
  (term.matchExpressions ?? []).flatMap(({ key, values }, i) => {
    const at = `${field}.matchExpressions[${i}]`
    return [
      ...(deprecatedLabels[key] ? [`${at}.key: ${key} is ${deprecatedLabels[key]}`] : []),
      ...(checkValues
        ? (values ?? []).flatMap((value, j) =>
            isLabelValue(value).map(message => `${at}.values[${j}]: ${value} is invalid, ${message}`),
          )
        : []),
    ]
  })

/** Warnings of the name that a workload's pods inherit. */
export const hostnameWarnings = ({ name }: ObjectMeta, what = 'Pod names and hostnames'): string[] => {
  const faults = isDNS1123Label(name ?? '')
  return faults.length
    ? [
        `metadata.name: this is used in ${what}, which can result in surprising behavior; a DNS label is recommended: [${faults.join(' ')}]`,
      ]
    : []
}

/** `field` is '' for a pod and the template's path for a template. */
export function podWarnings(spec: PodSpec, meta: ObjectMeta, field = ''): string[] {
  const warnings: string[] = []
  const root = field && `${field}.`
  const at = `${root}spec`
  const warn = (where: string, text: string) => warnings.push(`${where}: ${text}`)
  for (const key of Object.keys(spec.nodeSelector ?? {}))
    if (deprecatedLabels[key]) warn(`${at}.nodeSelector[${key}]`, deprecatedLabels[key])
  const { nodeAffinity, podAffinity, podAntiAffinity } = spec.affinity ?? {}
  const hard = 'requiredDuringSchedulingIgnoredDuringExecution'
  const soft = 'preferredDuringSchedulingIgnoredDuringExecution'
  const nodes = `${at}.affinity.nodeAffinity`
  ;(nodeAffinity?.[hard]?.nodeSelectorTerms ?? []).forEach((term, i) => {
    warnings.push(...nodeTermWarnings(term, `${nodes}.${hard}.nodeSelectorTerms[${i}]`, false))
  })
  ;(nodeAffinity?.[soft] ?? []).forEach(({ preference }, i) => {
    warnings.push(...nodeTermWarnings(preference, `${nodes}.${soft}[${i}].preference`, true))
  })
  ;(spec.topologySpreadConstraints ?? []).forEach(({ topologyKey, labelSelector }, i) => {
    const own = `${at}.topologySpreadConstraints[${i}]`
    if (deprecatedLabels[topologyKey])
      warn(`${own}.topologyKey`, `${topologyKey} is ${deprecatedLabels[topologyKey]}`)
    if (!labelSelector) warn(`${own}.labelSelector`, 'a null labelSelector results in matching no pod')
  })
  const annotations = meta.annotations ?? {}
  const annotationsPath = `${root}metadata.annotations`
  for (const [key, text] of Object.entries(deprecatedAnnotations))
    if (key in annotations) warn(`${annotationsPath}[${key}]`, text)
  ;(spec.volumes ?? []).forEach((volume, i) => {
    const own = `${at}.volumes[${i}]`
    for (const [name, text] of deprecatedVolumes) {
      if (!volume[name]) continue
      if (text) warn(`${own}.${name === 'storageos' ? 'storageOS' : name}`, text)
      else if (volume.ephemeral?.volumeClaimTemplate)
        warnings.push(
          ...claimWarnings(
            volume.ephemeral.volumeClaimTemplate.spec,
            `${own}.ephemeral.volumeClaimTemplate.spec`,
          ),
        )
    }
  })
  for (const volume of spec.volumes ?? []) warnings.push(...overlaps(volume))
  const twice = <T>(list: readonly T[] | undefined, key: (item: T) => string, what: string, path: string) => {
    const seen = new Set<string>()
    ;(list ?? []).forEach((item, i) => {
      if (seen.has(key(item)))
        warn(`${at}.${path.replace('*', String(i))}`, `duplicate ${what} ${quote(key(item))}`)
      seen.add(key(item))
    })
  }
  twice(spec.hostAliases, alias => alias.ip, 'ip', 'hostAliases[*].ip')
  twice(spec.imagePullSecrets, secret => secret.name ?? '', 'name', 'imagePullSecrets[*].name')
  ;(spec.imagePullSecrets ?? []).forEach(({ name }, i) => {
    if (!name) warn(`${at}.imagePullSecrets[${i}].name`, 'invalid empty name ""')
  })
  const bytes = ['memory', 'ephemeral-storage']
  warnings.push(...fractional(spec.overhead, bytes, `${at}.overhead`))
  const seccomp = 'non-functional in v1.27+; use the "seccompProfile" field instead'
  if (!spec.securityContext?.seccompProfile && seccompPodAnnotation in annotations)
    warn(`${annotationsPath}[${seccompPodAnnotation}]`, seccomp)
  visitContainers(spec, at, (container, own) => {
    const key = seccompContainerAnnotation + container.name
    if (!container.securityContext?.seccompProfile && key in annotations)
      warn(`${annotationsPath}[${key}]`, seccomp)
    const armor = appArmorAnnotation + container.name
    if (!container.securityContext?.appArmorProfile && armor in annotations)
      warn(`${annotationsPath}[${armor}]`, 'deprecated since v1.30; use the "appArmorProfile" field instead')
    for (const name of bytes)
      for (const part of ['limits', 'requests'] as const)
        warnings.push(...fractional(container.resources?.[part], [name], `${own}.resources.${part}`))
    const names = new Set<string>()
    ;(container.env ?? []).forEach(({ name, value = '', valueFrom }, i) => {
      const reference = `$(${name})`
      if (names.has(name) && (valueFrom || value === reference || !value.includes(reference)))
        warn(
          `${own}.env[${i}]`,
          `hides previous definition of ${quote(name)}, which may be dropped when using apply`,
        )
      names.add(name)
    })
  })
  warnings.push(...portWarnings(spec, at))
  const grace = spec.terminationGracePeriodSeconds
  if (grace !== undefined && grace < 0)
    warn(
      `${at}.terminationGracePeriodSeconds`,
      'must be >= 0; negative values are invalid and will be treated as 1',
    )
  const noSelector = (term: PodAffinityTerm, path: string) => {
    if (!term.labelSelector) warn(`${path}.labelSelector`, 'a null labelSelector results in matching no pod')
  }
  for (const [name, affinity] of [
    ['podAffinity', podAffinity],
    ['podAntiAffinity', podAntiAffinity],
  ] as const) {
    const own = `${at}.affinity.${name}`
    ;(affinity?.[hard] ?? []).forEach((term, i) => {
      noSelector(term, `${own}.${hard}[${i}]`)
    })
    ;(affinity?.[soft] ?? []).forEach(({ podAffinityTerm }, i) => {
      noSelector(podAffinityTerm, `${own}.${soft}[${i}].podAffinityTerm`)
    })
  }
  ;(spec.dnsConfig?.nameservers ?? []).forEach((address, i) => {
    warnings.push(...ipWarnings(address, `${at}.dnsConfig.nameservers[${i}]`))
  })
  ;(spec.hostAliases ?? []).forEach(({ ip }, i) => {
    warnings.push(...ipWarnings(ip, `${at}.hostAliases[${i}].ip`))
  })
  return warnings
}

function portWarnings(spec: PodSpec, field: string): string[] {
  const warnings: string[] = []
  const all = new Map<string, { at: string; port: ContainerPort }[]>()
  const names = new Map<string, string>()
  const named: string[] = []
  visitContainers(spec, field, (container, own) => {
    ;(container.ports ?? []).forEach((port, i) => {
      const at = `${own}.ports[${i}]`
      const { hostIP = '', hostPort = 0, name = '', containerPort, protocol = '' } = port
      if (hostIP && !hostPort)
        warnings.push(
          `${at}: hostIP set without hostPort: {Name:${name} HostPort:0 ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`,
        )
      const key = `${containerPort}/${protocol}`
      const others = all.get(key) ?? []
      for (const other of others) {
        const ip = other.port.hostIP ?? ''
        const host = other.port.hostPort ?? 0
        if (hostIP === ip && hostPort === host)
          warnings.push(`${at}: duplicate port definition with ${other.at}`)
        else if (!hostPort || !host) warnings.push(`${at}: overlapping port definition with ${other.at}`)
        else if (hostPort === host && !hostIP !== !ip)
          warnings.push(`${at}: dangerously ambiguous port definition with ${other.at}`)
      }
      all.set(key, [...others, { at, port }])
      if (!name) return
      const first = names.get(name)
      if (first)
        named.push(
          `${at}: duplicate port name ${quote(name)} with ${first}, services and probes that select ports by name will use ${first}`,
        )
      else names.set(name, at)
    })
  })
  return [...warnings, ...named]
}

interface PathSource {
  path: string
  source: string
}
const show = ({ path, source }: PathSource): string => (source ? `${quote(path)} (${source})` : quote(path))

/** Paths of one volume of which one is, or lies below, another. */
function overlaps({ name, configMap, secret, downwardAPI, projected }: Volume): string[] {
  const warnings: string[] = []
  const check = (list: PathSource[], what: string) => {
    const seen: PathSource[] = []
    for (const item of list) {
      const one = { ...item, path: item.path.replace(/\/+$/, '') }
      if (one.path)
        for (const other of seen)
          if (
            other.path &&
            (other.path === one.path ||
              other.path.startsWith(`${one.path}/`) ||
              one.path.startsWith(`${other.path}/`))
          )
            warnings.push(
              `volume ${quote(name)} (${what}): overlapping paths: ${show(one)} with ${show(other)}`,
            )
      seen.push(one)
    }
  }
  const paths = (items: readonly { path: string }[] | undefined, source = ''): PathSource[] =>
    (items ?? []).map(({ path }) => ({ path, source }))
  if (configMap) check(paths(configMap.items), `ConfigMap ${quote(configMap.name ?? '')}`)
  if (secret) check(paths(secret.items), `Secret ${quote(secret.secretName ?? '')}`)
  if (downwardAPI) check(paths(downwardAPI.items), 'DownwardAPI')
  if (projected) {
    const all: PathSource[] = []
    for (const source of projected.sources ?? []) {
      if (!Object.keys(source).length) {
        warnings.push(`volume ${quote(name)} (Projected) has no sources provided`)
        continue
      }
      const { configMap: map, secret: key, downwardAPI: fields, serviceAccountToken: token } = source
      if (map?.items) all.push(...paths(map.items, `ConfigMap ${quote(map.name ?? '')}`))
      else if (key?.items) all.push(...paths(key.items, `Secret ${quote(key.name ?? '')}`))
      else if (fields?.items) all.push(...paths(fields.items, 'DownwardAPI'))
      else if (token) all.push({ path: token.path, source: 'ServiceAccountToken' })
    }
    check(all, 'Projected')
  }
  return warnings
}
