import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'Service', en: 'Service' },
  summary: {
    zh: 'Pod 来来去去，调用方只记一个名字：Service 怎样找到 Pod，数据包怎样走到，连不上时去看哪里。',
    en: 'Pods come and go, callers keep one name: how a Service finds its pods, how packets get there, where to look when they do not.',
  },
} satisfies Chapter
