// Event: pkg/registry/core/event; served also as events.k8s.io/v1, whose field names differ.
import { age } from './machinery/duration.ts'
import { type FieldError, invalid } from './machinery/field-error.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { KubeObject } from './object.ts'
import type { Event } from './schema/types.ts'

/** Fields that the two versions name differently: core's, events.k8s.io's. */
const renamed = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
] as const

type Fields = KubeObject & Record<string, unknown>

function rename(object: Fields, apiVersion: string, from: 0 | 1, to: 0 | 1): Fields {
  const copy: Fields = { ...object, apiVersion }
  for (const names of renamed) {
    const value = object[names[from]]
    delete copy[names[from]]
    if (value !== undefined) copy[names[to]] = value
  }
  return copy
}

/** An event lies where its object lies; those of the cluster's own objects in `default`. */
const validate = ({ metadata, involvedObject: { namespace = '' } }: Event): FieldError[] =>
  metadata.namespace === (namespace || 'default')
    ? []
    : [invalid('involvedObject.namespace', namespace, 'does not match event.namespace')]

export const event = defineKind<Event>('events.v1', {
  createOnUpdate: true,
  nameRule: () => [],
  validate,
  validateUpdate: validate,
  versions: [
    {
      group: 'events.k8s.io',
      version: 'v1',
      schema: 'io.k8s.api.events.v1.Event',
      toStored: object => rename(object as Fields, 'v1', 1, 0),
      fromStored: object => rename(object as Fields, 'events.k8s.io/v1', 0, 1),
    },
  ],
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component || reportingComponent || '',
    type: ({ type }) => type ?? '',
  },
  row(object, { now }) {
    const { involvedObject, series, source } = object
    const first = age(object.firstTimestamp ?? object.eventTime, now)
    const last = series
      ? age(series.lastObservedTime, now)
      : object.lastTimestamp
        ? age(object.lastTimestamp, now)
        : first
    const kind = (involvedObject.kind ?? '').toLowerCase()
    const component = source?.component || object.reportingComponent || ''
    const instance = source?.host || object.reportingInstance
    return [
      last,
      object.type ?? '',
      object.reason ?? '',
      involvedObject.name ? `${kind}/${involvedObject.name}` : kind,
      involvedObject.fieldPath ?? '',
      component + (instance ? `, ${instance}` : ''),
      (object.message ?? '').trim(),
      first,
      series?.count ?? (object.count || 1),
      object.metadata.name,
    ]
  },
})
