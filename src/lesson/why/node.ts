// S13: nobody hears of a node.
import { conditionOf } from './facts.ts'
import { symptom } from './symptom.ts'

export const node = symptom({
  name: 'node',
  has: each => each.kind === 'Node' && conditionOf(each, 'Ready')?.status !== 'True',
  questions: [
    {
      number: 80,
      ask({ metadata }, view) {
        const { name } = metadata
        const { network, kubelets } = view.world.cluster
        const anyone = [...kubelets.keys()].find(each => each !== name)
        if (!anyone || !network.isCut(anyone, name)) return undefined
        const pod = view.list('pods').find(({ spec }) => spec.nodeName === name)
        return {
          values: { node: name },
          shown: pod
            ? `kubectl logs ${pod.metadata.name}${pod.metadata.namespace === 'default' ? '' : ` -n ${pod.metadata.namespace}`}`
            : `ssh ${name}`,
        }
      },
    },
    {
      number: 79,
      ask({ metadata }, view) {
        const { name } = metadata
        const kubelet = view.world.cluster.kubelets.get(name)
        if (!kubelet || kubelet.active) return undefined
        return {
          values: { node: name },
          shown: `ssh ${name} systemctl status kubelet`,
          cure: `ssh ${name} systemctl start kubelet`,
        }
      },
    },
  ],
})
