// PodTemplate: pkg/registry/core/podtemplate.
import { containerCells } from './machinery/cells.ts'
import { formatLabels } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { defaultTemplate, templateWarnings } from './machinery/workload.ts'
import { validatePodTemplate } from './pod-spec/validation.ts'
import type { PodTemplate } from './schema/types.ts'

export const podTemplate = defineKind<PodTemplate>('podtemplates.v1', {
  counted: true,
  defaults: ({ template }) => defaultTemplate(template),
  validate: ({ template }) => validatePodTemplate(template, 'template'),
  validateUpdate: ({ template }) => validatePodTemplate(template, 'template'),
  warnings: ({ template }) => templateWarnings(template, 'template'),
  row: ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template),
    formatLabels(template.metadata.labels),
  ],
})
