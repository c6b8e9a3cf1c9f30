// The words of both languages: for what is built. What runs in the page takes one language alone, and `fill.ts`.
import { en, type Strings } from './en.ts'
import { zh } from './zh.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** What stands in `<html lang>`. */
export const htmlLanguage: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

export const strings: Record<Language, Strings> = { zh, en }

export const otherLanguage = (language: Language): Language => (language === 'zh' ? 'en' : 'zh')

export { fill } from './fill.ts'
export type { Strings }
