// Kinds that a lesson shows, at most, in `kubectl get`: their rows (pkg/printers/internalversion/printers.go); their
// rules stand in further/.
import { networkRules } from './further/cluster-networks.ts'
import { csiRules } from './further/csi.ts'
import { deviceRules } from './further/devices.ts'
import { flowSchemaRules, priorityLevelRules } from './further/flowcontrol.ts'
import type { AnyKind, Cell } from './kind.ts'
import { findCondition } from './machinery/conditions.ts'
import { age } from './machinery/duration.ts'
import { defineKind, type KindBehaviour } from './machinery/plain-kind.ts'
import type { KubeObject, ObjectOf } from './object.ts'
import type { CSIStorageCapacity, FlowSchema, PriorityLevelConfiguration } from './schema/types.ts'

const list = <T>(value: readonly T[] | null | undefined): readonly T[] => (Array.isArray(value) ? value : [])
const text = (value: unknown, none = ''): string =>
  value === undefined || value === null || value === '' ? none : String(value)

interface Plain<T extends KubeObject> extends KindBehaviour<T> {
  /** Has no age at the end of its row. */
  readonly ageless?: boolean
}

/** A kind by the rules that it has, and what stands in its row between the name and the age. */
function plain<Name extends string>(
  resource: Name,
  { ageless, ...behaviour }: Plain<ObjectOf<Name>>,
  middle: (object: ObjectOf<Name>) => Cell[],
): AnyKind {
  return defineKind<ObjectOf<Name>>(resource, {
    ...behaviour,
    row: (object, { now }) => [
      object.metadata.name,
      ...middle(object),
      ...(ageless ? [] : [age(object.metadata.creationTimestamp, now)]),
    ],
  })
}

const rules = { ...networkRules, ...csiRules, ...deviceRules }

const apiService = plain(
  'apiservices.apiregistration.k8s.io/v1',
  rules['apiservices.apiregistration.k8s.io/v1'],
  ({ spec, status }) => {
    const available = findCondition(status, 'Available')
    return [
      spec.service ? `${spec.service.namespace}/${spec.service.name}` : 'Local',
      available?.status === 'True' || !available
        ? text(available?.status, 'Unknown')
        : `${available.status} (${available.reason})`,
    ]
  },
)

const csiDriver = plain(
  'csidrivers.storage.k8s.io/v1',
  { ...rules['csidrivers.storage.k8s.io/v1'], counted: true },
  ({ spec }) => [
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    spec.tokenRequests ? spec.tokenRequests.map(({ audience }) => audience).join(',') : '<unset>',
    spec.requiresRepublish ?? false,
    list(spec.volumeLifecycleModes).join(',') || '<none>',
  ],
)

const csiNode = plain('csinodes.storage.k8s.io/v1', rules['csinodes.storage.k8s.io/v1'], ({ spec }) => [
  list(spec.drivers).length,
])

const volumeAttachment = plain(
  'volumeattachments.storage.k8s.io/v1',
  rules['volumeattachments.storage.k8s.io/v1'],
  ({ spec, status }) => [
    spec.attacher,
    text(spec.source.persistentVolumeName),
    spec.nodeName,
    status?.attached ?? false,
  ],
)

const volumeAttributesClass = plain(
  'volumeattributesclasses.storage.k8s.io/v1',
  rules['volumeattributesclasses.storage.k8s.io/v1'],
  ({ driverName }) => [driverName],
)

const ipAddress = plain(
  'ipaddresses.networking.k8s.io/v1',
  { ...rules['ipaddresses.networking.k8s.io/v1'], ageless: true },
  ({ spec }) => {
    const { group, resource, namespace, name } = spec.parentRef ?? {}
    return [
      [group ? `${resource}.${group}` : resource, namespace, name].filter(Boolean).join('/') || '<none>',
    ]
  },
)

const serviceCidr = plain(
  'servicecidrs.networking.k8s.io/v1',
  rules['servicecidrs.networking.k8s.io/v1'],
  ({ spec }) => [list(spec.cidrs).join(',')],
)

const deviceClass = plain(
  'deviceclasses.resource.k8s.io/v1',
  rules['deviceclasses.resource.k8s.io/v1'],
  () => [],
)

const claimTemplate = plain(
  'resourceclaimtemplates.resource.k8s.io/v1',
  rules['resourceclaimtemplates.resource.k8s.io/v1'],
  () => [],
)

const resourceClaim = plain(
  'resourceclaims.resource.k8s.io/v1',
  rules['resourceclaims.resource.k8s.io/v1'],
  ({ metadata, status }) => [
    [
      ...(metadata.deletionTimestamp ? ['deleted'] : []),
      ...(status?.allocation ? ['allocated'] : []),
      ...(status?.reservedFor?.length ? ['reserved'] : []),
    ].join(',') || 'pending',
  ],
)

const resourceSlice = plain(
  'resourceslices.resource.k8s.io/v1',
  rules['resourceslices.resource.k8s.io/v1'],
  ({ spec }) => [
    text(spec.nodeName ?? (spec.allNodes ? '<all>' : undefined), '<unset>'),
    text(spec.driver),
    text(spec.pool.name),
  ],
)

const flowSchema = defineKind<FlowSchema>('flowschemas.flowcontrol.apiserver.k8s.io/v1', {
  ...flowSchemaRules,
  counted: true,
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    text(spec.priorityLevelConfiguration.name),
    spec.matchingPrecedence,
    text(spec.distinguisherMethod?.type, '<none>'),
    age(metadata.creationTimestamp, now),
    text(status?.conditions?.find(({ type }) => type === 'Dangling')?.status, '?'),
  ],
})

const priorityLevel = defineKind<PriorityLevelConfiguration>(
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io/v1',
  {
    ...priorityLevelRules,
    counted: true,
    row({ metadata, spec }, { now }) {
      const { limited, type } = spec
      const queuing = limited?.limitResponse.queuing
      return [
        metadata.name,
        text(type),
        text(limited?.nominalConcurrencyShares, '<none>'),
        ...(['queues', 'handSize', 'queueLengthLimit'] as const).map(name => text(queuing?.[name], '<none>')),
        age(metadata.creationTimestamp, now),
      ]
    },
  },
)

/** No columns of its own. */
const storageCapacity = defineKind<CSIStorageCapacity>(
  'csistoragecapacities.storage.k8s.io/v1',
  rules['csistoragecapacities.storage.k8s.io/v1'],
)

export const plainRows: readonly AnyKind[] = [
  apiService,
  csiDriver,
  csiNode,
  volumeAttachment,
  volumeAttributesClass,
  ipAddress,
  serviceCidr,
  deviceClass,
  claimTemplate,
  resourceClaim,
  resourceSlice,
  flowSchema,
  priorityLevel,
  storageCapacity,
]
