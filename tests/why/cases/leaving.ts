// S13 and S14: a node is silent, or something does not go.
import type { Fault } from '../../../src/cluster/fault.ts'
import { apply, type Case } from '../case.ts'

const silent: Fault = { type: 'kubelet-stopped', node: 'k8s-node2' }
const lost: Fault = { type: 'node-lost', node: 'k8s-node2' }

export const leaving: readonly Case[] = [
  // ---- nodes
  {
    chain: [79],
    workers: 2,
    build: [silent],
    ask: 'node/k8s-node2',
    zh: 'k8s-node2 的 kubelet 停了；容器还在跑，只是没人报告。',
    en: 'The kubelet on k8s-node2 has stopped; containers run on, nobody reports.',
    cure: ['ssh k8s-node2 systemctl start kubelet'],
  },
  {
    chain: [80],
    workers: 2,
    build: [lost],
    ask: 'node/k8s-node2',
    zh: 'k8s-node2 从网络上消失了；5 分钟后驱逐 Pod。',
    en: 'k8s-node2 has left the network; after 5 min its pods are evicted.',
    cure: [{ repair: lost }],
  },

  // ---- Terminating
  {
    chain: [81],
    build: [apply('archived'), 'kubectl -n old-shop delete configmap orders-2025 --wait=false'],
    ask: 'configmap/old-shop/orders-2025',
    zh: '等 finalizer archive.shop.example/copied 被处理；它的控制器这里不认识。',
    en: 'It waits for the finalizer archive.shop.example/copied; its controller is not known here.',
    cure: [
      `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
  },
  {
    chain: [82],
    build: [apply('archived'), 5, 'kubectl delete namespace old-shop --wait=false'],
    ask: 'namespace/old-shop',
    zh: '里面还有 1 个 ConfigMap 带 finalizer archive.shop.example/copied：orders-2025。',
    en: 'Still in it, with the finalizer archive.shop.example/copied: 1 ConfigMap (orders-2025).',
    cure: [
      `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
  },
  {
    chain: [83, 79],
    workers: 2,
    build: [apply('on-second'), 20, silent, 60, 'kubectl delete pod web --wait=false'],
    ask: 'pod/web',
    zh: 'k8s-node2 的 kubelet 停了；容器还在跑，只是没人报告。',
    en: 'The kubelet on k8s-node2 has stopped; containers run on, nobody reports.',
    cure: [{ repair: silent }],
  },
  {
    chain: [84],
    build: [apply('deaf'), 20, 'kubectl delete pod web --wait=false'],
    ask: 'pod/web',
    zh: '程序收到 TERM 后还没退出，02:00 时会被强杀。',
    en: 'The program has not ended since TERM and is killed at 02:00.',
    cure: [],
  },
  {
    chain: [85],
    build: [apply('disk', 'claim', 'with-claim'), 20, 'kubectl delete pvc web-data --wait=false'],
    ask: 'pvc/web-data',
    zh: 'web 还在用它。',
    en: 'web still uses it.',
    cure: ['kubectl delete pod web'],
  },
]
