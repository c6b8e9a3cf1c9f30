// What a document's nodes show before they are an object: keys that are there twice, characters that only look right.
import { goQuote } from '../kinds/machinery/quote.ts'
import type { YamlNode } from '../yaml/node.ts'
import { isMerge } from '../yaml/parse.ts'
import { type PathStep, resolved } from '../yaml/position.ts'
import type { Findings } from './findings.ts'
import { oddValue } from './odd-characters.ts'
import { formatPath } from './source.ts'

export function duplicateKeys(
  findings: Findings,
  node: YamlNode | undefined,
  path: readonly PathStep[],
): void {
  if (!node || node.kind === 'scalar' || node.kind === 'alias') return
  if (node.kind === 'sequence') {
    node.children.forEach((child, i) => {
      duplicateKeys(findings, child, [...path, i])
    })
    return
  }
  const seen = new Map<string, YamlNode>()
  for (let i = 0; i < node.children.length; i += 2) {
    const key = node.children[i]!
    const name = resolved(key).value
    const here = [...path, name]
    const first = seen.get(name)
    if (first && !isMerge(key)) {
      const params = { key: name, line: findings.source.node(first).line }
      findings.add(
        'warning',
        { code: 'duplicate-key', params },
        here,
        `duplicate field ${goQuote(formatPath(here))}`,
        findings.source.node(key),
      )
    }
    seen.set(name, key)
    duplicateKeys(findings, node.children[i + 1], here)
  }
}

/** What is accepted with the wrong characters in it; where there is an error already, that says enough. */
export function oddValues(findings: Findings, node: YamlNode | undefined, path: readonly PathStep[]): void {
  if (!node || node.kind === 'alias' || findings.full) return
  if (node.kind === 'scalar') {
    const odd = node.plain ? oddValue(node.value) : undefined
    const range = findings.source.node(node)
    if (odd && !findings.hasOnLine(range.line))
      findings.add('warning', odd, path, `${odd.params.character} is no ${odd.params.plain}`, range)
    return
  }
  node.children.forEach((child, i) => {
    if (node.kind === 'sequence') oddValues(findings, child, [...path, i])
    else if (i % 2) oddValues(findings, child, [...path, resolved(node.children[i - 1]!).value])
  })
}
