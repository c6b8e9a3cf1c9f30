// What an explanation consists of: symptoms, each an entry over one subject and an ordered list of questions. A question
// is a fact; where it holds it gives the values of its sentence, what shows it, what is to be done, and where it goes on.
import type { Refusal } from '../../api/refusals.ts'
import type { WhyPhrase, WhyText } from '../../i18n/why.en.ts'
import { isKind, type KnownObject, type KubeObject, type OfKind } from '../../kinds/object.ts'
import type { Trace } from '../../network/trace.ts'
import type { View } from './view.ts'

/** What one asks about: an object, one that is not there (any more), a request of the network, a name that was looked up from a namespace, a refused request of the API. */
export type Subject =
  | { readonly type: 'object'; readonly object: KubeObject }
  | { readonly type: 'missing'; readonly kind: string; readonly namespace: string; readonly name: string }
  | { readonly type: 'request'; readonly trace: Trace }
  | {
      readonly type: 'name'
      readonly name: string
      readonly namespace: string
      /** The node that asked; '' for the workstation, undefined for a pod. */
      readonly machine?: string
    }
  | { readonly type: 'refusal'; readonly refusal: Refusal }

/** A part of a sentence that is a text of its own. */
export interface Phrase {
  readonly text: WhyPhrase
  readonly values?: Values
}

/** Several are listed as the language lists them. */
export type Value = string | number | readonly string[] | Phrase
export type Values = Readonly<Record<string, Value>>

/** A field of an object: `spec.containers[0].image`. */
export interface Field {
  readonly object: KubeObject
  readonly path: string
}

export interface Found {
  /** Its text, where the question has several; else that of its number. */
  readonly text?: WhyText
  readonly values?: Values
  /** The command that shows the fact. */
  readonly shown: string
  /** The command that mends it, only where it is safe. */
  readonly cure?: string
  /** The command that leads back to what worked before. */
  readonly back?: string
  /** Who acts next, and when. */
  readonly follows?: Phrase
  /** Further objects that the fact is about. */
  readonly about?: readonly KubeObject[]
  /** The field in which the cause stands. */
  readonly field?: Field | undefined
  /** What is not there: `configmap/app-config`. */
  readonly missing?: string
  /** As it is to be, for now: told to who asks about this object, no trouble of the cluster. */
  readonly quiet?: boolean
  /** Where the chain goes on; what leads on nowhere ends here. */
  readonly next?: Subject | undefined
}

export interface Question<S> {
  /** Of the chain in the catalogue of causes. */
  readonly number: number
  /** True of things that are in order too: told to who asks about this object, no trouble of the cluster. */
  readonly quiet?: boolean
  ask(subject: S, view: View): Found | readonly Found[] | undefined
}

export interface Symptom<S> {
  readonly name: string
  /** All questions that hold are causes; else the first one is. */
  readonly several?: boolean
  has(subject: S, view: View): boolean
  /** Where no question holds: the subject that answers in this one's place. */
  leads?(subject: S, view: View): Subject | undefined
  readonly questions: readonly Question<S>[]
}

export const symptom = (each: Symptom<KubeObject>): Symptom<KubeObject> => each

/** A symptom of objects of one kind; nothing else has it. */
export const symptomOf = <Kind extends KnownObject['kind']>(
  kind: Kind,
  each: Symptom<OfKind<Kind>>,
): Symptom<KubeObject> => ({ ...each, has: (object, view) => isKind(object, kind) && each.has(object, view) })

/** Makes questions about what is found of an object; where nothing is, none of them holds. */
export const questionsAbout =
  <T extends KubeObject, Fact>(find: (object: T, view: View) => Fact | undefined) =>
  (number: number, ask: (object: T, fact: Fact, view: View) => Found | undefined): Question<T> => ({
    number,
    ask(object, view) {
      const fact = find(object, view)
      return fact && ask(object, fact, view)
    },
  })

export const objectOf = (object: KubeObject | undefined): Subject | undefined =>
  object && { type: 'object', object }
