// npm run validate -- [--lang zh|en] FILE | DIRECTORY | - …
//
// Says what is wrong with Kubernetes manifests, without a cluster: `file:line:column: severity: message`, and what it
// means. Directories are searched for .yaml, .yml and .json files; `-` is standard input. Exits with 1 where anything is
// an error, with 0 where there are at most warnings.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { explain } from '../src/i18n/diagnostics.ts'
import { languages } from '../src/i18n/strings.ts'
import { diagnose } from '../src/manifest/diagnose.ts'

const usage = 'usage: npm run validate -- [--lang zh|en] FILE | DIRECTORY | - …'
const { values, positionals } = options()
const language = languages.find(l => l === values.lang)
if (!language || !positionals.length) fail(usage)

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

function options() {
  const lang = /^zh/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'zh' : 'en'
  try {
    return parseArgs({ allowPositionals: true, options: { lang: { type: 'string', default: lang } } })
  } catch (error) {
    fail(`${(error as Error).message}\n${usage}`)
  }
}

function filesOf(path: string): string[] {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    console.error(`${file}: ${(error as Error).message}`)
    errors++
    return undefined
  }
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
