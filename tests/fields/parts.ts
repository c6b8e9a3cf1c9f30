// The fields of what pods hold: volumes and their sources, variables, ports, hooks, affinities, tolerations and the like.
import type { Sample } from './play.ts'

const plain = { name: 'c', image: 'busybox', command: ['sleep', '3600'] }
export const partSamples: Sample[] = []
const add = (field: string, without: object, spec: object) => partSamples.push({ field, without, spec })
const pod = (container: object = {}, more: object = {}) => ({
  containers: [{ ...plain, ...container }],
  ...more,
})

/** Of a container that is otherwise alike. */
const inContainer = (field: string, without: object, value: object, more: object = {}) =>
  add(field, pod(without, more), pod(value, more))
/** Of the pod itself. */
const inPod = (field: string, without: object, value: object, container: object = {}) =>
  add(field, pod(container, without), pod(container, value))
/** Of a volume that is mounted at /v. */
const volume = (source: object, name = 'v') =>
  pod({ volumeMounts: [{ name, mountPath: '/v' }] }, { volumes: [{ name, ...source }] })
const inVolume = (field: string, without: object, value: object) => add(field, volume(without), volume(value))
const both = (fields: string, without: object, value: object, make: (source: object) => object = volume) => {
  for (const field of fields.split(' ')) add(field, make(without), make(value))
}

