// IngressClass: pkg/apis/networking, pkg/registry/networking/ingressclass.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { IngressClass } from './schema/types.ts'

export const ingressClass = defineKind<IngressClass>('ingressclasses.networking.k8s.io/v1', {
  counted: true,
  row({ metadata, spec }, { now }) {
    const { parameters } = spec
    const group = parameters?.apiGroup ? `.${parameters.apiGroup}` : ''
    return [
      metadata.name,
      spec.controller ?? '',
      parameters ? `${parameters.kind}${group}/${parameters.name}` : '<none>',
      age(metadata.creationTimestamp, now),
    ]
  },
})
