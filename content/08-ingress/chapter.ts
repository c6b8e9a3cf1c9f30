import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: 'Ingress', en: 'Ingress' },
  summary: {
    zh: '几个程序共用一扇门：谁写规则，谁转请求，域名、路径、证书各写在哪里，门口怎样不断人，控制器退役以后怎么办。',
    en: 'Several programs behind one door: who writes the rules and who forwards, where hosts, paths and certificates belong, how the door stays staffed, and what to do now that its keeper has retired.',
  },
} satisfies Chapter
