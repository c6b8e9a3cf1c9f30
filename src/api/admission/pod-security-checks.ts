// The checks of the Pod Security Standards, in the order of their messages: k8s.io/pod-security-admission/policy/check_*.go.
import { goQuote } from '../../kinds/machinery/quote.ts'
import type {
  Container,
  EphemeralContainer,
  PodTemplateSpec,
  SELinuxOptions,
  SeccompProfile,
  Volume,
} from '../../kinds/schema/types.ts'

export interface Fault {
  readonly reason: string
  readonly detail: string
}

export interface Check {
  /** 1: baseline, 2: restricted. */
  readonly level: 1 | 2
  /** The restricted level has a stricter form of it. */
  readonly replacedInRestricted?: boolean
  run(pod: PodTemplateSpec): Fault | undefined
}

/** Ephemeral ones too. */
type AnyContainer = Container | EphemeralContainer

const containersOf = ({ spec }: PodTemplateSpec): AnyContainer[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
]

const join = (values: Iterable<string>): string => [...new Set(values)].map(v => JSON.stringify(v)).join(', ')
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort()
const plural = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many)

/** `container "a" must …`, `containers "a", "b" must …`; undefined where none is bad. */
function ofContainers(
  pod: PodTemplateSpec,
  bad: (container: AnyContainer) => boolean,
  what: string,
): string | undefined {
  const names = containersOf(pod)
    .filter(bad)
    .map(c => c.name)
  return names.length ? `${plural(names.length, 'container')} ${join(names)} ${what}` : undefined
}

const fault = (reason: string, detail: string | undefined): Fault | undefined =>
  detail === undefined ? undefined : { reason, detail }

const baselineCapabilities = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

const addedBeyond = (pod: PodTemplateSpec, allowed: readonly string[]): string | undefined => {
  const added = (c: AnyContainer): string[] =>
    (c.securityContext?.capabilities?.add ?? []).filter(name => !allowed.includes(name))
  const all = sorted(containersOf(pod).flatMap(added))
  return ofContainers(
    pod,
    c => added(c).length > 0,
    `must not include ${join(all)} in securityContext.capabilities.add`,
  )
}

const restrictedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]
const volumeType = (volume: Volume): string => Object.keys(volume).find(key => key !== 'name') ?? ''

const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]

