// Service: pkg/registry/core/service. Cluster IPs and node ports are allocated by the API server.
import { age } from './machinery/duration.ts'
import { formatLabels } from './machinery/labels.ts'
import { nameIsDNS1035Label } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Service } from './schema/types.ts'

function externalIP({ spec, status }: Service): string {
  const external = spec.externalIPs ?? []
  if (spec.type === 'ExternalName') return spec.externalName ?? ''
  if (spec.type === 'LoadBalancer') {
    const ingress = (status.loadBalancer?.ingress ?? []).flatMap(i => i.ip || i.hostname || [])
    return [...[...new Set(ingress)].sort(), ...external].join(',') || '<pending>'
  }
  return external.join(',') || '<none>'
}

export const service = defineKind<Service>('services.v1', {
  nameRule: nameIsDNS1035Label,
  createOnUpdate: true,
  selectableFields: ({ spec }) => ({
    'spec.clusterIP': spec.clusterIP ?? '',
    'spec.type': spec.type ?? '',
  }),
  row(object, { now }) {
    const { metadata, spec } = object
    const ports = (spec.ports ?? []).map(
      ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
    )
    return [
      metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? '<none>',
      externalIP(object),
      ports.join(',') || '<none>',
      age(metadata.creationTimestamp, now),
      formatLabels(spec.selector),
    ]
  },
})
