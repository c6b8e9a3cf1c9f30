// How the API server reaches webhooks: from its node, through services as any client there, while its request waits.
// No virtual time passes for the world meanwhile.
import type { WebhookTransport } from '../api/types.ts'
import { runAtOnce } from '../engine/at-once.ts'
import type { Engine } from '../engine/engine.ts'
import type { ClusterNetwork } from '../network/cluster-network.ts'

export const webhookTransport = (
  engine: Engine,
  network: ClusterNetwork,
  node: string,
): WebhookTransport => ({
  post({ host, port, path }, body, timeoutMs) {
    const from = network.node(node)?.network
    if (!from) return { error: 'no-route', address: host }
    const headers = { 'content-type': 'application/json', host }
    const request = { method: 'POST', path, headers, body, secure: true }
    const outcome = runAtOnce(from.http({ host, port }, request, timeoutMs), engine, timeoutMs)
    if (!outcome) return { error: 'timeout', address: host }
    const { value: result } = outcome
    return result.ok ? result.value : { error: result.error.type, address: host }
  },
})
