import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '两只手抢一个旋钮',
    report: 'web 的副本数每分钟从 5 掉回 2，再爬上去，用户跟着一卡一卡。HPA 和部署脚本各说不是自己。',
    goals: {
      steady: '副本数稳定在 4 个以上（持续 150 秒）',
      'hpa-decides': '由 HPA 决定，上下限没改',
      'one-hand': '部署脚本不再写副本数',
      'deployer-works': '部署脚本照常每分钟运行，仍写自己的标签',
    },
    hints: [
      '`describe` deployment 的事件：谁、什么时候、从几到几？',
      '`kubectl get deployment web -o yaml --show-managed-fields`：`spec.replicas` 归谁？',
      '交给 HPA 的字段，别人就不要写：从 ConfigMap desired 里去掉 replicas。',
    ],
    teaches: '一个字段只能有一个主人；`managedFields` 说得出是谁写的。',
  },
  en: {
    title: 'Two hands on one knob',
    report:
      'Every minute web drops from 5 replicas to 2 and climbs again, and the users feel it. The HPA and the deploy script both say it is not them.',
    goals: {
      steady: 'the replicas stay at 4 or more (for 150 s)',
      'hpa-decides': 'the HPA decides; its bounds are unchanged',
      'one-hand': 'the deploy script writes no number of replicas any more',
      'deployer-works': 'the deploy script still runs every minute and writes its label',
    },
    hints: [
      'Events in describe deployment: when, from how many to how many?',
      '`kubectl get deployment web -o yaml --show-managed-fields`: who owns `spec.replicas`?',
      'A field that the HPA owns must not be written by others: take replicas out of the ConfigMap desired.',
    ],
    teaches: 'A field has one owner; `managedFields` tells who wrote it.',
  },
} satisfies DrillText
