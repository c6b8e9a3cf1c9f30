// Images that no cluster of the lessons has before somebody asks for them.
import { demos } from './demos.ts'
import type { Family } from './family.ts'
import { official } from './official.ts'

export const publicFamilies: readonly Family[] = [...official, ...demos]
