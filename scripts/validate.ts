// npm run validate -- [--lang zh|en] FILE | DIRECTORY | - …
//
// Says what is wrong with Kubernetes manifests, without a cluster: `file:line:column: severity: message`, and what it
// means. Directories are searched for .yaml and .yml files, and .json files that have a kind or an apiVersion, but
// not node_modules, dist or hidden folders; `-` is standard input. Exits with 1 where anything is an error, with 0 where
// there are at most warnings.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { explain } from '../src/i18n/diagnostics.ts'
import { languages } from '../src/i18n/strings.ts'
import { diagnose } from '../src/manifest/diagnose.ts'
import { misused, readOptions } from './lib/options.ts'

const lang = /^zh/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'zh' : 'en'
const { values, positionals } = readOptions(import.meta.filename, {
  allowPositionals: true,
  options: { lang: { type: 'string', default: lang } },
})
const language =
  languages.find(l => l === values.lang) ??
  misused(import.meta.filename, `There is no language ${values.lang}: zh or en`)
if (!positionals.length) misused(import.meta.filename, 'Name a file or a directory')

let files = 0
let errors = 0
let warnings = 0
for (const argument of positionals) {
  for (const file of filesOf(argument)) {
    files++
    const text = read(file)
    if (text === undefined) continue
    for (const diagnostic of diagnose(text)) {
      if (diagnostic.severity === 'error') errors++
      else warnings++
      const name = file === '-' ? '<stdin>' : file
      const path =
        diagnostic.path && !diagnostic.message.includes(diagnostic.path) ? ` (${diagnostic.path})` : ''
      console.log(
        `${name}:${diagnostic.line}:${diagnostic.column}: ${diagnostic.severity}: ${diagnostic.message}${path}\n    ${explain(diagnostic, language)}`,
      )
    }
  }
}
const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
console.error(`${count(files, 'file')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`)
process.exitCode = errors ? 1 : 0

function filesOf(path: string): string[] {
  return path !== '-' && statSync(path, { throwIfNoEntry: false })?.isDirectory() ? walk(path).sort() : [path]
}

/** Not what was installed or built, nor what is hidden; JSON only where it is meant as a manifest. */
function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(\.|(node_modules|dist)$)/.test(entry.name) ? [] : walk(path)
    if (!entry.isFile()) return []
    return /\.ya?ml$/.test(entry.name) || (entry.name.endsWith('.json') && isManifest(path)) ? [path] : []
  })
}

function isManifest(file: string): boolean {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
    const value = JSON.parse(text)
    return value !== null && typeof value === 'object' && ('kind' in value || 'apiVersion' in value)
  } catch {
    // no JSON, perhaps by a slip
    return /"kind"\s*:/.test(text) && /"apiVersion"\s*:/.test(text)
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    console.error(`${file}: ${code === 'ENOENT' ? 'there is no such file or directory' : message}`)
    errors++
    return undefined
  }
}
