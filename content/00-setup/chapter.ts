import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: '环境准备', en: 'Getting ready' },
  summary: {
    zh: '两个地址，没有说明书：认出谁管事，不上网也查得到字段，并且知道弄坏了怎么办。',
    en: 'Two addresses and no manual: see who is in charge, look fields up without the web, and know what to do when something breaks.',
  },
} satisfies Chapter
