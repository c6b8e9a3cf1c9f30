// Where in which kinds a transformer writes (kustomize api/internal/konfig/builtinpluginconsts). One line a field:
//
//   path!  Kind.group,Kind
//
// `!` makes what is missing on the way; without kinds the field is one of all; lists on the way are gone through.
// POD stands for the template of each workload, CRON for the two of a CronJob.
import type { Dict } from '../print/values.ts'
import { isObject } from '../print/values.ts'
import type { Res } from './resource.ts'

export interface FieldSpec {
  readonly path: readonly string[]
  readonly create: boolean
  /** Empty: any. */
  readonly group: string
  readonly version: string
  readonly kind: string
}

const workloads = 'ReplicationController,Deployment,ReplicaSet,DaemonSet,StatefulSet.apps,Job.batch'

export function fieldSpecs(text: string): FieldSpec[] {
  return text
    .trim()
    .split('\n')
    .flatMap(line => {
      const [path = '', kinds = ''] = line.trim().split(/\s+/)
      if (path.startsWith('POD/'))
        return fieldSpecs(
          `spec/template/${path.slice(4)} ${workloads}\nspec/jobTemplate/spec/template/${path.slice(4)} CronJob.batch`,
        )
      return kinds.split(',').map(word => {
        const dot = word.indexOf('.')
        return {
          path: path.replace('!', '').split('/'),
          create: path.endsWith('!'),
          kind: dot < 0 ? word : word.slice(0, dot),
          group: dot < 0 ? '' : word.slice(dot + 1),
          version: '',
        }
      })
    })
}

/** As a kustomization states it: `path` is `a/b/c`. */
export type GivenField = Partial<Omit<FieldSpec, 'path'>> & { readonly path?: string }

/** One that a kustomization states itself. */
export const fieldSpec = ({
  path = '',
  create = false,
  group = '',
  version = '',
  kind = '',
}: GivenField): FieldSpec => ({
  path: path.split('/'),
  create,
  group,
  version,
  kind,
})

const matches = (spec: FieldSpec, { object }: Res): boolean => {
  if (spec.kind && spec.kind !== object.kind) return false
  const [first = '', second] = String(object.apiVersion ?? '').split('/')
  const [group, version] = second === undefined ? ['', first] : [first, second]
  return (!spec.group || spec.group === group) && (!spec.version || spec.version === version)
}

/** Calls `write` with each object that has the field (or is to get it) and the field's name. */
export function eachField(
  res: Res,
  specs: readonly FieldSpec[],
  write: (parent: Dict, key: string) => void,
): void {
  for (const spec of specs) if (matches(spec, res)) walk(res.object, spec.path, 0, spec.create, write)
}

function walk(
  value: unknown,
  path: readonly string[],
  at: number,
  create: boolean,
  write: (parent: Dict, key: string) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, path, at, create, write)
    return
  }
  if (!isObject(value)) return
  const isList = path[at]!.endsWith('[]')
  const key = path[at]!.replace('[]', '')
  const last = at === path.length - 1
  if (value[key] === undefined || value[key] === null) {
    if (!create || isList) return
    if (!last) value[key] = {}
  }
  if (last) write(value, key)
  else walk(value[key], path, at + 1, create, write)
}

const templateFields = (field: string): string => `
  spec/template/metadata/${field}! ${workloads}
  spec/jobTemplate/metadata/${field}! CronJob.batch
  spec/jobTemplate/spec/template/metadata/${field}! CronJob.batch`

export const templateLabels = fieldSpecs(
  `${templateFields('labels')}
  spec/volumeClaimTemplates[]/metadata/labels! StatefulSet.apps`,
)
export const metadataLabels = fieldSpecs('metadata/labels!')
const affinities = ['podAffinity', 'podAntiAffinity'].flatMap(side =>
  ['preferred', 'required'].map(
    when =>
      `spec/template/spec/affinity/${side}/${when}DuringSchedulingIgnoredDuringExecution/${when === 'preferred' ? 'podAffinityTerm/' : ''}labelSelector/matchLabels Deployment.apps,StatefulSet.apps`,
  ),
)
export const commonLabels = [
  ...metadataLabels,
  ...templateLabels,
  ...fieldSpecs(`
  spec/selector! Service,ReplicationController
  spec/selector/matchLabels! Deployment,ReplicaSet,DaemonSet,StatefulSet.apps
  spec/selector/matchLabels Job.batch,PodDisruptionBudget.policy
  spec/jobTemplate/spec/selector/matchLabels CronJob.batch
  spec/podSelector/matchLabels NetworkPolicy.networking.k8s.io
  spec/ingress/from/podSelector/matchLabels NetworkPolicy.networking.k8s.io
  spec/egress/to/podSelector/matchLabels NetworkPolicy.networking.k8s.io
  spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels Deployment.apps,StatefulSet.apps
  ${affinities.join('\n')}`),
]
export const commonAnnotations = fieldSpecs(`metadata/annotations!${templateFields('annotations')}`)
export const replicaFields = fieldSpecs(
  'spec/replicas! Deployment,StatefulSet,ReplicaSet,ReplicationController',
)

