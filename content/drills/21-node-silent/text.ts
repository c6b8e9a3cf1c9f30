import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '失声的节点',
    report: '一台节点 NotReady 已经十分钟。Deployment 自己换了节点，有状态的 `queue-0` 却卡在 Terminating。',
    goals: {
      'node-ready': '`k8s-node2` 恢复 Ready，没有留下污点',
      'queue-ready': '新的 `queue-0` 就绪',
      'never-twice': '旧的 `queue-0` 真正停下以后才删掉，没有两个同时在跑',
      'web-served': 'web 有 2 个可用',
    },
    hints: [
      'Terminating 等的是 kubelet 的确认；`describe node` 说 kubelet 怎么了？',
      '强删只是删掉记录：容器还在那台机器上跑，`queue-0` 就有两个了。',
      'ssh 上去：`systemctl status kubelet`。',
    ],
    teaches: '节点失联时 Pod 状态未知；StatefulSet 宁可停也不要两个。',
  },
  en: {
    title: 'The node that fell silent',
    report:
      'A node has been NotReady for ten minutes. The Deployment moved by itself, but the stateful `queue-0` hangs in Terminating.',
    goals: {
      'node-ready': '`k8s-node2` is Ready again, without a taint',
      'queue-ready': 'a new `queue-0` is ready',
      'never-twice': 'the old `queue-0` had stopped before it was removed: never two at once',
      'web-served': 'web has 2 available',
    },
    hints: [
      'Terminating waits for the kubelet to confirm; what does `kubectl describe node` say of it?',
      'Forcing the deletion only removes the record: the container still runs there, and `queue-0` exists twice.',
      'ssh to the node: `systemctl status kubelet`.',
    ],
    teaches: 'When a node is silent its pods are unknown; a StatefulSet would rather stop than have two.',
  },
} satisfies DrillText