const settings = { name: 'settings' }
both('Volume.configMap', { emptyDir: {} }, { configMap: settings })
both('Volume.secret SecretVolumeSource.secretName', { emptyDir: {} }, { secret: { secretName: 'one' } })
both('Volume.hostPath', { emptyDir: {} }, { hostPath: { path: '/etc' } })
both(
  'Volume.emptyDir EmptyDirVolumeSource.medium',
  { hostPath: { path: '/etc' } },
  { emptyDir: { medium: 'Memory' } },
)
both(
  'Volume.downwardAPI DownwardAPIVolumeSource.items DownwardAPIVolumeFile.path DownwardAPIVolumeFile.fieldRef',
  { emptyDir: {} },
  { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
)
both(
  'Volume.projected ProjectedVolumeSource.sources VolumeProjection.configMap ConfigMapProjection.name',
  { emptyDir: {} },
  { projected: { sources: [{ configMap: settings }] } },
)
both('Volume.image ImageVolumeSource.reference', { emptyDir: {} }, { image: { reference: 'alpine:3.19' } })
both(
  'Volume.persistentVolumeClaim PersistentVolumeClaimVolumeSource.claimName',
  { emptyDir: {} },
  { persistentVolumeClaim: { claimName: 'missing' } },
)
// Of storage systems that nobody has.
const foreign = {
  gcePersistentDisk: { pdName: 'a' },
  awsElasticBlockStore: { volumeID: 'a' },
  gitRepo: { repository: 'https://example.com/a.git' },
  nfs: { server: 'nfs.example.com', path: '/a' },
  iscsi: { targetPortal: '10.9.9.9', iqn: 'iqn.2001-04.com.example:a', lun: 0 },
  glusterfs: { endpoints: 'a', path: 'a' },
  rbd: { monitors: ['10.9.9.9'], image: 'a' },
  flexVolume: { driver: 'example.com/a' },
  cinder: { volumeID: 'a' },
  cephfs: { monitors: ['10.9.9.9'] },
  flocker: { datasetName: 'a' },
  fc: { targetWWNs: ['a'], lun: 0 },
  azureFile: { secretName: 'a', shareName: 'a' },
  vsphereVolume: { volumePath: 'a' },
  quobyte: { registry: '10.9.9.9:1', volume: 'a' },
  azureDisk: { diskName: 'a', diskURI: 'https://example.com/a', kind: 'Shared' },
  photonPersistentDisk: { pdID: 'a' },
  portworxVolume: { volumeID: 'a' },
  scaleIO: { gateway: 'https://example.com', system: 'a', secretRef: { name: 'a' }, volumeName: 'a' },
  storageos: { volumeName: 'a' },
  csi: { driver: 'csi.example.com' },
}
for (const [name, source] of Object.entries(foreign))
  inVolume(`Volume.${name}`, { emptyDir: {} }, { [name]: source })
const template = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }
both(
  'Volume.ephemeral EphemeralVolumeSource.volumeClaimTemplate',
  { emptyDir: {} },
  { ephemeral: { volumeClaimTemplate: template } },
)
inVolume(
  'EmptyDirVolumeSource.sizeLimit',
  { emptyDir: { medium: 'Memory' } },
  { emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
)
inVolume(
  'SecretVolumeSource.items',
  { secret: { secretName: 'one' } },
  { secret: { secretName: 'one', items: [{ key: 'key', path: 'other' }] } },
)
inVolume(
  'SecretVolumeSource.defaultMode',
  { secret: { secretName: 'one' } },
  { secret: { secretName: 'one', defaultMode: 0o400 } },
)
const items = (item: object) => ({ configMap: { name: 'pair', items: [{ key: 'a', path: 'x', ...item }] } })
inVolume('KeyToPath.key', items({}), items({ key: 'b' }))
inVolume('KeyToPath.path', items({}), items({ path: 'y' }))
inVolume('KeyToPath.mode', items({}), items({ mode: 0o400 }))
const downward = (item: object, more: object = {}) => ({
  downwardAPI: { items: [{ path: 'x', ...item }], ...more },
})
const field = (fieldPath: string) => ({ fieldRef: { fieldPath } })
inVolume(
  'DownwardAPIVolumeSource.defaultMode',
  downward(field('metadata.namespace')),
  downward(field('metadata.namespace'), { defaultMode: 0o400 }),
)
inVolume(
  'DownwardAPIVolumeFile.mode',
  downward(field('metadata.namespace')),
  downward({ ...field('metadata.namespace'), mode: 0o400 }),
)
inVolume(
  'ObjectFieldSelector.fieldPath',
  downward(field('metadata.namespace')),
  downward(field('metadata.labels')),
)
const amount = (more: object) =>
  downward({ resourceFieldRef: { containerName: 'c', resource: 'limits.memory', ...more } })
inVolume('DownwardAPIVolumeFile.resourceFieldRef', downward(field('metadata.namespace')), amount({}))
inVolume('ResourceFieldSelector.resource', amount({}), amount({ resource: 'limits.cpu' }))
inVolume('ResourceFieldSelector.divisor', amount({}), amount({ divisor: '1Mi' }))
const projected = (source: object, more: object = {}) => ({ projected: { sources: [source], ...more } })
inVolume(
  'ProjectedVolumeSource.defaultMode',
  projected({ configMap: settings }),
  projected({ configMap: settings }, { defaultMode: 0o400 }),
)
both(
  'VolumeProjection.secret SecretProjection.name',
  projected({ configMap: settings }),
  projected({ secret: { name: 'two' } }),
)
both(
  'VolumeProjection.downwardAPI DownwardAPIProjection.items',
  projected({ configMap: settings }),
  projected({ downwardAPI: { items: [{ path: 'x', ...field('metadata.namespace') }] } }),
)
both(
  'VolumeProjection.serviceAccountToken ServiceAccountTokenProjection.path',
  projected({ configMap: settings }),
  projected({ serviceAccountToken: { path: 'token' } }),
)
inVolume(
  'ConfigMapProjection.items',
  projected({ configMap: settings }),
  projected({ configMap: { ...settings, items: [{ key: 'key', path: 'y' }] } }),
)
inVolume(
  'ConfigMapProjection.optional',
  projected({ configMap: { name: 'missing' } }),
  projected({ configMap: { name: 'missing', optional: true } }),
)
inVolume(
  'SecretProjection.items',
  projected({ secret: { name: 'one' } }),
  projected({ secret: { name: 'one', items: [{ key: 'key', path: 'y' }] } }),
)
inVolume(
  'SecretProjection.optional',
  projected({ secret: { name: 'missing' } }),
  projected({ secret: { name: 'missing', optional: true } }),
)
add(
  'Volume.name',
  volume({ configMap: settings }),
  pod(
    { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    {
      volumes: [
        { name: 'v', configMap: { name: 'others' } },
        { name: 'w', configMap: settings },
      ],
    },
  ),
)
add(
  'VolumeMount.name',
  pod(
    { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    {
      volumes: [
        { name: 'v', configMap: { name: 'others' } },
        { name: 'w', configMap: settings },
      ],
    },
  ),
  pod(
    { volumeMounts: [{ name: 'w', mountPath: '/v' }] },
    {
      volumes: [
        { name: 'v', configMap: { name: 'others' } },
        { name: 'w', configMap: settings },
      ],
    },
  ),
)

const env = (...list: object[]) => ({ env: list })
inContainer('EnvVar.name', env({ name: 'A', value: '1' }), env({ name: 'B', value: '1' }))
inContainer('EnvVar.value', env({ name: 'A', value: '1' }), env({ name: 'A', value: '2' }))
const from = (valueFrom: object) => env({ name: 'A', valueFrom })
const first = from(field('metadata.namespace'))
both('EnvVar.valueFrom EnvVarSource.fieldRef', env({ name: 'A' }), first, pod)
both('EnvVarSource.resourceFieldRef', first, from({ resourceFieldRef: { resource: 'limits.cpu' } }), pod)
const mapKey = (ref: object) => from({ configMapKeyRef: { ...settings, key: 'key', ...ref } })
const secretKey = (ref: object) => from({ secretKeyRef: { name: 'one', key: 'key', ...ref } })
both('EnvVarSource.configMapKeyRef', first, mapKey({}), pod)
both('EnvVarSource.secretKeyRef', first, secretKey({ name: 'two', key: 'another' }), pod)
both('ConfigMapKeySelector.name', mapKey({}), mapKey({ name: 'others' }), pod)
both('ConfigMapKeySelector.key', mapKey({ name: 'pair', key: 'a' }), mapKey({ name: 'pair', key: 'b' }), pod)
both('ConfigMapKeySelector.optional', mapKey({ key: 'no' }), mapKey({ key: 'no', optional: true }), pod)
both('SecretKeySelector.name', secretKey({}), secretKey({ name: 'two' }), pod)
both('SecretKeySelector.key', secretKey({}), secretKey({ key: 'more' }), pod)
both('SecretKeySelector.optional', secretKey({ key: 'no' }), secretKey({ key: 'no', optional: true }), pod)
const envFrom = (source: object) => ({ envFrom: [source] })
both(
  'EnvFromSource.configMapRef ConfigMapEnvSource.name',
  {},
  envFrom({ configMapRef: { name: 'others' } }),
  pod,
)
both('EnvFromSource.secretRef SecretEnvSource.name', {}, envFrom({ secretRef: { name: 'two' } }), pod)
both(
  'EnvFromSource.prefix',
  envFrom({ configMapRef: settings }),
  envFrom({ prefix: 'X_', configMapRef: settings }),
  pod,
)
both(
  'ConfigMapEnvSource.optional',
  envFrom({ configMapRef: { name: 'no' } }),
  envFrom({ configMapRef: { name: 'no', optional: true } }),
  pod,
)
both(
  'SecretEnvSource.optional',
  envFrom({ secretRef: { name: 'no' } }),
  envFrom({ secretRef: { name: 'no', optional: true } }),
  pod,
)

const limits = (resources: object) => ({ resources })
inContainer('ResourceRequirements.limits', {}, limits({ limits: { memory: '32Mi' } }))
inContainer(
  'ResourceRequirements.requests',
  limits({ requests: { cpu: '1m' } }),
  limits({ requests: { cpu: '100' } }),
)
inPod('PodSpec.resources', {}, { resources: { requests: { cpu: '100' }, limits: { cpu: '100' } } })
inContainer('Container.securityContext', {}, { securityContext: { runAsUser: 9 } })
inContainer(
  'Container.volumeMounts',
  {},
  { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
  { volumes: [{ name: 'v', configMap: settings }] },
)
inContainer('Container.stdin', { command: ['cat'] }, { command: ['cat'], stdin: true })
inContainer('Container.restartPolicy', { command: ['false'] }, { command: ['false'], restartPolicy: 'Never' })
const rules = (rule: object) => ({
  command: ['sh', '-c', 'exit 42'],
  restartPolicy: 'Never',
  restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] }, ...rule }],
})
both(
  'Container.restartPolicyRules ContainerRestartRule.action ContainerRestartRule.exitCodes',
  { command: ['sh', '-c', 'exit 42'], restartPolicy: 'Never' },
  rules({}),
  pod,
)
both(
  'ContainerRestartRuleOnExitCodes.operator',
  rules({}),
  rules({ exitCodes: { operator: 'NotIn', values: [42] } }),
  pod,
)
both(
  'ContainerRestartRuleOnExitCodes.values',
  rules({}),
  rules({ exitCodes: { operator: 'In', values: [41] } }),
  pod,
)
inPod('PodSpec.volumes', {}, { volumes: [{ name: 'v', configMap: { name: 'missing' } }] })
inPod('PodSpec.containers', {}, { containers: [plain, { ...plain, name: 'd' }] })
inPod('PodSpec.os', {}, { os: { name: 'windows' } })
inPod('PodOS.name', { os: { name: 'linux' } }, { os: { name: 'windows' } })
inPod('PodSpec.securityContext', {}, { securityContext: { runAsUser: 9 } })
inPod('PodSpec.serviceAccount', {}, { serviceAccount: 'other' })

