import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: '结语', en: 'To end with' },
  summary: {
    zh: '最后一场事故，六处毛病一起来，看着集群的钟修好它。然后是从这里往哪里走，和这门课没有教的。',
    en: 'One last incident, six faults at once, against the clock of the cluster. And where to go from here, with what this course did not teach.',
  },
} satisfies Chapter
