// The fields of what makes and reaches pods, seen from outside: two namespaces that are alike but for the field, and what is
// there after a while (pods, claims, revisions, endpoints, statuses, events, answers of the network), never the manifest.
import type { AnyObject } from '../../src/kinds/object.ts'
import { World } from '../../src/lesson/world.ts'

interface Sample {
  readonly field: string
  /** Objects that both namespaces have. */
  readonly shared: readonly object[]
  readonly without: object
  readonly having: object
  /** Run in both once the objects are there; what it prints counts. `NS`: the namespace. */
  readonly script: string
}

export const workloadSamples: Sample[] = []
let shared: readonly object[] = []
let script = ''
let make: (spec: object) => object = spec => spec

/** `fields`: those that the second spec has or that differ in it. */
const sample = (fields: string, without: object, having: object) => {
  for (const field of fields.split(' '))
    workloadSamples.push({ field, shared, without: make(without), having: make(having), script })
}
const family = (given: { make: typeof make; shared?: readonly object[]; script?: string }) => {
  make = given.make
  shared = given.shared ?? []
  script = given.script ?? ''
}

const labels = { app: 'a' }
const container = (more: object = {}) => ({
  name: 'c',
  image: 'busybox',
  command: ['sleep', '3600'],
  ...more,
})
const template = (spec: object = {}, more: object = {}) => ({
  metadata: { labels, ...more },
  spec: { terminationGracePeriodSeconds: 0, containers: [container()], ...spec },
})
const selector = { matchLabels: labels }
const unready = { containers: [container({ readinessProbe: { exec: { command: ['false'] } } })] }
const image = (name: string) => template({ containers: [container({ image: name })] })

// Jobs.
const ends = (code: number) => ({
  restartPolicy: 'Never',
  containers: [container({ command: ['sh', '-c', `exit ${code}`] })],
})
family({
  make: spec => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'a' },
    spec: { template: template(ends(0)), ...spec },
  }),
})
const indexed = { completionMode: 'Indexed', completions: 3, parallelism: 3 }
/** An indexed job of which index 0 alone ends well. */
const first = {
  restartPolicy: 'Never',
  containers: [container({ command: ['sh', '-c', '[ $JOB_COMPLETION_INDEX = 0 ] || sleep 600'] })],
}
sample('JobSpec.completions', {}, { completions: 2 })
const running = template({ restartPolicy: 'Never' })
sample(
  'JobSpec.parallelism',
  { completions: 2, template: running },
  { completions: 2, parallelism: 2, template: running },
)
sample(
  'JobSpec.template PodTemplateSpec.spec',
  { backoffLimit: 0 },
  { backoffLimit: 0, template: template(ends(1)) },
)
sample('PodTemplateSpec.metadata', {}, { template: template(ends(0), { labels: { more: 'x' } }) })
sample(
  'JobSpec.activeDeadlineSeconds',
  { template: template({ ...ends(0), containers: [container()] }) },
  { activeDeadlineSeconds: 3, template: template({ ...ends(0), containers: [container()] }) },
)
sample(
  'JobSpec.backoffLimit',
  { template: template(ends(1)) },
  { backoffLimit: 0, template: template(ends(1)) },
)
sample('JobSpec.suspend', {}, { suspend: true })
sample('JobSpec.managedBy', {}, { managedBy: 'example.com/other' })
sample('JobSpec.ttlSecondsAfterFinished', {}, { ttlSecondsAfterFinished: 1 })
sample('JobSpec.completionMode', { completions: 3, parallelism: 3 }, indexed)
sample(
  'JobSpec.backoffLimitPerIndex',
  { ...indexed, template: template(ends(1)), backoffLimit: 0 },
  { ...indexed, template: template(ends(1)), backoffLimit: 9, backoffLimitPerIndex: 0 },
)
sample(
  'JobSpec.maxFailedIndexes',
  { ...indexed, parallelism: 1, template: template(ends(1)), backoffLimitPerIndex: 0 },
  { ...indexed, parallelism: 1, template: template(ends(1)), backoffLimitPerIndex: 0, maxFailedIndexes: 0 },
)
sample(
  'JobSpec.successPolicy SuccessPolicy.rules SuccessPolicyRule.succeededIndexes',
  { ...indexed, template: template(first) },
  { ...indexed, template: template(first), successPolicy: { rules: [{ succeededIndexes: '0' }] } },
)
sample(
  'SuccessPolicyRule.succeededCount',
  { ...indexed, template: template(first), successPolicy: { rules: [{ succeededCount: 2 }] } },
  { ...indexed, template: template(first), successPolicy: { rules: [{ succeededCount: 1 }] } },
)
const onExit = (more: object, action = 'FailJob') => ({
  template: template(ends(42)),
  podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values: [42], ...more } }] },
})
sample(
  'JobSpec.podFailurePolicy PodFailurePolicy.rules PodFailurePolicyRule.onExitCodes',
  { template: template(ends(42)) },
  onExit({}),
)
sample('PodFailurePolicyRule.action', onExit({}), onExit({}, 'Count'))
sample('PodFailurePolicyOnExitCodesRequirement.operator', onExit({}), onExit({ operator: 'NotIn' }))
sample('PodFailurePolicyOnExitCodesRequirement.values', onExit({}), onExit({ values: [41] }))
sample(
  'PodFailurePolicyOnExitCodesRequirement.containerName',
  {
    template: template({ ...ends(42), initContainers: [container({ name: 'i', command: ['true'] })] }),
    ...{ podFailurePolicy: onExit({}).podFailurePolicy },
  },
  {
    template: template({ ...ends(42), initContainers: [container({ name: 'i', command: ['true'] })] }),
    podFailurePolicy: onExit({ containerName: 'i' }).podFailurePolicy,
  },
)

