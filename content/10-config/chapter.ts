import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'ConfigMap 与 Secret', en: 'ConfigMap and Secret' },
  summary: {
    zh: '不写进镜像的配置、密码和数据：怎样交给程序，谁看得到，改了以后谁会知道，怎样退回去。',
    en: 'Configuration, passwords and data outside the image: how a program gets them, who can see them, who hears of a change, and how to take it back.',
  },
} satisfies Chapter
