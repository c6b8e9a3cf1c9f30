// What a page says of a version that came while it was open.
import type { Language } from './strings.ts'

export const offlineStrings: Record<Language, { newVersion: string; reload: string; later: string }> = {
  zh: { newVersion: '网站有新版本。', reload: '重新加载', later: '以后再说' },
  en: { newVersion: 'There is a new version of this site.', reload: 'Reload', later: 'Later' },
}