// Deployments: what is there, after an update where there is a script.
family({
  make: spec => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { selector, template: template(), ...spec },
  }),
})
sample('DeploymentSpec.replicas', {}, { replicas: 2 })
sample(
  'DeploymentSpec.template',
  {},
  { template: template({ containers: [container({ image: 'alpine:3.19' })] }) },
)
sample(
  'DeploymentSpec.selector',
  {},
  {
    selector: { matchLabels: { app: 'b' } },
    template: { ...template(), metadata: { labels: { app: 'b' } } },
  },
)
sample(
  'DeploymentSpec.progressDeadlineSeconds',
  { template: template(unready) },
  { template: template(unready), progressDeadlineSeconds: 5 },
)
sample('DeploymentSpec.minReadySeconds', {}, { minReadySeconds: 500 })
sample('DeploymentSpec.paused', {}, { paused: true })
family({
  make,
  script:
    'kubectl -n NS set image deploy/a c=alpine:3.19; sleep 30; kubectl -n NS set image deploy/a c=nosuch; sleep 30; kubectl -n NS get rs --no-headers | wc -l',
})
sample('DeploymentSpec.revisionHistoryLimit', {}, { revisionHistoryLimit: 0 })
const rolling = (rollingUpdate: object) => ({
  replicas: 4,
  strategy: { type: 'RollingUpdate', rollingUpdate },
})
sample('DeploymentSpec.strategy DeploymentStrategy.type', {}, { strategy: { type: 'Recreate' } })
sample(
  'DeploymentStrategy.rollingUpdate RollingUpdateDeployment.maxUnavailable',
  { replicas: 4 },
  rolling({ maxUnavailable: 3 }),
)
sample('RollingUpdateDeployment.maxSurge', { replicas: 4 }, rolling({ maxSurge: 3 }))

// StatefulSets.
const claim = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
}
family({
  make: spec => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'a' },
    spec: { selector, template: template(), serviceName: 'a', ...spec },
  }),
})
sample('StatefulSetSpec.replicas', {}, { replicas: 2 })
sample('StatefulSetSpec.template', {}, { template: image('alpine:3.19') })
sample(
  'StatefulSetSpec.podManagementPolicy',
  { replicas: 3, template: template(unready) },
  { replicas: 3, template: template(unready), podManagementPolicy: 'Parallel' },
)
sample('StatefulSetSpec.minReadySeconds', { replicas: 2 }, { replicas: 2, minReadySeconds: 600 })
sample('StatefulSetSpec.ordinals StatefulSetOrdinals.start', {}, { ordinals: { start: 5 } })
sample(
  'StatefulSetSpec.volumeClaimTemplates PersistentVolumeClaim.metadata PersistentVolumeClaim.spec',
  {},
  { volumeClaimTemplates: [claim] },
)
family({ make, script: 'kubectl -n NS set image sts/a c=alpine:3.19; sleep 30' })
sample(
  'StatefulSetSpec.updateStrategy StatefulSetUpdateStrategy.type',
  {},
  { updateStrategy: { type: 'OnDelete' } },
)
sample(
  'StatefulSetUpdateStrategy.rollingUpdate RollingUpdateStatefulSetStrategy.partition',
  { replicas: 2 },
  { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
)
family({
  make,
  script:
    'kubectl -n NS scale sts/a --replicas=0; sleep 10; kubectl -n NS get pvc --no-headers | wc -l; kubectl -n NS delete sts a; sleep 10; kubectl -n NS get pvc --no-headers | wc -l',
})
const kept = (policy: object) => ({
  volumeClaimTemplates: [claim],
  persistentVolumeClaimRetentionPolicy: policy,
})
sample(
  'StatefulSetSpec.persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted',
  { volumeClaimTemplates: [claim] },
  kept({ whenDeleted: 'Delete' }),
)
sample(
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled',
  { volumeClaimTemplates: [claim] },
  kept({ whenScaled: 'Delete' }),
)

// DaemonSets.
family({
  make: spec => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'a' },
    spec: { selector, template: template(), ...spec },
  }),
})
sample('DaemonSetSpec.template', {}, { template: image('alpine:3.19') })
sample('DaemonSetSpec.minReadySeconds', {}, { minReadySeconds: 600 })
family({ make, script: 'kubectl -n NS set image ds/a c=nosuch; sleep 30' })
sample(
  'DaemonSetSpec.updateStrategy DaemonSetUpdateStrategy.type',
  {},
  { updateStrategy: { type: 'OnDelete' } },
)
const daemons = (rollingUpdate: object) => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } })
sample(
  'DaemonSetUpdateStrategy.rollingUpdate RollingUpdateDaemonSet.maxUnavailable',
  {},
  daemons({ maxUnavailable: 2 }),
)
sample('RollingUpdateDaemonSet.maxSurge', {}, daemons({ maxUnavailable: 0, maxSurge: 1 }))