export const checks: readonly Check[] = [
  {
    level: 2,
    run: pod =>
      fault(
        'allowPrivilegeEscalation != false',
        ofContainers(
          pod,
          c => c.securityContext?.allowPrivilegeEscalation !== false,
          'must set securityContext.allowPrivilegeEscalation=false',
        ),
      ),
  },
  {
    level: 1,
    run({ metadata }) {
      const bad = Object.entries(metadata?.annotations ?? {})
        .filter(
          ([key, value]) =>
            key.startsWith('container.apparmor.security.beta.kubernetes.io/') &&
            value !== 'runtime/default' &&
            value !== '' &&
            !value.startsWith('localhost/'),
        )
        .map(([key, value]) => `${key}=${goQuote(value)}`)
      return bad.length
        ? {
            reason: 'forbidden AppArmor profiles',
            detail: `${plural(bad.length, 'annotation')} ${bad.sort().join(', ')}`,
          }
        : undefined
    },
  },
  {
    level: 1,
    replacedInRestricted: true,
    run: pod => fault('non-default capabilities', addedBeyond(pod, baselineCapabilities)),
  },
  {
    level: 2,
    run(pod) {
      const details = [
        ofContainers(
          pod,
          c => !c.securityContext?.capabilities?.drop?.includes('ALL'),
          'must set securityContext.capabilities.drop=["ALL"]',
        ),
        addedBeyond(pod, ['NET_BIND_SERVICE']),
      ].filter(d => d !== undefined)
      return details.length ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined
    },
  },
  {
    level: 1,
    run({ spec }) {
      const on = (['hostNetwork', 'hostPID', 'hostIPC'] as const)
        .filter(name => spec[name])
        .map(name => `${name}=true`)
      return on.length ? { reason: 'host namespaces', detail: on.join(', ') } : undefined
    },
  },
  {
    level: 1,
    run({ spec }) {
      const names = (spec.volumes ?? []).filter(v => v.hostPath).map(v => v.name)
      return names.length
        ? { reason: 'hostPath volumes', detail: `${plural(names.length, 'volume')} ${join(names)}` }
        : undefined
    },
  },
  {
    level: 1,
    run(pod) {
      const ports = (c: AnyContainer): string[] =>
        (c.ports ?? []).filter(p => p.hostPort).map(p => String(p.hostPort))
      const all = sorted(containersOf(pod).flatMap(ports))
      return fault(
        'hostPort',
        ofContainers(
          pod,
          c => ports(c).length > 0,
          `${plural(all.length, 'uses hostPort', 'use hostPorts')} ${all.join(', ')}`.replace(
            /^uses hostPort/,
            containersOf(pod).filter(c => ports(c).length).length === 1 ? 'uses hostPort' : 'use hostPort',
          ),
        ),
      )
    },
  },
  {
    level: 1,
    run: pod =>
      fault(
        'privileged',
        ofContainers(
          pod,
          c => c.securityContext?.privileged === true,
          'must not set securityContext.privileged=true',
        ),
      ),
  },
  {
    level: 1,
    run: pod =>
      fault(
        'procMount',
        ofContainers(
          pod,
          c => (c.securityContext?.procMount ?? 'Default') !== 'Default',
          `must not set securityContext.procMount to ${join(
            containersOf(pod)
              .flatMap(c => c.securityContext?.procMount ?? [])
              .filter(p => p && p !== 'Default'),
          )}`,
        ),
      ),
  },
  {
    level: 2,
    run({ spec }) {
      const bad = (spec.volumes ?? []).filter(v => !restrictedVolumes.includes(volumeType(v)))
      if (!bad.length) return undefined
      const types = sorted(bad.map(volumeType))
      return {
        reason: 'restricted volume types',
        detail: `${plural(bad.length, 'volume')} ${join(bad.map(v => v.name))} ${plural(bad.length, 'uses', 'use')} restricted volume ${plural(types.length, 'type')} ${join(types)}`,
      }
    },
  },
  {
    level: 2,
    run(pod) {
      const podValue = pod.spec.securityContext?.runAsNonRoot
      const wrong = (c: AnyContainer) => c.securityContext?.runAsNonRoot === false
      const explicit = containersOf(pod)
        .filter(wrong)
        .map(c => c.name)
      const details: string[] = []
      if (podValue === false) details.push('pod')
      if (explicit.length) details.push(`${plural(explicit.length, 'container')} ${join(explicit)}`)
      if (details.length)
        return {
          reason: 'runAsNonRoot != true',
          detail: `${details.join(' and ')} must not set securityContext.runAsNonRoot=false`,
        }
      if (podValue) return undefined
      const unset = containersOf(pod)
        .filter(c => c.securityContext?.runAsNonRoot === undefined)
        .map(c => c.name)
      return unset.length
        ? {
            reason: 'runAsNonRoot != true',
            detail: `pod or ${plural(unset.length, 'container')} ${join(unset)} must set securityContext.runAsNonRoot=true`,
          }
        : undefined
    },
  },
  {
    level: 2,
    run(pod) {
      const details: string[] = []
      if (pod.spec.securityContext?.runAsUser === 0) details.push('pod')
      const names = containersOf(pod)
        .filter(c => c.securityContext?.runAsUser === 0)
        .map(c => c.name)
      if (names.length) details.push(`${plural(names.length, 'container')} ${join(names)}`)
      return details.length
        ? { reason: 'runAsUser=0', detail: `${details.join(' and ')} must not set runAsUser=0` }
        : undefined
    },
  },
  {
    level: 1,
    replacedInRestricted: true,
    run(pod) {
      const details: string[] = []
      if (pod.spec.securityContext?.seccompProfile?.type === 'Unconfined') details.push('pod')
      const names = containersOf(pod)
        .filter(c => c.securityContext?.seccompProfile?.type === 'Unconfined')
        .map(c => c.name)
      if (names.length) details.push(`${plural(names.length, 'container')} ${join(names)}`)
      return details.length
        ? {
            reason: 'seccompProfile',
            detail: `${details.join(' and ')} must not set securityContext.seccompProfile.type to "Unconfined"`,
          }
        : undefined
    },
  },
  {
    level: 2,
    run(pod) {
      const good = (profile: SeccompProfile | undefined) =>
        profile?.type === 'RuntimeDefault' || profile?.type === 'Localhost'
      const podProfile = pod.spec.securityContext?.seccompProfile
      const explicit = containersOf(pod)
        .filter(c => c.securityContext?.seccompProfile && !good(c.securityContext.seccompProfile))
        .map(c => c.name)
      const setters = [
        ...(podProfile && !good(podProfile) ? ['pod'] : []),
        ...(explicit.length ? [`${plural(explicit.length, 'container')} ${join(explicit)}`] : []),
      ]
      if (setters.length)
        return {
          reason: 'seccompProfile',
          detail: `${setters.join(' and ')} must not set securityContext.seccompProfile.type to ${join(['Unconfined'])}`,
        }
      if (good(podProfile)) return undefined
      const unset = containersOf(pod)
        .filter(c => !c.securityContext?.seccompProfile)
        .map(c => c.name)
      return unset.length
        ? {
            reason: 'seccompProfile',
            detail: `pod or ${plural(unset.length, 'container')} ${join(unset)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
          }
        : undefined
    },
  },
  {
    level: 1,
    run(pod) {
      const allowed = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']
      const contexts: [string, SELinuxOptions | undefined][] = [
        ['pod', pod.spec.securityContext?.seLinuxOptions],
        ...containersOf(pod).map((c): [string, SELinuxOptions | undefined] => [
          `container ${goQuote(c.name)}`,
          c.securityContext?.seLinuxOptions,
        ]),
      ]
      const bad = contexts.filter(([, o]) => o && (!allowed.includes(o.type ?? '') || o.user || o.role))
      return bad.length
        ? {
            reason: 'seLinuxOptions',
            detail: `${bad.map(([who]) => who).join(' and ')} set forbidden securityContext.seLinuxOptions`,
          }
        : undefined
    },
  },
  {
    level: 1,
    run({ spec }) {
      const bad = (spec.securityContext?.sysctls ?? [])
        .map(s => s.name)
        .filter(name => !safeSysctls.includes(name))
      return bad.length ? { reason: 'forbidden sysctls', detail: bad.join(', ') } : undefined
    },
  },
]
