import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'Pod', en: 'Pods' },
  summary: {
    zh: '一组一起调度、共用网络的容器：怎样来，怎样走，病了怎样看。',
    en: 'Containers that are placed together and share a network: how they come, how they go, how to tell what ails them.',
  },
} satisfies Chapter