/** Fields that name another object: the kind named, and where (builtinpluginconsts/namereference.go). */
const inPods = (fields: string): string =>
  fields
    .split(' ')
    .map(field => `spec/${field} Pod\nPOD/spec/${field}`)
    .join('\n')
const sources = (ref: string, keyRef: string): string =>
  ['containers', 'initContainers', 'ephemeralContainers']
    .map(list => `${list}/env/valueFrom/${keyRef}/name ${list}/envFrom/${ref}/name`)
    .join(' ')
const hpa = 'spec/scaleTargetRef/name HorizontalPodAutoscaler'
const ingress = 'Ingress.networking.k8s.io,Ingress.extensions'
const hooks =
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io,MutatingWebhookConfiguration.admissionregistration.k8s.io'

export const nameReferences: readonly (readonly [kinds: string, specs: FieldSpec[]])[] = (
  [
    ['Deployment,ReplicaSet,ReplicationController,StatefulSet', hpa],
    [
      'ConfigMap',
      `${inPods(`volumes/configMap/name volumes/projected/sources/configMap/name ${sources('configMapRef', 'configMapKeyRef')}`)}
       rules/resourceNames Role,ClusterRole`,
    ],
    [
      'Secret',
      `${inPods(`volumes/secret/secretName volumes/projected/sources/secret/name imagePullSecrets/name ${sources('secretRef', 'secretKeyRef')}`)}
       spec/tls/secretName ${ingress}
       metadata/annotations/nginx.ingress.kubernetes.io~auth-secret ${ingress}
       metadata/annotations/nginx.ingress.kubernetes.io~auth-tls-secret ${ingress}
       imagePullSecrets/name ServiceAccount
       secrets/name ServiceAccount
       rules/resourceNames Role,ClusterRole`,
    ],
    [
      'Service',
      `spec/serviceName StatefulSet.apps
       spec/rules/http/paths/backend/service/name ${ingress}
       spec/defaultBackend/service/name ${ingress}
       spec/rules/http/paths/backend/serviceName ${ingress}
       spec/service/name APIService.apiregistration.k8s.io
       webhooks/clientConfig/service ${hooks}`,
    ],
    ['Role', 'roleRef/name RoleBinding.rbac.authorization.k8s.io'],
    [
      'ClusterRole',
      'roleRef/name RoleBinding.rbac.authorization.k8s.io,ClusterRoleBinding.rbac.authorization.k8s.io',
    ],
    [
      'ServiceAccount',
      `subjects RoleBinding.rbac.authorization.k8s.io,ClusterRoleBinding.rbac.authorization.k8s.io
       ${inPods('serviceAccountName')}`,
    ],
    ['PersistentVolumeClaim', inPods('volumes/persistentVolumeClaim/claimName')],
    ['PersistentVolume', 'spec/volumeName PersistentVolumeClaim\nrules/resourceNames ClusterRole'],
    [
      'StorageClass',
      `spec/storageClassName PersistentVolume,PersistentVolumeClaim
       spec/volumeClaimTemplates/spec/storageClassName StatefulSet.apps`,
    ],
    ['PriorityClass', inPods('priorityClassName')],
    ['IngressClass', `spec/ingressClassName ${ingress}`],
    ['ValidatingAdmissionPolicy', 'spec/policyName ValidatingAdmissionPolicyBinding'],
  ] as const
).map(([kinds, text]) => [
  kinds,
  fieldSpecs(text).map(spec => ({ ...spec, path: spec.path.map(key => key.replace('~', '/')) })),
])
