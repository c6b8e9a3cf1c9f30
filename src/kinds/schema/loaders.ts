// Where the types of the API stand that few sessions ask for before their first output. Each part is asked for after those
// before it.
import { PartTable } from '../../engine/parts.ts'

export const typeParts = new PartTable<string>('API types', {
  'within pods': () => import('./pod-type-tables.ts').then(each => each.podTypeTables),
  'of other kinds': () => import('./rest-type-tables.ts').then(each => each.restTypeTables),
  'of further groups': () => import('./further-type-tables.ts').then(each => each.furtherTypeTables),
})
