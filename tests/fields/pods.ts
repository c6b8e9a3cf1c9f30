// The fields of pods, their containers and their commonest volumes.
import type { Sample } from './play.ts'

const plain = { name: 'c', image: 'busybox', command: ['sleep', '3600'] }
const failing = { ...plain, command: ['sh', '-c', 'echo why > /dev/termination-log; echo log; exit 3'] }
/** Samples whose pods do something else with the field. */
export const podSamples: Sample[] = []
/** Those that are said to have no effect. */
export const idleSamples: Sample[] = []
let samples = podSamples

const inPod = (field: string, value: object, base: object = {}) =>
  samples.push({
    field: `PodSpec.${field}`,
    without: { containers: [plain], ...base },
    spec: { containers: [plain], ...base, ...value },
  })
const inContainer = (field: string, value: object, base: object = plain, pod: object = {}) =>
  samples.push({
    field: field.includes('.') ? field : `Container.${field}`,
    without: { ...pod, containers: [base] },
    spec: { ...pod, containers: [{ ...base, ...value }] },
  })
const inSecurity = (field: string, value: unknown) => {
  inContainer(`SecurityContext.${field}`, { securityContext: { [field]: value } })
}
const inPodSecurity = (field: string, value: unknown, more: object = {}, base: object = {}) =>
  samples.push({
    field: `PodSecurityContext.${field}`,
    without: { containers: [plain], securityContext: more, ...base },
    spec: { containers: [plain], securityContext: { ...more, [field]: value }, ...base },
  })
/** A field of a volume's source: the volume is mounted at /v. */
const inVolume = (field: string, without: object, value: object) => {
  const withVolume = (source: object) => ({
    containers: [{ ...plain, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
    volumes: [{ name: 'v', ...source }],
  })
  samples.push({ field, without: withVolume(without), spec: withVolume(value) })
}
const inMount = (field: string, value: object) => {
  const volumes = [{ name: 'v', configMap: { name: 'settings' } }]
  const mounted = (mount: object) => ({
    volumes,
    containers: [{ ...plain, volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }],
  })
  samples.push({ field: `VolumeMount.${field}`, without: mounted({}), spec: mounted(value) })
}
/** A field of a liveness probe that fails. */
const inProbe = (field: string, value: object, base: object = { exec: { command: ['false'] } }) =>
  inContainer(
    `Probe.${field}`,
    { livenessProbe: { periodSeconds: 5, ...base, ...value } },
    { ...plain, livenessProbe: { periodSeconds: 5, ...base } } as typeof plain,
    { terminationGracePeriodSeconds: 1 },
  )

const nowhere = { matchExpressions: [{ key: 'none', operator: 'Exists' }] }
inPod('activeDeadlineSeconds', { activeDeadlineSeconds: 5 })
inPod('affinity', {
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [nowhere] } },
  },
})
inPod('automountServiceAccountToken', { automountServiceAccountToken: false })
inPod('dnsConfig', { dnsConfig: { searches: ['example.com'] } })
inPod('dnsPolicy', { dnsPolicy: 'Default' })
inPod('enableServiceLinks', { enableServiceLinks: false })
inPod('hostAliases', { hostAliases: [{ ip: '10.9.9.9', hostnames: ['there'] }] })
inPod('hostNetwork', { hostNetwork: true })
inPod('hostPID', { hostPID: true })
inPod('hostname', { hostname: 'other' })
inPod('setHostnameAsFQDN', { setHostnameAsFQDN: true }, { hostname: 'a', subdomain: 'b' })
inPod('subdomain', { subdomain: 'b' }, { hostname: 'a' })
inPod('initContainers', { initContainers: [{ name: 'first', image: 'busybox', command: ['true'] }] })
inPod('nodeName', { nodeName: 'k8s-master' })
inPod('nodeSelector', { nodeSelector: { none: 'x' } })
inPod('readinessGates', { readinessGates: [{ conditionType: 'example.com/gate' }] })
inPod('restartPolicy', { restartPolicy: 'Never' }, { containers: [failing] })
inPod('schedulerName', { schedulerName: 'other' })
inPod('schedulingGates', { schedulingGates: [{ name: 'example.com/gate' }] })
inPod('serviceAccountName', { serviceAccountName: 'other' })
inPod('shareProcessNamespace', { shareProcessNamespace: true })
inPod(
  'tolerations',
  { tolerations: [{ operator: 'Exists' }] },
  { nodeSelector: { 'node-role.kubernetes.io/control-plane': '' } },
)
inPod('topologySpreadConstraints', {
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'none', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} },
  ],
})

