// S13: nobody hears of a node.
import { parseTime } from '../../engine/engine.ts'
import type { Node } from '../../kinds/schema/types.ts'
import { conditionOf } from './facts.ts'
import { type Found, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

/** Whether it is off the network; for a while yet its status may say that it is well. */
const isCut = ({ metadata }: Node, view: View): boolean =>
  view.world.cluster.network.node(metadata.name)?.isCut ?? false

const isStopped = ({ metadata }: Node, view: View): boolean =>
  view.world.cluster.kubelets.get(metadata.name)?.active === false

export const node = symptomOf('Node', {
  name: 'node',
  has: (each, view) =>
    conditionOf(each, 'Ready')?.status !== 'True' || isCut(each, view) || isStopped(each, view),
  questions: [
    {
      number: 80,
      ask(each, view) {
        if (!isCut(each, view)) return undefined
        const { name } = each.metadata
        const pod = view.list('pods').find(({ spec }) => spec.nodeName === name)
        return {
          values: { node: name },
          shown: pod
            ? `kubectl logs ${pod.metadata.name}${pod.metadata.namespace === 'default' ? '' : ` -n ${pod.metadata.namespace}`}`
            : `ssh ${name}`,
          ...evicts(each, view),
        }
      },
    },
    {
      number: 79,
      ask(each, view) {
        if (!isStopped(each, view)) return undefined
        const { name } = each.metadata
        return {
          values: { node: name },
          shown: `ssh ${name} systemctl status kubelet`,
          cure: `ssh ${name} systemctl start kubelet`,
          ...evicts(each, view),
        }
      },
    },
  ],
})

/** What every pod tolerates of a silent node where it says nothing else (DefaultTolerationSeconds). */
const tolerationMs = 300_000

/** When its pods are evicted, as long as that lies ahead. */
function evicts({ spec }: Node, view: View): Pick<Found, 'follows'> {
  const since = spec.taints?.find(
    ({ key, effect }) =>
      effect === 'NoExecute' && /^node\.kubernetes\.io\/(not-ready|unreachable)$/.test(key),
  )?.timeAdded
  const at = since ? parseTime(since) + tolerationMs : 0
  return at > view.now ? { follows: { text: 'evicts', values: { time: view.clock(at) } } } : {}
}
