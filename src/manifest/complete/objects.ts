// The objects that a place may mean: those of its own text, of other files and of the cluster, in its namespace.
import type { Known } from './known.ts'
import { at, list, record, valueIn } from './node.ts'
import { outline } from './outline.ts'
import { documentsOf, type Place } from './place.ts'
import type { Subject } from './subject.ts'

/** All that an answer may look at. */
export interface Surroundings {
  readonly text: string
  readonly place: Place
  readonly subject: Subject
  readonly known: Known
}

/** Where it is: a file's name, '' for the cluster; undefined in the same text. */
export interface Found {
  readonly object: unknown
  readonly origin: string | undefined
}

/** The objects of a text, as far as they are written; lists are looked into. */
export function objectsIn(text: string): unknown[] {
  return documentsOf(text)
    .map(([from, to]) => valueIn(outline(text, from, to)))
    .flatMap(each => (kindOf(each) === 'List' ? list(at(each, 'items')) : [each]))
    .filter(kindOf)
}

/** '' where none is written. */
export const kindOf = (object: unknown): string => {
  const kind = at(object, 'kind')
  return typeof kind === 'string' ? kind : ''
}

export const nameOf = (object: unknown): string => String(at(object, 'metadata', 'name') ?? '')

const namespaceOf = (object: unknown): string => String(at(object, 'metadata', 'namespace') ?? 'default')

/** Of a kind, in a namespace (the place's own, unless another is named) where the kind lives in one. */
export function objectsOf(
  { text, subject, known }: Surroundings,
  kind: string,
  namespace?: unknown,
): Found[] {
  const wanted = namespace ?? namespaceOf(subject.object)
  const own = objectsIn(text)
    .filter(each => kindOf(each) === kind)
    .map(object => ({ object, origin: undefined }))
  const all: Found[] = [...own, ...known.objects(kind)]
  return known.namespaced(kind) ? all.filter(({ object }) => namespaceOf(object) === wanted) : all
}

/** What pods are made from, with the labels that they get. */
export interface Template {
  readonly origin: string | undefined
  readonly labels: Readonly<Record<string, unknown>>
  readonly spec: unknown
}

const workloads = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
  'ReplicationController',
  'Pod',
]

/** Pods and the templates of what makes them; what somebody else made is left out, for its maker stands there. */
export function templatesOf(around: Surroundings): Template[] {
  return workloads
    .flatMap(kind => objectsOf(around, kind))
    .filter(({ object }) => !list(at(object, 'metadata', 'ownerReferences')).length)
    .map(({ object, origin }) => {
      const template = templateOf(object)
      return { origin, labels: plainLabels(at(template, 'metadata', 'labels')), spec: at(template, 'spec') }
    })
}

/** The pod's own part of an object. */
export function templateOf(object: unknown): unknown {
  if (kindOf(object) === 'Pod') return object
  return at(object, 'spec', 'jobTemplate', 'spec', 'template') ?? at(object, 'spec', 'template')
}

/** Without what controllers put there. */
function plainLabels(labels: unknown): Readonly<Record<string, unknown>> {
  const made = /hash$|^controller-uid$|^job-name$|^batch\.kubernetes\.io\/|^statefulset\.kubernetes\.io\//
  return Object.fromEntries(Object.entries(record(labels)).filter(([key]) => !made.test(key)))
}

/** Those that a selector (of labels) chooses; all of them where it says nothing. */
export function chosenBy(selector: unknown, templates: readonly Template[]): Template[] {
  const wanted = Object.entries(record(selector))
  return templates.filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value))
}
