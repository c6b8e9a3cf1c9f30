// What a manifest is about, by the fields that it has: the gallery's second way in.
import type { Language } from '../../i18n/strings.ts'

export interface Topic {
  readonly id: string
  readonly title: Readonly<Record<Language, string>>
  /** Holds of the text of a manifest that is about it. */
  readonly holds: RegExp
}

const topic = (id: string, zh: string, en: string, holds: RegExp): Topic => ({ id, title: { zh, en }, holds })

/** In the order of the course. */
export const topics: readonly Topic[] = [
  topic('probes', '探针', 'Probes', /^\s*(?:liveness|readiness|startup)Probe:/m),
  topic('containers', 'init 容器与边车', 'Init and sidecar containers', /^\s*initContainers:|sidecar/m),
  topic(
    'end',
    '启动与结束',
    'Start and end',
    /^\s*(?:lifecycle|terminationGracePeriodSeconds|restartPolicy):/m,
  ),
  topic('resources', '资源', 'Resources', /^\s*(?:requests|limits|hard):/m),
  topic(
    'scheduling',
    '调度',
    'Scheduling',
    /^\s*(?:nodeSelector|nodeName|affinity|tolerations|taints|topologySpreadConstraints|priorityClassName):/m,
  ),
  topic(
    'storage',
    '卷与存储',
    'Volumes and storage',
    /^\s*(?:volumes|volumeClaimTemplates):|^kind: (?:PersistentVolume|PersistentVolumeClaim|StorageClass)$/m,
  ),
  topic(
    'rollout',
    '更新与扩缩',
    'Updates and scaling',
    /^\s*(?:strategy|updateStrategy|minReadySeconds|progressDeadlineSeconds|revisionHistoryLimit):|^kind: HorizontalPodAutoscaler$/m,
  ),
  topic(
    'network',
    '网络',
    'Network',
    /^kind: (?:Service|Endpoints|EndpointSlice|Ingress|IngressClass|NetworkPolicy|Gateway|HTTPRoute)$|^\s*(?:hostNetwork|hostPort|dnsPolicy):/m,
  ),
  topic(
    'config',
    '配置与密钥',
    'Configuration and secrets',
    /^kind: (?:ConfigMap|Secret)$|^\s*(?:- )?(?:configMapKeyRef|secretKeyRef|fieldRef|resourceFieldRef|configMapRef|secretRef|configMap|secret|imagePullSecrets):/m,
  ),
  topic(
    'access',
    '身份与权限',
    'Identity and access',
    /^kind: (?:ServiceAccount|Role|ClusterRole|RoleBinding|ClusterRoleBinding)$|^\s*(?:securityContext|serviceAccountName|automountServiceAccountToken):/m,
  ),
]

export const topicsOf = (manifest: string): string[] =>
  topics.filter(({ holds }) => holds.test(manifest)).map(({ id }) => id)

/** The kinds of its objects, in order, each once. */
export const kindsOf = (manifest: string): string[] => [
  ...new Set([...manifest.matchAll(/^kind: *(\w+)/gm)].map(([, kind = '']) => kind)),
]
