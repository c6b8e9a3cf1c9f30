// Why? From a symptom to its cause: the first question that holds answers, and may lead on to another object with a
// symptom of its own. Everything that is said is a fact of the world; what no question finds is said to be unknown.

import type { WhyText } from '../../i18n/why.en.ts'
import { findByWord } from '../../kinds/index.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { resources } from '../../kinds/resources.ts'
import type { Trace } from '../../network/trace.ts'
import type { World } from '../world.ts'
import { conditionsOf } from './facts.ts'
import { isWell, normal } from './normal.ts'
import { triesAgain } from './not-created.ts'
import { listensNow } from './not-ready.ts'
import { type Place, placeOf, writtenField } from './place.ts'
import { hasUser, isAllowedNow } from './refused.ts'
import type { Found, Phrase, Question, Subject, Symptom, Values } from './symptom.ts'
import { symptoms } from './symptoms.ts'
import { timeOf, View } from './view.ts'

/** An object as the lab names it: `pod/web-1`, with its namespace where that is not the default. */
export interface Ref {
  readonly kind: string
  readonly name: string
  readonly namespace: string
}

/** One step from the symptom to the cause. */
export interface Link {
  /** Of the chain in the catalogue of causes. */
  readonly number: number
  readonly text: WhyText
  readonly values: Values
  /** The command that shows it. */
  readonly shown: string
  /** The objects that it speaks of. */
  readonly objects: readonly Ref[]
  /** The field that says so, in the object that the reader has written. */
  readonly field?: { readonly object: Ref; readonly path: string }
  /** The line of the reader's manifest that it came from. */
  readonly place?: Place
  /** What is not there: `configmap/app-config`. */
  readonly missing?: string
}

export interface Cause {
  /** From the symptom to the cause; the last one is it. */
  readonly links: readonly Link[]
  /** Whose text says what to do. */
  readonly cure: WhyText
  /** Only where it is safe. */
  readonly command?: string
  /** Leads back to what worked before. */
  readonly back?: string
  /** Who acts next, and when. */
  readonly follows?: Phrase
  /** It may be so on purpose: an answer for who asks about this object, no trouble of the cluster. */
  readonly quiet: boolean
}

export interface Answer {
  readonly subject: Subject
  readonly about: Ref | undefined
  readonly state: 'known' | 'normal' | 'unknown'
  /** All that hold, the blocking one first. */
  readonly causes: readonly Cause[]
  /** Why there is nothing to mend. */
  readonly normal?: Phrase
  /** What is odd, where the cause is not known: conditions and the latest events, in the words of the API. */
  readonly odd: readonly string[]
}

/** So many causes are told. */
const most = 6
const mostLinks = 8

export function why(world: World, subject: Subject): Answer {
  const view = new View(world)
  const about = refOf(subject)
  const base = { subject, about, causes: [], odd: [] }
  const told =
    subject.type === 'object'
      ? normal(subject.object, view)
      : subject.type === 'request'
        ? answeredSince(subject.trace, view)
        : undefined
  if (told) return { ...base, state: 'normal', normal: told }
  const causes = causesOf(subject, view, [])
  if (causes.length) return { ...base, state: 'known', causes: causes.slice(0, most) }
  const over = past(subject, view)
  if (over) return { ...base, state: 'normal', normal: over }
  return { ...base, state: 'unknown', odd: oddFacts(subject, view) }
}

/** The same was asked again by the same caller, and was answered. */
function answeredSince(trace: Trace, view: View): Phrase | undefined {
  const { outcome, number, time } = view.world.cluster.network.traces.recent.again(trace) ?? trace
  if (number === trace.number || typeof outcome === 'string' || outcome >= 400) return undefined
  return { text: 'answeredSince', values: { time: view.clock(time), outcome } }
}

