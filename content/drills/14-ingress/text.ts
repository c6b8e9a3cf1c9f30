import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '域名打开是 404',
    report: '`shop.example` 上线，打开是 nginx 的 404；直接访问 Service 一切正常。',
    goals: {
      'domain-served': '`shop.example` 最近 5 次请求都成功',
      'other-domains-not': '别的域名仍然是 404',
      'one-class': '集群里仍只有 nginx 这一个 IngressClass，控制器没有动',
      'service-unchanged': 'Service 仍是 80 端口',
    },
    hints: [
      '404 来自控制器：它没有这条路由。`kubectl get ingress` 的 CLASS 和 ADDRESS 各是什么？',
      '类名要和 `kubectl get ingressclass` 里的一致。',
      '修好类名变成 503？那是后端：规则里的端口是 Service 的端口。',
    ],
    teaches: '类决定谁来管；404 是没有路由，503 是没有后端。',
  },
  en: {
    title: 'The domain says 404',
    report: "`shop.example` went live and shows nginx's 404. Asking the Service directly works.",
    goals: {
      'domain-served': 'the last five requests to `shop.example` succeeded',
      'other-domains-not': 'other domains still get 404',
      'one-class': 'nginx is still the only IngressClass and the controller was not touched',
      'service-unchanged': 'the Service still has port 80',
    },
    hints: [
      'The 404 comes from the controller: it has no such route. What stands in CLASS and ADDRESS of `kubectl get ingress`?',
      'The class must be one of `kubectl get ingressclass`.',
      "Now it is 503? That is the backend: the port in a rule is the Service's port.",
    ],
    teaches: 'The class decides who serves; 404 means no route, 503 no backend.',
  },
} satisfies DrillText
