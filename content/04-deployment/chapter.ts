import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: '使用 Deployment', en: 'Deployment' },
  summary: {
    zh: '声明要几个 Pod、长什么样，然后更新、回滚、扩缩，用探针把坏版本挡在门外。',
    en: 'State how many pods you want and what they look like; then update, roll back and scale them, and keep bad versions out with probes.',
  },
} satisfies Chapter
