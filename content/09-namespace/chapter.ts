import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'Namespace', en: 'Namespaces' },
  summary: {
    zh: '几个组共用一个集群：名字各用各的，互相找得到，份额说得清，谁能动什么写得明白。',
    en: 'Several teams in one cluster: names of their own, a way to find each other, shares that are agreed, and a plain word on who may touch what.',
  },
} satisfies Chapter
