// Endpoints: pkg/registry/core/endpoint.
import { listWithMore } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Endpoints } from './schema/types.ts'

/** `10.0.0.1:80,10.0.0.2:80 + 1 more...` */
export const formatEndpoints = ({ subsets = [] }: Endpoints): string =>
  subsets.length === 0
    ? '<none>'
    : listWithMore(
        subsets.flatMap(({ addresses = [], ports = [] }) =>
          ports.length
            ? ports.flatMap(({ port }) =>
                addresses.map(({ ip }) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`),
              )
            : addresses.map(({ ip }) => ip),
        ),
        '',
      )

export const endpoints = defineKind<Endpoints>('endpoints.v1', {
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  createOnUpdate: true,
  row: (object, { now }) => [
    object.metadata.name,
    formatEndpoints(object),
    age(object.metadata.creationTimestamp, now),
  ],
})