/** Why there is nothing to mend in what no question finds a cause of (any more). */
function past(subject: Subject, view: View): Phrase | undefined {
  if (subject.type === 'missing') return { text: 'gone', values: { name: subject.name } }
  if (subject.type === 'refusal' && isAllowedNow(subject.refusal, view)) return { text: 'allowedNow' }
  if (subject.type !== 'object') return undefined
  const { object } = subject
  const values = { name: object.metadata.name }
  if (isWell(object)) return { text: 'well', values }
  if (triesAgain(object, view)) return { text: 'triesAgain', values }
  return listensNow(object, view) ? { text: 'listensNow', values } : undefined
}

/** An object by its reference as commands name it: `pod/web-1`, `deployment/shop/web`. */
export function subjectOf(world: World, reference: string): Subject {
  const [word = '', ...rest] = reference.split('/')
  const name = rest.at(-1) ?? ''
  const kind = findByWord(word)?.kind
  const namespace = kind?.namespaced === false ? '' : rest.length > 1 ? rest[0]! : 'default'
  const object = kind && new View(world).find(kind.plural, namespace || undefined, name)
  return object ? { type: 'object', object } : { type: 'missing', kind: kind?.kind ?? word, namespace, name }
}

/** What ails the cluster, or one namespace of it: each object with a cause of its own, the root of others first. */
export function troubles(world: World, namespace?: string): Answer[] {
  const view = new View(world)
  const subjects: Subject[] = [
    ...suspects.flatMap(resource =>
      view
        .list(resource, isNamespaced(resource) ? namespace : undefined)
        .filter(({ kind, metadata }) =>
          namespace === undefined
            ? !/^kube-/.test(metadata.namespace ?? '')
            : kind !== 'Namespace' || metadata.name === namespace,
        )
        .map((object): Subject => ({ type: 'object', object })),
    ),
    ...view.lately
      .filter(each => isAsked(each, namespace) && asksOn(each, view))
      .map((trace): Subject => ({ type: 'request', trace })),
    ...view.refusals
      .filter(each => hasUser(each, view))
      .map((refusal): Subject => ({ type: 'refusal', refusal })),
  ]
  const answers: Answer[] = []
  const told = new Set<string>()
  for (const subject of subjects) {
    if (answers.length >= most) break
    if (subject.type === 'object' && normal(subject.object, view)) continue
    const causes = causesOf(subject, view, []).filter(each => !each.quiet)
    // What another answer has named as its cause is told once.
    const fresh = causes.filter(({ links }) => !told.has(keyOf(links.at(-1)!)))
    if (!fresh.length) continue
    for (const { links } of fresh) told.add(keyOf(links.at(-1)!))
    answers.push({ subject, about: refOf(subject), state: 'known', causes: fresh.slice(0, most), odd: [] })
  }
  return answers
}

/** Of a pod of the namespace, or of the reader, at the workstation or on a node. */
function isAsked({ hops }: Trace, namespace: string | undefined): boolean {
  const [client] = hops
  return !client?.name || namespace === undefined || client.name.startsWith(`${namespace}/`)
}

/** Who asked is still there: what a pod was told that has been replaced troubles nobody any more. */
function asksOn({ hops }: Trace, view: View): boolean {
  const [namespace = '', name] = hops[0]?.name.split('/') ?? []
  if (!name) return true
  const caller = view.find('pods', namespace, name)
  return caller !== undefined && !caller.metadata.deletionTimestamp
}

/** What is looked at for troubles, those first at which readers look first. */
const suspects = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'jobs',
  'pods',
  'services',
  'ingresses',
  'persistentvolumeclaims',
  'horizontalpodautoscalers',
  'nodes',
  'namespaces',
]
const isNamespaced = (plural: string): boolean =>
  resources.find(each => each.plural === plural)?.namespaced ?? true

const keyOf = ({ text, values, field }: Link): string => JSON.stringify([text, values, field])

// ---- chains

/** What the symptoms of a subject are asked about. */
function ofSubject(subject: Subject): unknown {
  if (subject.type === 'object') return subject.object
  if (subject.type === 'request') return subject.trace
  return subject.type === 'refusal' ? subject.refusal : subject
}

