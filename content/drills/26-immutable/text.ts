import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '改不动的配置',
    report: 'API 地址换了，但 apply 配置时报 `field is immutable`。Pod 还在用旧地址。',
    goals: {
      'new-value': '2 个副本从一个 ConfigMap 取得新地址',
      'still-immutable': '在用的 ConfigMap 仍是不可变的',
      'never-below-2': '全程 2 个可用',
    },
    hints: [
      '不可变的 ConfigMap 不能改，只能换一个。',
      '新建 `app-config-2`，让 Deployment 指向它，滚动更新会自己发生。',
      '别忘了新的也设 immutable。',
    ],
    teaches: '配置带版本名：换名字就会滚动更新，也能回退。',
  },
  en: {
    title: 'Configuration that will not change',
    report:
      'The address of the API has changed, but applying the configuration says `field is immutable`. The pods still use the old address.',
    goals: {
      'new-value': 'both replicas take the new address from a ConfigMap',
      'still-immutable': 'the ConfigMap in use is immutable',
      'never-below-2': '2 available all the time',
    },
    hints: [
      'An immutable ConfigMap cannot be changed, only replaced by another.',
      'Make `app-config-2` and point the Deployment to it; the rollout follows by itself.',
      'Make the new one immutable too.',
    ],
    teaches: 'Version the name of a configuration: a new name rolls out, and can be rolled back.',
  },
} satisfies DrillText
