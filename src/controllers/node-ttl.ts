// The TTL controller: tells kubelets by an annotation how long they may keep ConfigMaps and Secrets, longer in bigger
// clusters. pkg/controller/ttl/ttl_controller.go.
import type { Node } from '../kinds/schema/types.ts'
import { type StartController, WorkQueue } from './controller.ts'

const annotation = 'node.alpha.kubernetes.io/ttl'

/** Numbers of nodes at which a cluster moves to the next step, or back to the one before, with the seconds of each. */
const steps = [
  { from: 0, to: 100, seconds: 0 },
  { from: 90, to: 500, seconds: 15 },
  { from: 450, to: 1000, seconds: 30 },
  { from: 900, to: 2000, seconds: 60 },
  { from: 1800, to: Number.POSITIVE_INFINITY, seconds: 300 },
]

export const startNodeTtl: StartController = context => {
  const { client, informers } = context
  const nodes = informers.of('nodes')
  const queue = new WorkQueue(context, sync)
  let count = 0
  let step = 0
  const enqueue = (node: Node) => queue.add(node.metadata.name)
  nodes.handle({
    add(node) {
      if (++count > steps[step]!.to) step++
      enqueue(node)
    },
    update: (_old, node) => enqueue(node),
    delete() {
      if (--count < steps[step]!.from) step--
    },
  })

  function sync(name: string): undefined {
    const node = nodes.get(name)
    const wanted = String(steps[step]!.seconds)
    if (!node || node.metadata.annotations?.[annotation] === wanted) return
    client
      .resource('nodes')
      .patch('', name, 'strategic', { metadata: { annotations: { [annotation]: wanted } } })
  }
}