/** `before`: what the chain has come by; nothing is asked twice. */
function causesOf(subject: Subject, view: View, before: readonly unknown[]): Cause[] {
  const of = ofSubject(subject)
  const id = subject.type === 'object' ? subject.object.metadata.uid : of
  if (before.includes(id) || before.length >= mostLinks) return []
  const trail = [...before, id]
  let quiet: Cause[] = []
  for (const symptom of symptoms[subject.type] as readonly Symptom<unknown>[]) {
    if (!symptom.has(of, view)) continue
    const causes: Cause[] = []
    for (const question of symptom.questions) {
      if (!symptom.several && causes.some(each => !each.quiet)) break
      causes.push(...asked(question, of, subject, view, trail))
    }
    if (causes.some(each => !each.quiet)) return causes
    const lead = symptom.leads?.(of, view)
    const led = lead ? causesOf(lead, view, trail) : []
    if (led.length) return led
    quiet = [...quiet, ...causes]
  }
  // Who was led here looks for a trouble.
  return before.length ? [] : quiet
}

function asked(
  question: Question<unknown>,
  of: unknown,
  subject: Subject,
  view: View,
  trail: readonly unknown[],
): Cause[] {
  const answer = question.ask(of, view)
  if (!answer) return []
  const all: readonly Found[] = 'shown' in answer ? [answer] : answer
  return all.flatMap(found => {
    const link = linkOf(question, found, subject, view)
    const further = found.next ? causesOf(found.next, view, trail) : []
    if (further.length) return further.map(each => ({ ...each, links: [link, ...each.links] }))
    return [
      {
        links: [link],
        cure: link.text,
        ...(found.cure !== undefined && { command: found.cure }),
        ...(found.back !== undefined && { back: found.back }),
        ...(found.follows && { follows: found.follows }),
        quiet: found.quiet ?? question.quiet ?? false,
      },
    ]
  })
}

function linkOf({ number }: Question<unknown>, found: Found, subject: Subject, view: View): Link {
  const own = subject.type === 'object' ? [subject.object] : []
  const field = found.field && writtenField(found.field, view)
  const place = found.field && placeOf(found.field, view)
  return {
    number,
    text: found.text ?? (String(number) as WhyText),
    values: found.values ?? {},
    shown: found.shown,
    objects: [...own, ...(found.about ?? [])].slice(0, most).map(refOfObject),
    ...(field && { field: { object: refOfObject(field.object), path: field.path } }),
    ...(place && { place }),
    ...(found.missing !== undefined && { missing: found.missing }),
  }
}

// ---- what is said where nothing is known

function oddFacts(subject: Subject, view: View): string[] {
  if (subject.type === 'request')
    return [`${subject.trace.method} ${subject.trace.path}: ${subject.trace.outcome}`]
  if (subject.type === 'refusal') return [subject.refusal.status.message ?? '']
  if (subject.type === 'missing' || subject.type === 'name') return [subject.name]
  const { object } = subject
  const conditions = conditionsOf(object)
  const odd = conditions
    .filter(({ type, status }) =>
      /Pressure$|Unavailable$|Failure$|^Failed$/.test(type) ? status !== 'False' : status !== 'True',
    )
    .map(({ type, status, reason = '', message = '' }) =>
      [`${type}=${status}`, reason, message].filter(Boolean).join(': '),
    )
  const events = view
    .events(object)
    .slice(0, mostEvents)
    .map(each => `${view.clock(timeOf(each))} ${each.reason}: ${each.message ?? ''}`)
  return [...odd, ...events]
}
const mostEvents = 4

// ---- names

const refOfObject = ({ kind, metadata }: KubeObject): Ref => ({
  kind,
  name: metadata.name,
  namespace: metadata.namespace ?? '',
})

function refOf(subject: Subject): Ref | undefined {
  if (subject.type === 'object') return refOfObject(subject.object)
  if (subject.type === 'missing')
    return { kind: subject.kind, name: subject.name, namespace: subject.namespace }
  return undefined
}

export type { Subject }
