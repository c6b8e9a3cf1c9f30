// How `npm run validate` tells what it found: for people, for programs, and for GitHub's annotations of a pull request
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
import { explain } from '../../src/i18n/diagnostics.ts'
import { skipped as reasons } from '../../src/i18n/skipped.ts'
import type { Language } from '../../src/i18n/strings.ts'
import type { Diagnostic } from '../../src/manifest/diagnostic.ts'
import type { SkipReason } from '../../src/manifest/skipped.ts'

export interface Checked {
  readonly file: string
  /** It could not be read. */
  readonly fault?: string
  /** It is no manifest. */
  readonly skipped?: SkipReason
  readonly diagnostics?: readonly Diagnostic[]
  /** Objects of kinds that nothing here defines. */
  readonly ignored?: readonly Diagnostic[]
}

type Format = (checked: readonly Checked[], language: Language) => void

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`

function totals(checked: readonly Checked[]) {
  const all = checked.flatMap(({ diagnostics = [] }) => diagnostics)
  const faults = checked.filter(({ fault }) => fault !== undefined).length
  const skipped = checked.filter(each => each.skipped).length
  return {
    files: checked.length - skipped,
    errors: all.filter(({ severity }) => severity === 'error').length + faults,
    warnings: all.filter(({ severity }) => severity === 'warning').length,
    skipped,
  }
}

function summary(checked: readonly Checked[]): string {
  const { files, errors, warnings, skipped } = totals(checked)
  return `${count(files, 'file')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}${skipped ? `, ${skipped} skipped` : ''}`
}

const whole = ({ path, message }: Diagnostic): string =>
  path && !message.includes(path) ? `${message} (${path})` : message

const text: Format = (checked, language) => {
  for (const { file, fault, skipped, diagnostics = [], ignored = [] } of checked) {
    if (fault !== undefined) console.error(`${file}: ${fault}`)
    if (skipped) console.error(`${file}: skipped: ${reasons[language][skipped]}`)
    for (const { line, message } of ignored) console.error(`${file}:${line}: skipped: ${message}`)
    for (const each of diagnostics)
      console.log(
        `${file}:${each.line}:${each.column}: ${each.severity}: ${whole(each)}\n    ${explain(each, language)}`,
      )
  }
  console.error(summary(checked))
}

const json: Format = (checked, language) => {
  const diagnostics = checked.flatMap(({ file, diagnostics = [] }) =>
    diagnostics.map(each => {
      const { severity, code, path, line, column, endLine, endColumn, message } = each
      const explanation = explain(each, language)
      return { file, line, column, endLine, endColumn, severity, code, path, message, explanation }
    }),
  )
  const skipped = checked.flatMap(({ file, skipped, ignored = [] }) => [
    ...(skipped ? [{ file, reason: reasons[language][skipped] }] : []),
    ...ignored.map(({ line, message }) => ({ file, line, reason: message })),
  ])
  const unreadable = checked.flatMap(({ file, fault }) =>
    fault === undefined ? [] : [{ file, message: fault }],
  )
  console.log(JSON.stringify({ summary: totals(checked), diagnostics, skipped, unreadable }, null, 2))
}

const data = (value: string) => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (value: string) => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')

const github: Format = (checked, language) => {
  const say = (level: string, properties: Record<string, string | number>, message: string) => {
    const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
    console.log(`::${level} ${list.join(',')}::${data(message)}`)
  }
  for (const { file, fault, skipped, diagnostics = [], ignored = [] } of checked) {
    if (fault !== undefined) say('error', { file }, fault)
    if (skipped) say('notice', { file }, `skipped: ${reasons[language][skipped]}`)
    for (const { line, message } of ignored) say('notice', { file, line }, `skipped: ${message}`)
    for (const each of diagnostics) {
      const { line, endLine, column, endColumn, code } = each
      const range = { line, endLine, col: column, endColumn }
      say(each.severity, { file, ...range, title: code }, `${whole(each)}\n${explain(each, language)}`)
    }
  }
  console.error(summary(checked))
}

/** By the names that --output takes. */
export const formats: Readonly<Record<string, Format>> = { text, json, github }