// Services, as a pod of the namespace reaches them.
const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    hostname: 'h',
    subdomain: 'a',
    containers: [{ name: 'c', image: 'nginx:1.26', ports: [{ name: 'http', containerPort: 80 }] }],
  },
}
const sleeping = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'late', labels: { app: 'late' } },
  spec: unready,
}
const client = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client', labels: { app: 'client' } },
  spec: { containers: [{ name: 'c', image: 'busybox', command: ['sleep', '3600'] }] },
}
const ask = (url: string) =>
  `kubectl -n NS exec client -- wget -qO- -T 1 ${url} 2>&1 | grep -oE 'title|refused|timed out|bad address|404' | head -1`
const asking = [
  `${ask('http://a')}; ${ask('http://a:81')}; ${ask('http://web')}`,
  'kubectl -n NS exec client -- nslookup a 2>&1 | grep -c Address',
].join('; ')
family({
  make: spec => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  }),
  shared: [web, sleeping, client],
  script: asking,
})
sample('ServiceSpec.ports ServicePort.port', {}, { ports: [{ port: 81, targetPort: 80 }] })
sample('ServicePort.targetPort', {}, { ports: [{ port: 80, targetPort: 81 }] })
sample('ServicePort.name', {}, { ports: [{ name: 'web', port: 80 }] })
sample('ServicePort.protocol', {}, { ports: [{ protocol: 'UDP', port: 80 }] })
sample('ServicePort.appProtocol', {}, { ports: [{ port: 80, appProtocol: 'http' }] })
sample('ServiceSpec.selector', {}, { selector: { app: 'nobody' } })
sample('ServiceSpec.clusterIP', {}, { clusterIP: 'None' })
sample(
  'ServiceSpec.type ServiceSpec.externalName',
  {},
  { type: 'ExternalName', externalName: 'web.example.com' },
)
sample(
  'ServiceSpec.publishNotReadyAddresses',
  { selector: { app: 'late' } },
  { selector: { app: 'late' }, publishNotReadyAddresses: true },
)

// Network policies: what still gets through.
const policyAsks = `IP=$(kubectl -n NS get pod web -o jsonpath={.status.podIP}); ${ask('http://$IP')}`
family({
  make: spec => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
    spec: { podSelector: {}, ...spec },
  }),
  shared: [web, client],
  script: policyAsks,
})
const ingress = (rule: object) => ({ podSelector: { matchLabels: { app: 'web' } }, ingress: [rule] })
const none = { podSelector: { matchLabels: { app: 'nobody' } } }
sample('NetworkPolicySpec.podSelector', ingress({ from: [none] }), {
  ...ingress({ from: [none] }),
  podSelector: none.podSelector,
})
sample(
  'NetworkPolicySpec.ingress NetworkPolicyIngressRule.from NetworkPolicyPeer.podSelector',
  ingress({}),
  ingress({ from: [none] }),
)
sample(
  'NetworkPolicyIngressRule.ports NetworkPolicyPort.port',
  ingress({}),
  ingress({ ports: [{ port: 81 }] }),
)
sample(
  'NetworkPolicyPort.endPort',
  ingress({ ports: [{ port: 70 }] }),
  ingress({ ports: [{ port: 70, endPort: 90 }] }),
)
sample(
  'NetworkPolicyPort.protocol',
  ingress({ ports: [{ port: 80 }] }),
  ingress({ ports: [{ port: 80, protocol: 'UDP' }] }),
)
sample(
  'NetworkPolicyPeer.namespaceSelector',
  ingress({ from: [{ podSelector: {} }] }),
  ingress({ from: [{ podSelector: {}, namespaceSelector: { matchLabels: { no: 'one' } } }] }),
)
sample(
  'NetworkPolicyPeer.ipBlock IPBlock.cidr',
  ingress({}),
  ingress({ from: [{ ipBlock: { cidr: '9.9.9.0/24' } }] }),
)
sample(
  'IPBlock.except',
  ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
  ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['20.2.0.0/16'] } }] }),
)
sample(
  'NetworkPolicySpec.policyTypes',
  { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Ingress'] },
  { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] },
)
const egress = (rule: object) => ({
  podSelector: { matchLabels: { app: 'client' } },
  egress: [rule],
  policyTypes: ['Egress'],
})
sample('NetworkPolicySpec.egress NetworkPolicyEgressRule.to', egress({}), egress({ to: [none] }))
sample('NetworkPolicyEgressRule.ports', egress({}), egress({ ports: [{ port: 81 }] }))

