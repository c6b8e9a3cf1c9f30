// Pod: pkg/registry/core/pod and pkg/apis/core.

import { defineKind } from './machinery/plain-kind.ts'
import { podRow } from './machinery/pod-row.ts'
import type { Pod } from './schema/types.ts'

export const pod = defineKind<Pod>('pods.v1', {
  counted: true,
  selectableFields: ({ spec, status }) => ({
    'spec.nodeName': spec.nodeName ?? '',
    'spec.restartPolicy': spec.restartPolicy ?? '',
    'spec.schedulerName': spec.schedulerName ?? '',
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'spec.hostNetwork': String(spec.hostNetwork ?? false),
    'status.phase': status.phase ?? '',
    'status.podIP': status.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': status.nominatedNodeName ?? '',
  }),
  row: podRow,
})
