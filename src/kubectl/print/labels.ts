// Labels and selectors as one line of text.

import { dictionary } from '../../engine/dictionary.ts'
import type { LabelSelector } from '../../kinds/schema/types.ts'
import { byCodePoint } from './values.ts'

/** `a=1,b=2`, or `<none>`. */
export function describeLabels(
  labels: Readonly<Record<string, string>> | undefined,
  none = '<none>',
): string {
  const keys = Object.keys(labels ?? {}).sort(byCodePoint)
  return keys.length ? keys.map(key => `${key}=${labels![key]}`).join(',') : none
}

/** metav1.FormatLabelSelector: `app=web,tier in (a,b)`; `<none>` where empty. */
export function describeSelector(selector: LabelSelector | undefined): string {
  const parts = Object.keys(selector?.matchLabels ?? {})
    .map(key => ({ key, text: `${key}=${selector!.matchLabels![key]}` }))
    .concat(
      (selector?.matchExpressions ?? []).map(e => {
        const values = [...(e.values ?? [])].sort(byCodePoint).join(',')
        const text: Record<string, string> = dictionary({
          In: `${e.key} in (${values})`,
          NotIn: `${e.key} notin (${values})`,
          Exists: e.key,
          DoesNotExist: `!${e.key}`,
        })
        return { key: e.key, text: text[e.operator] ?? '' }
      }),
    )
  parts.sort((a, b) => byCodePoint(a.key, b.key))
  return parts.length ? parts.map(p => p.text).join(',') : '<none>'
}