/** What differs from namespace to namespace in any case. */
const mask = (text: string) =>
  text
    .replace(/\bns-\d+\b/g, 'NS')
    .replace(/kube-api-access-\w+/g, 'TOKEN')
    // A pull that failed is now tried again, now waited for.
    .replace(/"waiting":\{.*?\}/g, '"waiting"')
    .replace(/\b(20\.[12]|10\.0)\.\d+\.\d+\b/g, 'IP')
    .replace(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?\b/g, '-HASH')
    .replace(/\ba(-\d)?-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, 'a$1-ID')
    .replace(/\bk8s-(node\d|master)\b/g, 'NODE')
    .replace(/\b3[0-2]\d{3}\b/g, 'NODEPORT')
    .replace(/\b\d+(\.\d+)?m?s\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')

/** The fields without which all is the same, and those that differ without a difference, which would prove nothing. */
export function playWorkloads(samples: readonly Sample[]): { silent: string[]; restless: string[] } {
  const world = new World({ seed: 1, workers: 3 })
  const names = new Map<string, string>()
  const script = new Map<string, string>()
  const objects: object[] = []
  const nameOf = (sample: Sample, object: object, twin = false) => {
    const text = JSON.stringify([sample.shared, object, sample.script, twin])
    const known = names.get(text)
    if (known) return known
    const namespace = `ns-${names.size}`
    names.set(text, namespace)
    script.set(namespace, sample.script)
    objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    for (const each of [...sample.shared, object])
      objects.push({
        ...each,
        metadata: { ...('metadata' in each ? (each.metadata as object) : {}), namespace },
      })
    return namespace
  }
  for (const each of samples) for (const object of [each.without, each.having]) nameOf(each, object)
  for (const each of samples) nameOf(each, each.having, true)
  world.write('all.yaml', objects.map(each => JSON.stringify(each)).join('\n---\n'))
  const { stderr } = world.run('kubectl apply -f all.yaml', { limitMs: 600_000 })
  if (stderr) throw new Error(stderr)
  world.advance(60_000)
  const kinds = 'pods,pvc,rs,deploy,sts,ds,job,svc,endpoints,endpointslices,events'
  const listed = (where: string): AnyObject[] =>
    JSON.parse(world.run(`kubectl get ${kinds} ${where} -o json`).stdout).items
  // All at one moment, but for those in which something is done first.
  const all = Map.groupBy(listed('-A'), each => each.metadata.namespace!)
  const look = (namespace: string) => {
    const line = (script.get(namespace) ?? '').replaceAll('NS', namespace)
    const said = line ? world.run(line, { limitMs: 120_000 }) : { stdout: '', stderr: '' }
    const items = line ? listed(`-n ${namespace}`) : (all.get(namespace) ?? [])
    const seen = items.map(each => {
      // How often something was said depends on the moment, and whether an image is there on who was first.
      if (each.kind === 'Event')
        return each.involvedObject.kind === 'Pod' || each.reason === 'SuccessfulDelete'
          ? ''
          : [each.involvedObject.kind, each.reason]
      const status = { ...each.status, observedGeneration: undefined }
      const { subsets, endpoints, ports } = each
      const ofPod = each.kind === 'Pod' ? [each.metadata.labels, each.spec.containers[0].image] : []
      return [each.kind, each.metadata.name, status, subsets, endpoints, ports, ...ofPod]
    })
    const lines = new Set(seen.map(each => mask(JSON.stringify(each))))
    return [mask(said.stdout + said.stderr), ...[...lines].sort()].join('\n')
  }
  const looks = new Map([...names.values()].map(namespace => [namespace, look(namespace)]))
  const silent = samples.filter(
    each => looks.get(nameOf(each, each.without)) === looks.get(nameOf(each, each.having)),
  )
  const restless = samples.filter(
    each => looks.get(nameOf(each, each.having)) !== looks.get(nameOf(each, each.having, true)),
  )
  const fieldsOf = (list: readonly Sample[]) => list.map(({ field }) => field)
  return { silent: fieldsOf(silent), restless: fieldsOf(restless) }
}
