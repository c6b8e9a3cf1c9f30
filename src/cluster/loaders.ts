// Default objects that a world makes when somebody asks for them, by the words one asks with (seed.ts).
import { PartTable } from '../engine/parts.ts'

const text = () => import('./further-objects.ts').then(each => each.furtherObjects)

export const furtherParts = new PartTable<string>('default objects', {
  clusterroles: text,
  clusterrolebindings: text,
  apiservices: text,
  flowschemas: text,
  prioritylevelconfigurations: text,
})
