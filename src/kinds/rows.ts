// Kinds that a lesson shows, at most, in `kubectl get`: their rows (pkg/printers/internalversion/printers.go); their
// rules stand in further/.
import { networkRules } from './further/cluster-networks.ts'
import { csiRules } from './further/csi.ts'
import { deviceRules } from './further/devices.ts'
import { flowSchemaRules, priorityLevelRules } from './further/flowcontrol.ts'
import type { AnyKind, Cell } from './kind.ts'
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { AnyObject } from './object.ts'
import type { Condition, StorageV1TokenRequest } from './schema/types.ts'

/** Cells between the name and the age, which ends the row. */
type Middle = (object: AnyObject) => Cell[]

const list = <T>(value: readonly T[] | null | undefined): readonly T[] => (Array.isArray(value) ? value : [])
const text = (value: unknown, none = ''): string =>
  value === undefined || value === null || value === '' ? none : String(value)
/** `+`: metadata.generation counts changes. */
const middles: Readonly<Record<string, Middle>> = {
  'apiservices.apiregistration.k8s.io/v1': ({ spec, status }) => {
    const available = list<Condition>(status?.conditions).find(({ type }) => type === 'Available')
    return [
      spec?.service ? `${spec.service.namespace}/${spec.service.name}` : 'Local',
      available?.status === 'True' || !available
        ? text(available?.status, 'Unknown')
        : `${available.status} (${available.reason})`,
    ]
  },
  '+csidrivers.storage.k8s.io/v1': ({ spec }) => [
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    spec.tokenRequests
      ? list<StorageV1TokenRequest>(spec.tokenRequests)
          .map(({ audience }) => audience)
          .join(',')
      : '<unset>',
    spec.requiresRepublish ?? false,
    list(spec.volumeLifecycleModes).join(',') || '<none>',
  ],
  'csinodes.storage.k8s.io/v1': ({ spec }) => [list(spec.drivers).length],
  'volumeattachments.storage.k8s.io/v1': ({ spec, status }) => [
    spec.attacher,
    text(spec.source?.persistentVolumeName),
    spec.nodeName,
    status?.attached ?? false,
  ],
  'volumeattributesclasses.storage.k8s.io/v1': ({ driverName }) => [driverName],
  'ipaddresses.networking.k8s.io/v1': ({ spec }) => {
    const { group, resource, namespace, name } = spec?.parentRef ?? {}
    return [
      [group ? `${resource}.${group}` : resource, namespace, name].filter(Boolean).join('/') || '<none>',
    ]
  },
  'servicecidrs.networking.k8s.io/v1': ({ spec }) => [list(spec.cidrs).join(',')],
  'deviceclasses.resource.k8s.io/v1': () => [],
  'resourceclaimtemplates.resource.k8s.io/v1': () => [],
  'resourceclaims.resource.k8s.io/v1': ({ metadata, status }) => [
    [
      ...(metadata.deletionTimestamp ? ['deleted'] : []),
      ...(status?.allocation ? ['allocated'] : []),
      ...(list(status?.reservedFor).length ? ['reserved'] : []),
    ].join(',') || 'pending',
  ],
  'resourceslices.resource.k8s.io/v1': ({ spec }) => [
    text(spec?.nodeName ?? (spec?.allNodes ? '<all>' : undefined), '<unset>'),
    text(spec?.driver),
    text(spec?.pool?.name),
  ],
}

const rules = { ...networkRules, ...csiRules, ...deviceRules }

const plain = Object.entries(middles).map(([name, middle]) => {
  const resource = name.replace('+', '')
  const aged = !resource.startsWith('ipaddresses')
  return defineKind<AnyObject>(resource, {
    ...rules[resource],
    counted: resource !== name,
    row: (object, { now }) => [
      object.metadata.name,
      ...middle(object),
      ...(aged ? [age(object.metadata.creationTimestamp, now)] : []),
    ],
  })
})

const flowSchema = defineKind<AnyObject>('flowschemas.flowcontrol.apiserver.k8s.io/v1', {
  ...flowSchemaRules,
  counted: true,
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    text(spec?.priorityLevelConfiguration?.name),
    spec?.matchingPrecedence ?? 0,
    text(spec?.distinguisherMethod?.type, '<none>'),
    age(metadata.creationTimestamp, now),
    text(list<Condition>(status?.conditions).find(({ type }) => type === 'Dangling')?.status, '?'),
  ],
})

const priorityLevel = defineKind<AnyObject>('prioritylevelconfigurations.flowcontrol.apiserver.k8s.io/v1', {
  ...priorityLevelRules,
  counted: true,
  row({ metadata, spec }, { now }) {
    const { limited, type } = spec ?? {}
    const queuing = limited?.limitResponse?.queuing
    return [
      metadata.name,
      text(type),
      text(limited?.nominalConcurrencyShares, '<none>'),
      ...['queues', 'handSize', 'queueLengthLimit'].map(name => text(queuing?.[name], '<none>')),
      age(metadata.creationTimestamp, now),
    ]
  },
})

/** No columns of its own. */
const storageCapacity = defineKind<AnyObject>('csistoragecapacities.storage.k8s.io/v1', {
  ...csiRules['csistoragecapacities.storage.k8s.io/v1'],
})

export const plainRows: readonly AnyKind[] = [...plain, flowSchema, priorityLevel, storageCapacity]
