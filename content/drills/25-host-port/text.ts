import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '门牌号被占了',
    report:
      'gateway 用 `hostPort` 3000，昨晚 `rollout restart` 以后就卡住了：一个新 Pod 一直 Pending。旧的还在服务。',
    goals: {
      'rolled-out': '新模板的 2 个副本就绪',
      'never-below-1': '全程至少 1 个可用',
      'off-master': '只在工作节点上，控制平面节点照旧不接业务 Pod',
      'still-host-port': '仍用 `hostPort` 3000',
    },
    hints: [
      'Pending 的事件：每台节点都缺什么？',
      '旧 Pod 占着端口，新 Pod 要等它走；旧 Pod 又要等新 Pod 就绪。',
      '`maxSurge` 0、`maxUnavailable` 1：先走一个，再来一个。',
    ],
    teaches: '`hostPort` 每台节点只有一个；滚动更新的方向由 `maxSurge` 和 `maxUnavailable` 决定。',
  },
  en: {
    title: 'The door is taken',
    report:
      'gateway uses `hostPort` 3000 and has been stuck since a `rollout restart` last night: one new pod stays Pending. The old ones still serve.',
    goals: {
      'rolled-out': 'two replicas of the new template are ready',
      'never-below-1': 'never fewer than 1 available',
      'off-master': "on worker nodes only: the control plane's node still takes none of them",
      'still-host-port': 'still on `hostPort` 3000',
    },
    hints: [
      'The event of the Pending pod: what does every node lack?',
      'The old pod holds the port, the new one waits for it, and the old one waits for the new to be ready.',
      '`maxSurge` 0, `maxUnavailable` 1: first one goes, then one comes.',
    ],
    teaches:
      'A `hostPort` exists once a node; `maxSurge` and `maxUnavailable` decide the direction of a rolling update.',
  },
} satisfies DrillText
