import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '不会自动扩的自动扩缩',
    report: '大促流量上来，web 的 HPA 一直停在 2 个副本，TARGETS 显示 unknown。上周加过一个日志边车。',
    goals: {
      'metric-known': 'HPA 读得到 CPU（`ScalingActive` 为 True）',
      'scaled-by-hpa': 'HPA 自己扩到了 4 个以上并全部就绪',
      'bounds-kept': '上下限与目标没改',
      'sidecar-kept': '日志边车还在',
    },
    hints: [
      '`kubectl top pods` 有数吗？有，那就不是指标服务器。',
      '`describe` hpa：Conditions 里点名了哪个容器。',
      '利用率是用量除以请求：每个容器都要有 CPU 请求。',
    ],
    teaches: '按利用率扩缩要求每个容器都有请求；unknown 的原因在 HPA 的 Conditions。',
  },
  en: {
    title: 'An autoscaler that does not scale',
    report:
      'The sale brings traffic, but the HPA of web stays at 2 replicas and TARGETS says unknown. A logging sidecar was added last week.',
    goals: {
      'metric-known': 'the HPA can read CPU (`ScalingActive` is True)',
      'scaled-by-hpa': 'the HPA itself scaled to 4 or more, all ready',
      'bounds-kept': 'bounds and target are unchanged',
      'sidecar-kept': 'the logging sidecar is still there',
    },
    hints: [
      'Does `kubectl top pods` show numbers? Then the metrics server is fine.',
      'Describe the HPA: the conditions name a container.',
      'Utilization is use divided by request: every container needs a CPU request.',
    ],
    teaches:
      "Scaling by utilization needs requests on every container; the reason for unknown stands in the HPA's conditions.",
  },
} satisfies DrillText
