// What most sessions never ask of the API server: forms of patches, subresources, resources that are not stored, kinds that
// are defined while it runs.
import { PartTable } from '../engine/parts.ts'
import type { SubresourceHandler } from './subresources/subresource.ts'
import type { PatchForm } from './verbs/patch.ts'

export const patchParts = new PartTable<PatchForm>('form of patches', {
  json: () => import('./verbs/patch-object.ts').then(each => each.jsonForm),
  merge: () => import('./verbs/patch-object.ts').then(each => each.mergeForm),
  strategic: () => import('./verbs/patch-object.ts').then(each => each.strategicForm),
  apply: () => import('./verbs/patch-apply.ts').then(each => each.applyForm),
})

export const subresourceParts = new PartTable<SubresourceHandler>('subresource', {
  'pods/eviction': () => import('./subresources/eviction.ts').then(each => each.eviction),
  'pods/log': () => import('./subresources/pod-streams.ts').then(each => each.podLog),
  'serviceaccounts/token': () => import('./subresources/token.ts').then(each => each.token),
  '*/scale': () => import('./subresources/scale.ts').then(each => each.scale),
})

/** Logs that are followed, exec, attach, port-forward. */
export const streamParts = new PartTable<typeof import('./subresources/pod-streams.ts')>('streams of pods', {
  exec: () => import('./subresources/pod-streams.ts'),
})

type Reviews = typeof import('./virtual/reviews.ts').reviews

export const reviewParts = new PartTable<Reviews>('reviews', {
  'can-i': () => import('./virtual/reviews.ts').then(each => each.reviews),
})

export const componentParts = new PartTable<typeof import('./virtual/component-statuses.ts')>(
  'statuses of components',
  { componentstatuses: () => import('./virtual/component-statuses.ts') },
)

export const customParts = new PartTable<typeof import('./custom/custom-resources.ts')>('custom resources', {
  CustomResourceDefinition: () => import('./custom/custom-resources.ts'),
})

/** What the server tells of itself in numbers. */
export const metricsParts = new PartTable<typeof import('./metrics-page.ts').metricsPage>(
  'metrics of the API server',
  {
    metrics: () => import('./metrics-page.ts').then(each => each.metricsPage),
  },
)

export const certificateParts = new PartTable<typeof import('./client-certificate.ts')>(
  'certificates of clients',
  { x509: () => import('./client-certificate.ts') },
)

/** The cluster's certificate authority, for whoever looks at its files. */
export const authorityParts = new PartTable<typeof import('./authority.ts')>('certificate authority', {
  ca: () => import('./authority.ts'),
})
