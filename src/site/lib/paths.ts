// Addresses within the site, under whatever base path it is built for.
import type { Language } from '../../i18n/strings.ts'

const base = import.meta.env.BASE_URL.replace(/\/*$/, '/')

/** `/zh/04-deployment/` → the same under the base path. */
export const href = (path: string): string => base + path.replace(/^\//, '')

export const homePath = (language: Language): string => `/${language}/`

/** The same page in another language: only the first part of a path tells the language. */
export const inLanguage = (path: string, language: Language): string =>
  path.replace(/^\/(zh|en)(?=\/)/, `/${language}`)

/** `/zh/04-deployment/` → its whole address; undefined where the build was not told where the site will stand. */
export const absolute = (path: string): string | undefined =>
  import.meta.env.SITE && new URL(href(path), import.meta.env.SITE).href
