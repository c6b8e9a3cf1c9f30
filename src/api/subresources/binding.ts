// POST pods/NAME/binding: the scheduler's word on where a pod runs.
// Rules: pkg/registry/core/pod/storage/storage.go (BindingREST).

import { formatTime } from '../../engine/engine.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { Binding, Pod } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { decodeAs } from '../decode.ts'
import { conflict, invalid, notFound, success } from '../errors.ts'
import { type Stored, storeKey } from '../store.ts'
import type { SubresourceHandler } from './subresource.ts'

export const binding: SubresourceHandler = {
  create(call) {
    const body = decodeAs<Binding>(call, 'io.k8s.api.core.v1.Binding')
    const { target = {} } = body
    const errors = []
    if (target.kind && target.kind !== 'Node')
      errors.push({
        type: 'NotSupported' as const,
        field: 'target.kind',
        value: target.kind,
        detail: 'supported values: "Node", "<empty>"',
      })
    if (!target.name) errors.push({ type: 'Required' as const, field: 'target.name', detail: '' })
    if (errors.length) throw invalid({ group: '', kind: 'Binding' }, call.name!, errors)
    bind(call, String(target.name), body.metadata?.annotations)
    return { code: 201, body: success() }
  },
}

function bind(call: Call, node: string, annotations: Record<string, string> | undefined): void {
  const { store, engine } = call.server
  const name = call.name!
  const key = storeKey(call.namespace, name)
  const stored = call.table.get(key)
  if (!stored) throw notFound(call.resource, name)
  const pod = stored.object as Pod
  const refuse = (why: string) => conflict({ group: '', plural: 'pods/binding' }, name, why)
  if (pod.metadata.deletionTimestamp)
    throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`)
  if (pod.spec.nodeName) throw refuse(`pod ${name} is already assigned to node ${goQuote(pod.spec.nodeName)}`)
  if (pod.spec.schedulingGates?.length) throw refuse(`pod ${name} has non-empty .spec.schedulingGates`)
  if (call.dryRun) return

  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatTime(engine.now),
  }
  // ClearingNominatedNodeNameAfterBinding
  const { nominatedNodeName: _, ...status } = pod.status ?? {}
  const conditions = (pod.status?.conditions ?? []).filter(c => c.type !== 'PodScheduled')
  const object: Pod = {
    ...pod,
    metadata: {
      ...pod.metadata,
      resourceVersion: store.nextVersion(),
      ...(annotations && { annotations: { ...pod.metadata.annotations, ...annotations } }),
    },
    spec: { ...pod.spec, nodeName: node },
    status: { ...status, conditions: [...conditions, scheduled] },
  }
  const next: Stored = { object, managed: stored.managed }
  store.put(call.table, key, next)
}
