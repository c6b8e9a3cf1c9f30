// What a failed command's output means, and one way out. The sentences are those of the index of errors; rules add the
// word that is wrong in this command, what it was probably meant to be, and the command that goes on.
import { fill } from '../../i18n/fill.ts'
import type { TutorWords } from '../../i18n/lab/tutor.en.ts'
import type { Language } from '../../i18n/strings.ts'
import type { Failure } from '../failure.ts'
import type { KnownError } from '../known-error.ts'
import type { Action, Explanation } from './explanation.ts'
import { findKnown } from './known.ts'
import { type FileFinding, inFile } from './manifest-rules.ts'
import { nameRules } from './name-rules.ts'
import { type Finding, findWord, kubectlCall, type Rule, readWords, type Said } from './said.ts'
import { oddCharacters, shellRules } from './shell-rules.ts'
import type { Surroundings } from './surroundings.ts'
import { usageRules } from './usage-rules.ts'

export interface TutorTexts {
  readonly language: Language
  readonly words: TutorWords
  /** Explanations of what a manifest's diagnosis finds. */
  readonly diagnostics: Readonly<Record<string, string>>
  readonly known: readonly KnownError[]
}

const rules: readonly Rule[] = [...shellRules, ...nameRules, ...usageRules]
/** Long words of the world are no part of a sentence. */
const longest = 120

export function explain(failure: Failure, around: Surroundings, texts: TutorTexts): Explanation {
  const said: Said = { ...failure, words: readWords(failure.command), around }
  const file = inFile(said)
  const finding = file?.problem ? undefined : findByRules(said)
  const entry = findKnown(failure.output, texts.known)
  const paragraphs = [...sentences(file, finding, entry, texts), ...aboutChange(said, texts)]
  const wrong = finding?.wrong ?? (file ? findWord(said, file.file) : undefined)
  return {
    command: failure.command,
    ...(wrong && { wrong: { from: wrong.from, to: wrong.to } }),
    ...(file && { source: { file: file.file, lines: file.lines } }),
    paragraphs,
    actions: actions(said, file, finding, entry, texts),
  }
}

function findByRules(said: Said): Finding | undefined {
  const odd = oddCharacters.find(/\S/.exec(said.command)!, said)
  if (odd) return odd
  for (const line of said.output.split('\n'))
    for (const { pattern, find } of rules) {
      const match = pattern.exec(line)
      const found = match && find(match, said)
      if (found) return found
    }
  return undefined
}

/** What it means, then what to do about it. */
function sentences(
  file: FileFinding | undefined,
  finding: Finding | undefined,
  entry: KnownError | undefined,
  { language, words, diagnostics }: TutorTexts,
): string[] {
  if (file?.problem) return [fill(diagnostics[file.problem.code] ?? '', safe(file.problem.params))]
  const own = finding?.code ? words.sentences[finding.code as keyof TutorWords['sentences']] : undefined
  const detail = own && fill(own, safe(finding?.params ?? {}))
  // What was meant says more than what the message means in general.
  if (detail && (finding?.instead || finding?.params?.near || !entry)) return [detail]
  if (!entry) return [words.unknown]
  // Where a rule knows what was meant here, the index's general advice would say it twice.
  return [entry.meaning[language], detail ?? entry.cure[language]]
}

/** Words of the world in a sentence: short, and without what marks code. */
const safe = (params: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const text = String(value ?? '').replaceAll('`', "'")
      return [name, text.length > longest ? `${text.slice(0, longest)}…` : text]
    }),
  )

/** Only of kubectl, and only where it is so: by the changes that were made from outside while the command ran. */
function aboutChange(said: Said, { words }: TutorTexts): string[] {
  // What a program in a container has done nobody knows here.
  if (!kubectlCall(said) || inContainer.test(said.output)) return []
  return said.changed ? [] : [words.unchanged]
}

const inContainer = /^command terminated with exit code/m

/** Whether a line is the command itself, with something changed. */
function goesOn({ command }: Said, finding: Finding | undefined, line: string): boolean {
  const { from, to } = finding?.wrong ?? { from: command.trimEnd().length, to: command.length }
  return line.startsWith(command.slice(0, from)) && line.endsWith(command.slice(to).trimEnd())
}

function actions(
  said: Said,
  file: FileFinding | undefined,
  finding: Finding | undefined,
  entry: KnownError | undefined,
  { words }: TutorTexts,
): Action[] {
  const list: Action[] = []
  const put = (line: string): Action => ({
    type: 'put',
    label: fill(goesOn(said, finding, line) ? words.change : words.type, { line: line.trim() }),
    line,
  })
  if (file) {
    const { mended, line } = file
    const name = said.around.fileName(file.file)
    const label = fill(words.mend, { line })
    if (mended !== undefined) list.push({ type: 'mend', label, file: name, text: mended, line: said.command })
    else if (!file.problem && finding?.cure) list.push(put(finding.cure))
    list.push({ type: 'open', label: fill(words.open, { line }), file: name, line })
  } else if (finding?.cure) list.push(put(finding.cure))

  if (finding?.more) list.push(put(finding.more))
  const help = said.around.path(kubectlCall(said)?.map(({ text }) => text) ?? [])
  if (!list.length && kubectlCall(said)) list.push(put(['kubectl', ...help, '--help'].join(' ')))
  const asked = said.output.split('\n').find(line => line.trim()) ?? ''
  list.push({ type: 'index', label: words.index, entry: entry?.name, asked: asked.slice(0, 200) })
  return list
}
