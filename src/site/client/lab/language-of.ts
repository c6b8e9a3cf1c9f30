import type { LanguageName } from './languages.ts'

/** In what a file is written, by its name: `yaml` covers JSON; undefined: plain text. */
export function languageOf(file: string): 'yaml' | LanguageName | undefined {
  const name = file.split('/').at(-1)!
  if (/\.(ya?ml|json)$/i.test(name)) return 'yaml'
  if (/\.go$/.test(name)) return 'go'
  return /^dockerfile(\.|$)|\.dockerfile$/i.test(name) ? 'dockerfile' : undefined
}
