import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'DaemonSet', en: 'DaemonSet' },
  summary: {
    zh: '有一个节点就有一个 Pod：收日志、采指标、接网络的程序都这样运行。还有节点自己的事：污点、更新、腾空和维护。',
    en: 'Where there is a node there is a pod: this is how agents for logs, metrics and networks run. And what nodes themselves need: taints, updates, a drain before maintenance.',
  },
} satisfies Chapter
