import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '升级停在三分之一',
    report: 'web 升级到 `nginx:1.27` 后一直不前进，旧 Pod 还在扛流量。开发说新镜像在自己电脑上好好的。',
    goals: {
      'new-version': '3 个副本都是 `nginx:1.27` 且就绪',
      'still-probed': '仍有 HTTP 就绪探针',
      lasting: '以后新建的 Pod 也能自己就绪',
      'never-below-3': '全程可用副本不少于 3',
      'users-served': '用户请求没有失败',
    },
    hints: [
      '0/1 Running：进程在跑，但没有就绪。',
      '`describe` 新 Pod：探针得到的状态码是多少？',
      '新清单把探测路径改成了应用没有的 `/ready`。',
    ],
    teaches: '就绪探针挡住坏版本；它失败只摘流量，不重启。',
  },
  en: {
    title: 'The upgrade stops at a third',
    report:
      'The upgrade of web to `nginx:1.27` does not move on; the old pods carry the load. The developers say the new image works on their machines.',
    goals: {
      'new-version': 'three replicas run `nginx:1.27` and are ready',
      'still-probed': 'an HTTP readiness probe is still there',
      lasting: 'a pod made later becomes ready by itself',
      'never-below-3': 'never fewer than 3 available',
      'users-served': 'no request of the users failed',
    },
    hints: [
      '0/1 Running: the process runs but is not ready.',
      'Describe the new pod: which status code does the probe get?',
      'The new manifest probes `/ready`, which the application does not have.',
    ],
    teaches: 'A readiness probe holds a bad version back; failing takes traffic away, it restarts nothing.',
  },
} satisfies DrillText
