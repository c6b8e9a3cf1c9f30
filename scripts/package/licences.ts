// The licences of the packages whose modules a bundle holds.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `modules`: full paths. Throws where a package says nothing of its licence: then it may not be passed on. */
export function licencesOf(modules: readonly string[]): { names: string[]; text: string } {
  const folders = new Map<string, string>()
  for (const module of modules) {
    const [, folder, name] = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(module) ?? []
    if (folder && name) folders.set(name.replaceAll('\\', '/'), folder)
  }
  const names = [...folders.keys()].sort()
  const parts = names.map(name => {
    const folder = folders.get(name)!
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const texts = readdirSync(folder)
      .filter(file => /^(?:licen[cs]e|notice|copying)/i.test(file))
      .map(file => readFileSync(join(folder, file), 'utf8').trimEnd())
    if (!texts.length && !license) throw new Error(`${name} says nothing of its licence`)
    return [`${name} ${version} (${license})`, ...texts].join('\n\n')
  })
  return { names, text: `${parts.join(`\n\n${'-'.repeat(70)}\n\n`)}\n` }
}
