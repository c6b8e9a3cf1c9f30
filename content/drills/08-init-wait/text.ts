import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '一直在等谁',
    report: 'orders 的 Pod 停在 Init:0/1 已经半小时，日志是空的。数据库 `order-db` 好好的。',
    goals: {
      'two-ready': 'orders 的 2 个副本就绪',
      'still-waits': 'Init 容器还在，仍然等数据库的名字',
      'name-leads-to-db': '它等的名字通到就绪的 `order-db`，端口 5432',
    },
    hints: [
      'Init:0/1：主容器还没开始，日志要看 init 容器（`kubectl logs -c`）。',
      '它在等哪个名字？`kubectl get svc` 里有吗？',
      '名字差一个字母：改等待的名字，或者给数据库加一个这个名字的 Service。',
    ],
    teaches: 'Init 容器按顺序挡在前面；看它的日志要加 `-c`。',
  },
  en: {
    title: 'Waiting for whom',
    report:
      'The pods of orders have stood at Init:0/1 for half an hour and log nothing. The database `order-db` is fine.',
    goals: {
      'two-ready': "orders' two replicas are ready",
      'still-waits': "the init container is still there and still waits for the database's name",
      'name-leads-to-db': 'the name it waits for leads to a ready `order-db`, port 5432',
    },
    hints: [
      "Init:0/1: the main container has not begun; read the init container's log (`kubectl logs -c`).",
      'Which name does it wait for? Is it in `kubectl get svc`?',
      'One letter differs: change the name it waits for, or give the database a Service of that name.',
    ],
    teaches: 'Init containers stand in front, in order; their logs need `-c`.',
  },
} satisfies DrillText