const nodeTerms = (...terms: object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
  },
})
const expression = (more: object) => ({
  matchExpressions: [{ key: 'place', operator: 'In', values: ['here'], ...more }],
})
for (const name of [
  'Affinity.nodeAffinity',
  'NodeAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  'NodeSelector.nodeSelectorTerms',
  'NodeSelectorTerm.matchExpressions',
])
  inPod(name, {}, nodeTerms(expression({ values: ['nowhere'] })))
inPod('NodeSelectorRequirement.key', nodeTerms(expression({})), nodeTerms(expression({ key: 'no' })))
inPod('NodeSelectorRequirement.values', nodeTerms(expression({})), nodeTerms(expression({ values: ['no'] })))
inPod(
  'NodeSelectorRequirement.operator',
  nodeTerms(expression({ values: ['nowhere'] })),
  nodeTerms(expression({ operator: 'NotIn', values: ['nowhere'] })),
)
inPod(
  'NodeSelectorTerm.matchFields',
  {},
  nodeTerms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['nosuch'] }] }),
)
const podTerm = (more: object) => ({
  labelSelector: { matchLabels: { app: 'anchor' } },
  topologyKey: 'kubernetes.io/hostname',
  ...more,
})
const required = (kind: 'podAffinity' | 'podAntiAffinity', more: object = {}) => ({
  affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [podTerm(more)] } },
})
const nobody = { labelSelector: { matchLabels: { app: 'nobody' } } }
for (const name of ['Affinity.podAffinity', 'PodAffinity.requiredDuringSchedulingIgnoredDuringExecution'])
  inPod(name, {}, required('podAffinity', nobody))
