// The part of the catalog that is loaded when a name is looked up that the cluster and the tutorial do not bring along.
import { PartTable } from '../../engine/parts.ts'
import type { Family } from './family.ts'

export const catalogParts = new PartTable<readonly Family[]>('catalog of images', {
  public: () => import('./public.ts').then(each => each.publicFamilies),
})
