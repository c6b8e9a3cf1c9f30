// PodTemplate: pkg/registry/core/podtemplate.
import { containerCells } from './machinery/cells.ts'
import { formatLabels } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { PodTemplate } from './schema/types.ts'

export const podTemplate = defineKind<PodTemplate>('podtemplates.v1', {
  counted: true,
  row: ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template),
    formatLabels(template.metadata.labels),
  ],
})