inPod('PodAffinityTerm.labelSelector', required('podAffinity'), required('podAffinity', nobody))
inPod(
  'PodAffinityTerm.topologyKey',
  required('podAffinity'),
  required('podAffinity', { topologyKey: 'none' }),
)
inPod(
  'PodAffinityTerm.namespaces',
  required('podAffinity'),
  required('podAffinity', { namespaces: ['kube-public'] }),
)
inPod(
  'PodAffinityTerm.namespaceSelector',
  required('podAffinity'),
  required('podAffinity', { namespaceSelector: { matchLabels: { no: 'one' } } }),
)
inPod(
  'LabelSelector.matchLabels',
  required('podAffinity'),
  required('podAffinity', { labelSelector: { matchLabels: { app: 'no' } } }),
)
const selector = (more: object) =>
  required('podAffinity', {
    labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['anchor'], ...more }] },
  })
inPod('LabelSelector.matchExpressions', required('podAffinity'), selector({ values: ['no'] }))
inPod('LabelSelectorRequirement.key', selector({}), selector({ key: 'no' }))
inPod(
  'LabelSelectorRequirement.operator',
  selector({ values: ['no'] }),
  selector({ operator: 'NotIn', values: ['no'] }),
)
inPod('LabelSelectorRequirement.values', selector({}), selector({ values: ['no'] }))
const everywhere = { labelSelector: { matchLabels: { every: 'node' } } }
for (const name of [
  'Affinity.podAntiAffinity',
  'PodAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution',
])
  inPod(name, {}, required('podAntiAffinity', everywhere))

