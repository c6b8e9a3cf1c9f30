import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '少了一个键',
    report: '新服务 orders 部署后一个 Pod 都没起来，日志也看不到。开发说“配置都给了”。',
    goals: {
      'two-ready': '2 个副本就绪',
      'from-configmap': '`DB_URL` 仍取自 ConfigMap，不是可选的，值正确',
      'same-deployment': 'Deployment 没有被删掉重建',
    },
    hints: [
      'STATUS 里的 `CreateContainerConfigError` 说的是“容器还没创建，配置就不齐”。',
      '`kubectl describe pod`：事件点名了缺哪个键。',
      '把 ConfigMap 的键和 Deployment 里写的键对一下，大小写也算。',
    ],
    teaches: '缺键时容器不创建、没有日志；补上键后 kubelet 自己会再试。',
  },
  en: {
    title: 'One key short',
    report:
      'The new service orders has no pod up and there are no logs to read. The developers say that all the configuration is there.',
    goals: {
      'two-ready': 'both replicas are ready',
      'from-configmap': '`DB_URL` still comes from the ConfigMap, is not optional and has the right value',
      'same-deployment': 'the Deployment was not made anew',
    },
    hints: [
      '`CreateContainerConfigError`: the container was not even made, its configuration is incomplete.',
      '`kubectl describe pod`: the event names the missing key.',
      'Compare the keys of the ConfigMap with the key in the Deployment; case counts.',
    ],
    teaches:
      'A missing key means no container and no log; once the key is there the kubelet goes on by itself.',
  },
} satisfies DrillText
