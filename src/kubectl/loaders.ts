// The big texts of kubectl: help, and the descriptions of fields for `explain`.
import { PartTable } from '../engine/parts.ts'
import type { FieldDescriptions, HelpTexts } from './texts.ts'

export const helpParts = new PartTable<HelpTexts>('help of kubectl', {
  '--help': () => import('./help-texts.ts').then(each => each.helpTexts),
})

export const descriptionParts = new PartTable<FieldDescriptions>('descriptions of fields', {
  explain: () => import('./field-descriptions.ts').then(each => each.fieldDescriptions),
})
