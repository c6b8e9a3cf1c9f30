import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '满员的发布',
    report: 'api 的新版本发不出去：Deployment 说已更新 0 个，也没有任何新 Pod。配额由平台组管，不能改。',
    goals: {
      'new-version': '4 个副本都是 v2 且就绪',
      'never-below-3': '全程可用副本不少于 3',
      'quota-untouched': '配额与 LimitRange 一直没有动过',
    },
    hints: [
      '没有 Pod 就没有 Pod 事件：看 ReplicaSet 的事件。',
      '`kubectl describe quota`：满了。先建新的再删旧的，需要一个空位。',
      '让它先删一个旧的：`maxSurge` 0、`maxUnavailable` 1；或者先缩到 3。',
    ],
    teaches: '滚动更新要么多占一个、要么少一个；配额拒绝写在 ReplicaSet 上。',
  },
  en: {
    title: 'A rollout in a full house',
    report:
      'The new version of api does not go out: nothing is updated and there is no new pod at all. The quota belongs to the platform team and stays.',
    goals: {
      'new-version': 'four replicas run v2 and are ready',
      'never-below-3': 'never fewer than 3 available',
      'quota-untouched': 'quota and limit range were never touched',
    },
    hints: [
      "No pod, no events of a pod: look at the ReplicaSet's events.",
      '`kubectl describe quota`: it is full. Making a new one before removing an old one needs a free place.',
      'Let it remove an old one first: `maxSurge` 0, `maxUnavailable` 1; or scale to 3 for the while.',
    ],
    teaches: "A rolling update needs one more or one less; a quota's refusal stands on the ReplicaSet.",
  },
} satisfies DrillText
