// Where the answers to the page's questions stand, by the message that asks.
import type { ToWorker } from '../protocol.ts'
import type { Question } from './question.ts'

type Questions = { readonly [T in ToWorker['type']]?: (() => Promise<Question<T>>) | undefined }

const questions = {
  changes: () => import('./changes.ts').then(each => each.changesOf),
  compare: () => import('./compare.ts').then(each => each.compareBranches),
  describe: () => import('./describe.ts').then(each => each.describeField),
  explain: () => import('./explain.ts').then(each => each.explainFailure),
  'fault-choices': () => import('./fault-choices.ts').then(each => each.faultChoices),
  propose: () => import('./propose.ts').then(each => each.proposeAt),
  'yaml-reason': () => import('./yaml-reason.ts').then(each => each.yamlReason),
} satisfies Questions

export const questionOf = (type: string): (() => Promise<Question<any>>) | undefined =>
  (questions as Readonly<Record<string, () => Promise<Question<any>>>>)[type]
