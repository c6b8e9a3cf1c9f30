import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '什么名字都找不到',
    report: '所有应用同时报错：域名解析超时。CoreDNS 的两个 Pod 都是 Running，重启也没用。',
    goals: {
      'names-resolve': '用户用名字访问 shop，最近 5 次都成功',
      'dns-endpoints': '`kube-dns` 的端点是两个 CoreDNS Pod',
      'same-address': '`kube-dns` 还是那个 Service、那个地址',
      'apps-untouched': '应用的清单没有改',
    },
    hints: [
      'Pod 问的是谁？看它的 `/etc/resolv.conf`，再看那个地址是哪个 Service 的。',
      'CoreDNS 健康，不等于有人把查询送到它那里。',
      '`kubectl -n kube-system get svc kube-dns -o yaml` 的 selector，和 CoreDNS Pod 的标签比一比。',
    ],
    teaches: '集群 DNS 也只是一个 Service；先找出断在哪一跳。',
  },
  en: {
    title: 'No name is found',
    report:
      'All applications fail at once: name resolution times out. Both pods of CoreDNS are Running, and restarting them did not help.',
    goals: {
      'names-resolve': "the users' last five requests by name succeeded",
      'dns-endpoints': '`kube-dns` has the two CoreDNS pods as endpoints',
      'same-address': '`kube-dns` is the same Service with the same address',
      'apps-untouched': "the applications' manifests are unchanged",
    },
    hints: [
      'Whom does a pod ask? See its `/etc/resolv.conf`, then which Service has that address.',
      'That CoreDNS is healthy does not mean queries get there.',
      'Compare the selector of the Service `kube-dns` in `kube-system` with the labels of the CoreDNS pods.',
    ],
    teaches: 'Cluster DNS is a Service like any other; find the hop that breaks.',
  },
} satisfies DrillText
