// S15: the server refuses.
import type { Fault } from '../../../src/cluster/fault.ts'
import { apply, type Case, json } from '../case.ts'

const etcd: Fault = { type: 'etcd-down' }

export const refused: readonly Case[] = [
  {
    chain: [86],
    build: [apply('reporter')],
    ask: 'refusal',
    zh: 'system:serviceaccount:default:reporter 没有任何绑定；reporter-reads 写的是 kube-system 里的 reporter。',
    en: 'No binding names system:serviceaccount:default:reporter; reporter-reads names reporter in kube-system.',
    cure: [
      json('rolebinding reporter-reads', [
        { op: 'replace', path: '/subjects/0/namespace', value: 'default' },
      ]),
    ],
  },
  {
    chain: [87],
    build: [
      "sed -i '/serviceAccountName/d;s/namespace: kube-system/namespace: default/' reporter.yaml",
      apply('reporter'),
    ],
    ask: 'refusal',
    zh: 'reporter 用的是 default，权限给了 reporter。',
    en: 'reporter runs as default; the permission is reporter’s.',
    cure: [
      "sed -i 's/terminationGracePeriodSeconds: 0/serviceAccountName: reporter/' reporter.yaml",
      'kubectl delete pod reporter',
      apply('reporter'),
    ],
    heals: 640,
  },
  {
    chain: [88],
    build: [apply('two', 'budget'), 20, 'kubectl drain k8s-node1 --ignore-daemonsets --timeout=10s'],
    waits: 1,
    workers: 2,
    ask: 'refusal',
    zh: 'web 要至少 2 个可用，现在正好 2 个，一个也不能走。',
    en: 'web wants 2 available and has 2: none may go.',
    cure: [
      'kubectl scale deployment web --replicas=3',
      20,
      'kubectl drain k8s-node1 --ignore-daemonsets --timeout=60s',
    ],
  },
  {
    chain: [89],
    build: [apply('immutable'), 'sed -i s/old/new/ immutable.yaml', apply('immutable')],
    ask: 'refusal',
    zh: 'data 建好就不能改；换一个名字。',
    en: 'data cannot change once it is made; give it a new name.',
    cure: ['sed -i s/app-config/app-config-2/ immutable.yaml', apply('immutable')],
  },
  {
    chain: [90],
    build: [etcd, apply('plain')],
    waits: 1,
    ask: 'refusal',
    zh: 'API 在，存储不在：什么都写不了，正在跑的继续跑。',
    en: 'The API answers, its store does not: nothing can be written; what runs, runs on.',
    cure: [{ repair: etcd }, apply('plain')],
  },
]
