import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'Job 与 CronJob', en: 'Job and CronJob' },
  summary: {
    zh: '做完就该停的程序：跑一次，分几份跑，失败了留下现场，夜里按时跑，到点撞车时听谁的。最后看一眼要固定名字和磁盘的 StatefulSet。',
    en: 'Programs that should stop when they are done: run once, split among several, keep the evidence of a failure, run at night by the clock, and settle who yields when two runs meet. With a first look at StatefulSet, for programs that want to keep their name and their disk.',
  },
} satisfies Chapter
