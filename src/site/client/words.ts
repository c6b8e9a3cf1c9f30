// The language of the page, and what its scripts say in it.
import { pageWords } from '../../i18n/page.ts'

export const language = document.documentElement.dataset.language === 'en' ? 'en' : 'zh'
export const words = pageWords[language]
