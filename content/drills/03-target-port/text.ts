import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '端口的名字',
    report: '昨天整理了清单，今天 Service 有选择算符、Pod 也就绪，可一个请求也到不了。',
    goals: {
      'users-served': '用户对 `http://shop` 的最近 5 次请求都成功',
      'port-80': 'Service 仍是原来的地址和 80 端口',
      'three-ready': '3 个副本全部就绪，Service 自己找到了它们',
      'never-below-3': '全程可用副本不少于 3',
    },
    hints: [
      '`describe` Service：有 Endpoints 吗？EndpointSlice 的 PORTS 一栏呢？',
      '`targetPort` 写的是名字，名字要在 Pod 的 ports 里找得到。',
      'Pod 里那个端口叫什么？',
    ],
    teaches: 'port 是客人敲的门，`targetPort` 是 Pod 里的门；写名字就必须有这个名字。',
  },
  en: {
    title: 'A port by another name',
    report:
      'The manifests were tidied up yesterday. Today the selector matches and the pods are ready, yet not one request arrives.',
    goals: {
      'users-served': "the users' last five requests to `http://shop` succeeded",
      'port-80': 'the Service keeps its address and port 80',
      'three-ready': 'all three replicas are ready, and the Service finds them by itself',
      'never-below-3': 'never fewer than 3 available',
    },
    hints: [
      'Describe the Service: are there endpoints? What stands in PORTS of the EndpointSlice?',
      '`targetPort` is a name here; it must be the name of a port in the pod.',
      'What is that port called in the pod?',
    ],
    teaches: 'port is where callers knock, `targetPort` the door in the pod; a name must exist there.',
  },
} satisfies DrillText
