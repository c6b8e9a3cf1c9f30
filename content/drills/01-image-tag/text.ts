import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '新版本怎么还没上',
    report: '十分钟前有人发布了 v2，发布面板还在转圈。用户没有报错，但看到的仍是 v1。',
    goals: {
      'new-version': '3 个 Pod 全部是 v2 且就绪',
      'never-below-3': '全程可用副本不少于 3',
      'same-deployment': 'Deployment 还是原来那个',
      'users-served': '用户的请求一次也没失败',
    },
    hints: [
      '看 Pod 列表：哪个 Pod 与众不同？',
      '`kubectl describe` 那个 Pod，读最后几条事件里的镜像名。',
      '仓库里有 v1、v2；没有 v22。改镜像，不用删任何东西。',
    ],
    teaches: '拉不到镜像时旧 Pod 仍在服务；`ErrImagePull` 的原因在事件里。',
  },
  en: {
    title: 'The release that never arrived',
    report:
      'Somebody released v2 ten minutes ago and the release board still spins. Users see no error, but they still get v1.',
    goals: {
      'new-version': 'all three pods run v2 and are ready',
      'never-below-3': 'never fewer than 3 available',
      'same-deployment': 'it is still the same Deployment',
      'users-served': 'no request of the users failed',
    },
    hints: [
      'List the pods: which one is different?',
      '`kubectl describe` that pod and read the image name in its last events.',
      'The registry has v1 and v2, not v22. Change the image; nothing has to be deleted.',
    ],
    teaches: 'A failed pull leaves the old pods serving; the reason stands in the events.',
  },
} satisfies DrillText
