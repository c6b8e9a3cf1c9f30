import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '137',
    report: '`report-api` 每隔十几秒重启一次，日志里没有任何错误。监控说节点内存还剩一大半。',
    goals: {
      'two-steady': '2 个副本就绪，没有重启过',
      'still-limited': '仍有内存上限，不超过 256Mi',
      'useful-heap': '堆至少 32 MB，且小于上限',
    },
    hints: [
      '`describe` Pod：Last State 的 Reason 和 Exit Code。',
      '137 = 128 + 9：被内核杀掉的，进程来不及写日志。',
      '比较容器的内存上限和它的堆（`HEAP_MB`）。',
    ],
    teaches: '容器的上限说了算，不是节点的空闲内存。',
  },
  en: {
    title: '137',
    report:
      "`report-api` restarts every few seconds and its log shows no error. The dashboards say more than half of the nodes' memory is free.",
    goals: {
      'two-steady': 'both replicas are ready and have not been restarted',
      'still-limited': 'memory is still limited, to 256Mi at most',
      'useful-heap': 'the heap is at least 32 MB and smaller than the limit',
    },
    hints: [
      'Describe the pod: Reason and Exit Code of Last State.',
      '137 = 128 + 9: the kernel killed it; the process had no time to log.',
      "Compare the container's memory limit with its heap (`HEAP_MB`).",
    ],
    teaches: "The container's limit decides, not the node's free memory.",
  },
} satisfies DrillText