const toControlPlane = { nodeSelector: { 'node-role.kubernetes.io/control-plane': '' } }
const tolerates = (more: object) => ({
  ...toControlPlane,
  tolerations: [
    { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule', ...more },
  ],
})
inPod('Toleration.key', tolerates({}), tolerates({ key: 'other' }))
inPod('Toleration.effect', tolerates({}), tolerates({ effect: 'NoExecute' }))
inPod('Toleration.operator', tolerates({ operator: 'Equal', value: 'x' }), tolerates({}))
inPod('Toleration.value', tolerates({ operator: 'Equal' }), tolerates({ operator: 'Equal', value: 'x' }))
const spread = (more: object) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: {},
      ...more,
    },
  ],
})
inPod(
  'TopologySpreadConstraint.topologyKey',
  spread({ whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'no' } } }),
  spread({ topologyKey: 'none' }),
)
inPod(
  'TopologySpreadConstraint.whenUnsatisfiable',
  spread({ topologyKey: 'none' }),
  spread({ topologyKey: 'none', whenUnsatisfiable: 'ScheduleAnyway' }),
)
inPod('PodReadinessGate.conditionType', {}, { readinessGates: [{ conditionType: 'example.com/g' }] })
inPod('PodSchedulingGate.name', {}, { schedulingGates: [{ name: 'example.com/h' }] })

inPod(
  'HostAlias.ip',
  { hostAliases: [{ ip: '10.1.1.1', hostnames: ['a'] }] },
  { hostAliases: [{ ip: '11.1.1.2', hostnames: ['a'] }] },
)
inPod(
  'HostAlias.hostnames',
  { hostAliases: [{ ip: '10.1.1.1', hostnames: ['a'] }] },
  { hostAliases: [{ ip: '10.1.1.1', hostnames: ['b'] }] },
)
const dns = (dnsConfig: object) => ({
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['1.1.1.1'], ...dnsConfig },
})
inPod('PodDNSConfig.nameservers', dns({}), dns({ nameservers: ['9.9.9.9'] }))
inPod('PodDNSConfig.searches', dns({}), dns({ searches: ['a.example'] }))
for (const name of ['PodDNSConfig.options', 'PodDNSConfigOption.name'])
  inPod(name, dns({}), dns({ options: [{ name: 'edns0' }] }))
