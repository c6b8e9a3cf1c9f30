import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: '简介', en: 'How it all hangs together' },
  summary: {
    zh: '一条命令经过哪些地方，谁记下来，谁去做；把每一个组件停一次，看少了它会怎样。',
    en: 'Where a command goes, who writes it down and who acts on it. Stop each component once and see what is missing without it.',
  },
} satisfies Chapter