inContainer('args', { args: ['7200'] }, { ...plain, command: ['sleep'], args: ['3600'] } as typeof plain)
inContainer('command', { command: ['sleep', '7200'] })
inContainer('env', { env: [{ name: 'COLOUR', value: 'blue' }] })
inContainer('envFrom', { envFrom: [{ configMapRef: { name: 'settings' } }] })
inContainer('image', { image: 'alpine:3.19' })
// Of an image that no other sample brings to the node.
inContainer('imagePullPolicy', { imagePullPolicy: 'Never' }, { ...plain, image: 'alpine:0.1' })
inContainer('lifecycle', { lifecycle: { postStart: { exec: { command: ['false'] } } } })
inContainer('livenessProbe', { livenessProbe: { exec: { command: ['false'] } } })
inContainer('readinessProbe', { readinessProbe: { exec: { command: ['false'] } } })
inContainer('startupProbe', { startupProbe: { exec: { command: ['false'] } } })
inContainer('resources', { resources: { limits: { memory: '64Mi' } } })
inContainer('terminationMessagePath', { terminationMessagePath: '/tmp/why' }, failing)
inContainer(
  'terminationMessagePolicy',
  { terminationMessagePolicy: 'FallbackToLogsOnError' },
  { ...plain, command: ['sh', '-c', 'echo log; exit 3'] },
)
inContainer('tty', { tty: true }, { ...plain, command: ['sh', '-c', 'tty; sleep 3600'] })
inContainer('workingDir', { workingDir: '/tmp' })
inSecurity('allowPrivilegeEscalation', false)
inSecurity('appArmorProfile', { type: 'RuntimeDefault' })
inSecurity('capabilities', { drop: ['ALL'] })
inSecurity('privileged', true)
inSecurity('readOnlyRootFilesystem', true)
inSecurity('runAsGroup', 7)
inSecurity('runAsNonRoot', true)
inSecurity('runAsUser', 7)
inSecurity('seccompProfile', { type: 'RuntimeDefault' })
inPodSecurity(
  'fsGroup',
  7,
  {},
  {
    containers: [{ ...plain, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
    volumes: [{ name: 'v', emptyDir: {} }],
  },
)
inPodSecurity('appArmorProfile', { type: 'RuntimeDefault' })
inPodSecurity('runAsGroup', 7)
inPodSecurity('runAsNonRoot', true)
inPodSecurity('runAsUser', 7)
inPodSecurity('seccompProfile', { type: 'RuntimeDefault' })
inPodSecurity('supplementalGroups', [77])
inPodSecurity('sysctls', [{ name: 'kernel.shm_rmid_forced', value: '1' }])
inProbe('failureThreshold', { failureThreshold: 50 })
inProbe('initialDelaySeconds', { initialDelaySeconds: 60 })
inProbe('periodSeconds', { periodSeconds: 300 })
inProbe('timeoutSeconds', { timeoutSeconds: 9 }, { exec: { command: ['sleep', '3'] } })
inProbe('tcpSocket', { exec: undefined, tcpSocket: { port: 9 } })
inProbe('httpGet', { exec: undefined, httpGet: { port: 9 } })
inProbe('grpc', { exec: undefined, grpc: { port: 9 } })
inMount('mountPath', { mountPath: '/w' })
inMount('readOnly', { readOnly: true, mountPath: '/tmp' })
inMount('subPath', { subPath: 'key' })
inMount('subPathExpr', { subPathExpr: 'key' })
inVolume('EmptyDirVolumeSource.medium', { emptyDir: {} }, { emptyDir: { medium: 'Memory' } })
inVolume('HostPathVolumeSource.path', { hostPath: { path: '/etc' } }, { hostPath: { path: '/media' } })
inVolume(
  'HostPathVolumeSource.type',
  { hostPath: { path: '/etc' } },
  { hostPath: { path: '/etc', type: 'File' } },
)
const settings = { name: 'settings' }
inVolume('ConfigMapVolumeSource.name', { configMap: settings }, { configMap: { name: 'others' } })
inVolume(
  'ConfigMapVolumeSource.items',
  { configMap: settings },
  { configMap: { ...settings, items: [{ key: 'key', path: 'other' }] } },
)
inVolume(
  'ConfigMapVolumeSource.defaultMode',
  { configMap: settings },
  { configMap: { ...settings, defaultMode: 0o400 } },
)
inVolume(
  'ConfigMapVolumeSource.optional',
  { configMap: { name: 'missing' } },
  { configMap: { name: 'missing', optional: true } },
)
inVolume(
  'SecretVolumeSource.secretName',
  { secret: { secretName: 'one' } },
  { secret: { secretName: 'two' } },
)
inVolume(
  'SecretVolumeSource.optional',
  { secret: { secretName: 'missing' } },
  { secret: { secretName: 'missing', optional: true } },
)

samples = idleSamples
inSecurity('seLinuxOptions', { level: 's0:c1,c2' })
inSecurity('procMount', 'Default')
inPodSecurity('seLinuxOptions', { level: 's0:c1,c2' })
inPodSecurity('seLinuxChangePolicy', 'Recursive')