inPod(
  'PodDNSConfigOption.value',
  dns({ options: [{ name: 'ndots', value: '5' }] }),
  dns({ options: [{ name: 'ndots', value: '2' }] }),
)
inPod('Sysctl.name', {}, { securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] } })
inPod(
  'Sysctl.value',
  { securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '0' }] } },
  { securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] } },
)
const secured = (securityContext: object) => ({ securityContext })
inContainer(
  'AppArmorProfile.type',
  secured({ appArmorProfile: { type: 'Unconfined' } }),
  secured({ appArmorProfile: { type: 'RuntimeDefault' } }),
)
inContainer('Capabilities.add', {}, secured({ capabilities: { add: ['NET_ADMIN'] } }))
inContainer('Capabilities.drop', {}, secured({ capabilities: { drop: ['CHOWN'] } }))
inContainer('SeccompProfile.type', {}, secured({ seccompProfile: { type: 'RuntimeDefault' } }))
inContainer(
  'SeccompProfile.localhostProfile',
  secured({ seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
  secured({ seccompProfile: { type: 'Localhost', localhostProfile: 'b.json' } }),
)

const live = (probe: object) => ({ livenessProbe: { periodSeconds: 5, failureThreshold: 1, ...probe } })
const web = { image: 'nginx:1.26', command: undefined }
const get = (httpGet: object) => ({ ...web, ...live({ httpGet: { port: 80, ...httpGet } }) })
inContainer('Probe.exec', {}, live({ exec: { command: ['false'] } }))
inContainer(
  'ExecAction.command',
  live({ exec: { command: ['true'] } }),
  live({ exec: { command: ['false'] } }),
)
inContainer('HTTPGetAction.path', get({}), get({ path: '/none' }))
inContainer('HTTPGetAction.port', get({}), get({ port: 81 }))
inContainer('HTTPGetAction.scheme', get({}), get({ scheme: 'HTTPS' }))
inContainer('HTTPGetAction.host', get({}), get({ host: '20.2.9.9' }))
inContainer(
  'TCPSocketAction.port',
  { ...web, ...live({ tcpSocket: { port: 80 } }) },
  { ...web, ...live({ tcpSocket: { port: 81 } }) },
)
inContainer(
  'TCPSocketAction.host',
  { ...web, ...live({ tcpSocket: { port: 80 } }) },
  { ...web, ...live({ tcpSocket: { port: 80, host: '20.2.9.9' } }) },
)
const header = (name: string, value: string) => get({ httpHeaders: [{ name, value }] })
for (const [name, more] of [
  ['HTTPGetAction.httpHeaders', header('User-Agent', 'me')],
  ['HTTPHeader.value', header('User-Agent', 'you')],
] as const)
  inContainer(name, header('User-Agent', 'nobody'), more)
inContainer('HTTPHeader.name', header('User-Agent', 'me'), header('Accept', 'me'))
const hooked = (lifecycle: object) => ({ lifecycle })
for (const name of ['Lifecycle.postStart', 'LifecycleHandler.exec'])
  inContainer(name, {}, hooked({ postStart: { exec: { command: ['sh', '-c', 'exit 7'] } } }))
inContainer('LifecycleHandler.httpGet', {}, hooked({ postStart: { httpGet: { port: 9 } } }))
inContainer(
  'LifecycleHandler.sleep',
  hooked({ postStart: { exec: { command: ['sh', '-c', 'exit 7'] } } }),
  hooked({ postStart: { sleep: { seconds: 1 } } }),
)
inContainer(
  'Probe.successThreshold',
  { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5 } },
  { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 5, successThreshold: 50 } },
)

const probed = live({ httpGet: { port: 'web' } })
const port = (more: object) => ({ ...web, ...probed, ports: [{ name: 'web', containerPort: 80, ...more }] })
inContainer('Container.ports', { ...web, ...probed }, port({}))
inContainer('ContainerPort.name', port({}), port({ name: 'other' }))
inContainer('ContainerPort.containerPort', port({}), port({ containerPort: 81 }))
/** The second pod of a node that wants a port of it waits; `hostPort` 8080 of k8s-node1 is taken. */
const onNode = { nodeSelector: { place: 'here' } }
const hostPort = (more: object) => ({ ports: [{ containerPort: 80, ...more }] })
inContainer('ContainerPort.hostPort', hostPort({}), hostPort({ hostPort: 8080 }), onNode)
inContainer(
  'ContainerPort.protocol',
  hostPort({ hostPort: 8080, protocol: 'UDP' }),
  hostPort({ hostPort: 8080, protocol: 'TCP' }),
  onNode,
)
