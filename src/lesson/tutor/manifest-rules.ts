// A file that kubectl or the server refused: the lines at fault, and what would mend them. The diagnosis is the editor's.
import { customKinds } from '../../api/custom/definitions.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { diagnose } from '../../manifest/diagnose.ts'
import type { Diagnostic } from '../../manifest/diagnostic.ts'
import { applyEdit, quickFix } from '../../manifest/fixes.ts'
import { findFieldLine } from '../../manifest/places.ts'
import type { SourceLine } from './explanation.ts'
import { flagValue, kubectlCall, type Said } from './said.ts'

export interface FileFinding {
  readonly file: string
  readonly problem: Diagnostic | undefined
  readonly line: number
  readonly lines: readonly SourceLine[]
  /** The whole text, mended. */
  readonly mended?: string
}

const around = 1

/** What is wrong in the file that the command names. */
export function inFile(said: Said): FileFinding | undefined {
  const file = flagValue(kubectlCall(said) ?? [], '-f', '--filename')?.text
  const text = file && file !== '-' ? said.around.read(file) : undefined
  if (!file || text === undefined) return undefined
  const definitions = said.around.objects('customresourcedefinitions')
  const problem = diagnose(text, { customKinds, definitions }).find(({ severity }) => severity === 'error')
  if (!problem) return byField(said, file, text)
  const edit = quickFix(text, problem)
  const mended = edit && applyEdit(text, edit)
  const line = edit && mended !== undefined ? edit.line : problem.line
  return {
    file,
    problem,
    line,
    lines: changedLines(text, line, Math.max(edit?.endLine ?? line, line), mended),
    // Only what is whole afterwards is offered: not one that only moves the fault.
    ...(mended !== undefined && isBetter(mended, problem, definitions) && { mended }),
  }
}

/** A mended file has lost the fault, and got no other at the same place. */
function isBetter(mended: string, problem: Diagnostic, definitions: readonly KubeObject[]): boolean {
  const left = diagnose(mended, { customKinds, definitions })
  return !left.some(
    each => each.code === problem.code && each.line === problem.line && each.path === problem.path,
  )
}

/** The text is good by itself: the server names the field that it does not take in this cluster. */
function byField({ output }: Said, file: string, text: string): FileFinding | undefined {
  const [, field] = /(?:is invalid: |\* )([\w.[\]/-]+): /.exec(output) ?? []
  const line = field ? findFieldLine(text, field) : undefined
  if (line === undefined) return undefined
  return { file, problem: undefined, line, lines: changedLines(text, line, line, undefined) }
}

/** The lines at fault between those beside them, and below them what they become. */
function changedLines(text: string, from: number, to: number, mended: string | undefined): SourceLine[] {
  const lines = text.split('\n')
  const row = (number: number, tone: SourceLine['tone'], of = lines): SourceLine => ({
    number,
    text: of[number - 1] ?? '',
    tone,
  })
  const rows: SourceLine[] = []
  for (let n = Math.max(1, from - around); n < from; n++) rows.push(row(n, 'same'))
  const after = mended?.split('\n')
  const inserted = after ? after.length - lines.length : 0
  if (!inserted) for (let n = from; n <= to; n++) rows.push(row(n, 'out'))
  if (after) for (let n = from; n <= to + Math.max(0, inserted - 1); n++) rows.push(row(n, 'in', after))
  if (inserted) rows.push(row(from, 'same'))
  return rows
}
