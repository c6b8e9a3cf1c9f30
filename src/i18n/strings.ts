// The words of a language, and how a word's places are filled.
import { en, type Strings } from './en.ts'
import { zh } from './zh.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** What stands in `<html lang>`. */
export const htmlLanguage: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

export const strings: Record<Language, Strings> = { zh, en }

export const otherLanguage = (language: Language): Language => (language === 'zh' ? 'en' : 'zh')

/** `fill('{n} lessons', { n: 3 })` */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export type { Strings }
