// npm run validate -- [--lang zh|en] [--output text|json|github] [--ignore-missing-schemas] FILE | DIRECTORY | - …
//
// Says what is wrong with Kubernetes manifests, without a cluster: `file:line:column: severity: message`, and what it
// means. Directories are searched for .yaml and .yml files, and .json files that have a kind or an apiVersion, but
// not node_modules, dist or hidden folders; `-` is standard input. Kustomizations, templates and what is no manifest are
// skipped with a note. Kinds that a CustomResourceDefinition of the same files defines are checked by its schema; those of
// others' groups are errors, unless --ignore-missing-schemas skips them. --output github marks the lines of a pull request.
// Exits with 1 where anything is an error, with 0 where there are at most warnings.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { customKinds } from '../src/api/custom/definitions.ts'
import { languages } from '../src/i18n/strings.ts'
import { definitionsIn } from '../src/manifest/custom-kinds.ts'
import { diagnose } from '../src/manifest/diagnose.ts'
import { skipReason } from '../src/manifest/skipped.ts'
import { withParts } from '../src/parts/load.ts'
import { misused, readOptions } from './lib/options.ts'
import { type Checked, formats } from './validate/formats.ts'

const script = import.meta.filename
const lang = /^zh/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'zh' : 'en'
const { values, positionals } = readOptions(script, {
  allowPositionals: true,
  options: {
    lang: { type: 'string', default: lang },
    output: { type: 'string', short: 'o', default: 'text' },
    'ignore-missing-schemas': { type: 'boolean', default: false },
  },
})
const language =
  languages.find(l => l === values.lang) ?? misused(script, `There is no language ${values.lang}: zh or en`)
const format =
  Object.entries(formats).find(([name]) => name === values.output)?.[1] ??
  misused(script, `There is no output ${values.output}: ${Object.keys(formats).join(', ')}`)
if (!positionals.length) misused(script, 'Name a file or a directory')

const files = positionals
  .flatMap(filesOf)
  .map(file => ({ file: file === '-' ? '<stdin>' : file, ...read(file) }))
const texts = files.flatMap(({ file, text }) =>
  text === undefined ? [] : [{ file, text, skipped: skipReason(file.replaceAll('\\', '/'), text) }],
)
const meant = texts.filter(({ skipped }) => !skipped)

/** The rules of a kind are loaded when a manifest has one. */
const checked = await withParts(() => {
  const rules = customKinds(meant.flatMap(({ text }) => definitionsIn(text)))
  return files.map(each => check(each, rules))
})
format(checked, language)
const failed = ({ fault, diagnostics = [] }: Checked): boolean =>
  fault !== undefined || diagnostics.some(({ severity }) => severity === 'error')
process.exitCode = checked.some(failed) ? 1 : 0

function check({ file, fault }: (typeof files)[number], rules: ReturnType<typeof customKinds>): Checked {
  if (fault !== undefined) return { file, fault }
  const { text, skipped } = texts.find(each => each.file === file)!
  if (skipped) return { file, skipped }
  const found = diagnose(text, { customKinds: () => rules })
  const ignored = values['ignore-missing-schemas'] ? found.filter(({ code }) => code === 'foreign-kind') : []
  return { file, diagnostics: found.filter(each => !ignored.includes(each)), ignored }
}

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

function read(file: string): { text: string; fault?: undefined } | { text?: undefined; fault: string } {
  try {
    return { text: readFileSync(file === '-' ? 0 : file, 'utf8') }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { fault: code === 'ENOENT' ? 'there is no such file or directory' : message }
  }
}
