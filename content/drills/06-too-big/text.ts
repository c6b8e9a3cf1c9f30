import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '谁也装不下的 Pod',
    report: '搜索服务的 3 个 Pod 一直 Pending。集群监控说 CPU 很闲，隔壁组的 billing 不许动。',
    goals: {
      'three-ready': 'search 的 3 个副本就绪',
      'still-requests': '仍然写明 CPU 请求（50m 到 1）',
      'off-master': '控制平面节点照旧不接业务 Pod',
      'billing-untouched': 'billing 一直有 2 个可用',
    },
    hints: [
      '`describe` 一个 Pending 的 Pod，最后一条事件按节点数原因。',
      '请求的是“预留”，不是用量：`kubectl describe node` 看 Allocated resources。',
      '一台节点一共 2 个 CPU；清单里请求了 4，多半是想写 400m。',
    ],
    teaches: '调度器只看请求和可分配量，不看实际用量。',
  },
  en: {
    title: 'A pod that fits nowhere',
    report:
      "The search service's three pods stay Pending. The dashboards say the CPUs are idle, and the billing of the team next door must not be touched.",
    goals: {
      'three-ready': "search's three replicas are ready",
      'still-requests': 'it still requests CPU (50m to 1)',
      'off-master': "the control plane's node still takes none of them",
      'billing-untouched': 'billing always had 2 available',
    },
    hints: [
      'Describe a Pending pod: the last event counts the reasons by node.',
      'A request reserves, whatever is used: see Allocated resources in `kubectl describe node`.',
      'A node has 2 CPUs; the manifest asks for 4 where 400m was probably meant.',
    ],
    teaches: 'The scheduler looks at requests and allocatable, never at use.',
  },
} satisfies DrillText
