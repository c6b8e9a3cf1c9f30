// What is wrong with a manifest, in a cluster: with the kinds that it has beside its own. What causes another problem
// comes first, each with what mends it.
import { customKinds } from '../api/custom/definitions.ts'
import type { KubeObject } from '../kinds/object.ts'
import { byCause } from '../manifest/causes.ts'
import { diagnose } from '../manifest/diagnose.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import { applyEdit, type Edit, quickFix } from '../manifest/fixes.ts'
import { labelFixes } from '../manifest/label-fixes.ts'
import type { World } from './world.ts'

/** One way to mend a problem. */
export interface Fixing {
  /** `labels` and `selector`: which of the two is changed. */
  readonly what: 'mend' | 'labels' | 'selector'
  /** None of them touches another. */
  readonly edits: readonly Edit[]
}

/** A fault, and the ways to mend it that are known. */
export interface Fixable extends Diagnostic {
  readonly fixes: readonly Fixing[]
  /** It is gone with the problem above. */
  readonly follows?: true
}

/** Characters. What mending would change in a longer text is not tried. */
const longestTrial = 2 ** 15

export function diagnoseIn({ cluster }: World, text: string): Fixable[] {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  const { body } = cluster.api.handle({ method: 'GET', path, managedFields: false, looks: true })
  const definitions: KubeObject[] = body.items ?? []
  const problems = diagnose(text, { customKinds, definitions }).map(each => {
    const fix = quickFix(text, each)
    const fixes: readonly Fixing[] = fix ? [{ what: 'mend', edits: [fix] }] : labelFixes(text, each)
    return { ...each, fixes }
  })
  return byCause(problems, ({ fixes: [fix] }) =>
    fix && text.length <= longestTrial
      ? diagnose(applyEdits(text, fix.edits), { customKinds, definitions })
      : undefined,
  )
}

/** The text after all of them. */
export const applyEdits = (text: string, edits: readonly Edit[]): string =>
  edits.toSorted((a, b) => b.line - a.line || b.column - a.column).reduce(applyEdit, text)
