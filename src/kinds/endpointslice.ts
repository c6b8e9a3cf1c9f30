// EndpointSlice: pkg/registry/discovery/endpointslice.
import { listWithMore } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { EndpointSlice } from './schema/types.ts'

export const endpointSlice = defineKind<EndpointSlice>('endpointslices.discovery.k8s.io/v1', {
  counted: true,
  row: ({ metadata, addressType, ports, endpoints }, { now }) => [
    metadata.name,
    addressType,
    listWithMore(
      (ports ?? []).map(({ port, name }) => ((port ?? null) === null ? (name ?? '*') : String(port))),
      '<unset>',
    ),
    listWithMore(
      (endpoints ?? []).flatMap(({ addresses }) => addresses ?? []),
      '<unset>',
    ),
    age(metadata.creationTimestamp, now),
  ],
})
