import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '腾不空的节点',
    report:
      '`k8s-node2` 今晚要换内存，drain 一直重试不结束。shop 任何时候都得有 2 个可用，干扰预算是业务方定的。',
    goals: {
      'node-empty': '`k8s-node2` 已封锁，上面只剩 DaemonSet 的 Pod',
      'never-below-2': 'shop 全程不少于 2 个可用',
      'budget-untouched': '干扰预算一直没有动过',
      apart: '两个 shop 仍不会落在同一台节点',
    },
    hints: [
      '`kubectl get pdb`：ALLOWED DISRUPTIONS 是 0。为什么？',
      '先多一个，再走一个：扩到 3，新的会去哪台节点？',
      '等第三个就绪以后再 drain。',
    ],
    teaches: '驱逐看预算；预算等于副本数就永远腾不空，先加后减。',
  },
  en: {
    title: 'The node that will not empty',
    report:
      '`k8s-node2` gets new memory tonight, but the drain keeps retrying. shop must have 2 available at all times; its disruption budget belongs to the business.',
    goals: {
      'node-empty': '`k8s-node2` is cordoned and holds only DaemonSet pods',
      'never-below-2': 'shop never had fewer than 2 available',
      'budget-untouched': 'the disruption budget was never touched',
      apart: "shop's pods are still kept on different nodes",
    },
    hints: [
      '`kubectl get pdb`: ALLOWED DISRUPTIONS is 0. Why?',
      'First one more, then one less: scale to 3. Which node takes the new one?',
      'Drain once the third is ready.',
    ],
    teaches:
      'Evictions ask the budget; a budget as large as the replicas never lets go: add first, then take away.',
  },
} satisfies DrillText
