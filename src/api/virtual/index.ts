// Resources that are not stored, by their name in messages.
import { componentParts, reviewParts } from '../loaders.ts'
import type { Handler } from '../subresources/subresource.ts'
import { bindings } from './bindings.ts'
import { metrics } from './metrics.ts'

type Handlers = Readonly<Record<string, Handler | undefined>>

const reviewed = [
  'selfsubjectaccessreviews.authorization.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
  'selfsubjectreviews.authentication.k8s.io',
  'tokenreviews.authentication.k8s.io',
]

const components = () => componentParts.get('componentstatuses').componentStatuses

export const virtual: Readonly<Record<string, Handlers>> = {
  ...Object.fromEntries(
    reviewed.map(name => [
      name,
      { create: (call => reviewParts.get('can-i')[name]!.create!(call)) satisfies Handler },
    ]),
  ),
  ...metrics,
  bindings: { ...bindings },
  componentstatuses: {
    get: call => components().get!(call),
    list: call => components().list!(call),
  },
}
