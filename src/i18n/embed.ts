// Words of the page that other sites show in a frame. Only the build needs them.
import type { Language } from './strings.ts'

const en = {
  title: 'Lab in a frame',
  open: 'Open on its own site',
  refused: 'This address names nothing that can be shown in a frame.',
  unknown: 'The course has no such lesson or file.',
}

const zh: typeof en = {
  title: '嵌入的实验台',
  open: '到原网站打开',
  refused: '这个地址没有指明可以嵌入的内容。',
  unknown: '教程里没有这一课，也没有这个文件。',
}

export const embedWords: Readonly<Record<Language, typeof en>> = { en, zh }
