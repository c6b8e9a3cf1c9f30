import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '维护早就结束了',
    report: '促销前把 web 从 2 扩到 4，新的两个一直 Pending。昨晚做过维护，值班记录写着“已结束”。',
    goals: {
      'four-ready': 'web 的 4 个副本就绪',
      'nodes-open': '两台工作节点都没有维护污点，也都可调度',
      'master-closed': '控制平面节点的污点还在',
      'no-toleration': 'Pod 模板没有加容忍度',
    },
    hints: [
      '`describe` Pending 的 Pod：每台节点各是什么原因？',
      '`kubectl describe node` 的 Taints 和 Unschedulable 两行。',
      '去掉污点：`kubectl taint nodes NODE KEY-`；恢复调度：`kubectl uncordon`。',
    ],
    teaches: '污点和 cordon 是两回事；已经在跑的 Pod 不受 NoSchedule 影响。',
  },
  en: {
    title: 'The maintenance is over',
    report:
      'web was scaled from 2 to 4 before the sale and the two new pods stay Pending. There was maintenance last night; the log says it is finished.',
    goals: {
      'four-ready': "web's four replicas are ready",
      'nodes-open': 'neither worker has the maintenance taint or is cordoned',
      'master-closed': 'the control plane keeps its taint',
      'no-toleration': 'the pod template got no toleration',
    },
    hints: [
      'Describe a Pending pod: what keeps it off each node?',
      'See Taints and Unschedulable in `kubectl describe node`.',
      '`kubectl taint nodes NODE KEY-` takes a taint away; `kubectl uncordon` opens a node.',
    ],
    teaches: 'Taint and cordon are two things; NoSchedule leaves running pods alone.',
  },
} satisfies DrillText
