import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '服务在，却没人接电话',
    report: '商店首页打不开：连接立刻被拒绝。Pod 都是 Running，重启过也没用。',
    goals: {
      'right-endpoints': 'Service 的端点恰好是 shop 的 3 个 Pod',
      'users-served': '用户最近 5 次请求都成功',
      'admin-runs': 'shop-admin 照常运行',
      'same-service': 'Service 和它的地址没有换',
    },
    hints: [
      'Running 不等于有人转发给它：看 Service 的 Endpoints。',
      '把 Service 的 selector 和 Pod 的标签（`kubectl get pods --show-labels`）并排比。',
      '只留 `app=shop` 会把 `shop-admin` 也算进来。',
    ],
    teaches: 'Service 靠标签找 Pod；没有端点时连接被立刻拒绝。',
  },
  en: {
    title: 'A Service that nobody answers',
    report:
      'The shop does not open: connections are refused at once. All pods are Running, and restarting them did not help.',
    goals: {
      'right-endpoints': "the Service's endpoints are exactly shop's three pods",
      'users-served': "the users' last five requests succeeded",
      'admin-runs': 'shop-admin runs as before',
      'same-service': 'the Service and its address are the same',
    },
    hints: [
      'Running does not mean that traffic gets there: look at the Endpoints of the Service.',
      "Put the Service's selector beside the pods' labels (`kubectl get pods --show-labels`).",
      'A selector of `app=shop` alone would take in `shop-admin` too.',
    ],
    teaches: 'A Service finds pods by labels; with no endpoints a connection is refused at once.',
  },
} satisfies DrillText
