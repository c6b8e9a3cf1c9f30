// The text of a lesson (MDX) as its Markdown and the elements in it: `<Name attribute="…">…</Name>`, which may stand in each
// other. What is written as code is code, whatever it looks like.

export interface MarkdownElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly MarkdownNode[]
}

export type MarkdownNode = string | MarkdownElement

/** A fenced block, code in a line, or a tag. */
const token = /^```[\s\S]*?^```|`[^`\n]*`|<(\/?)([A-Z]\w*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*(\/?)>/gm

/** Throws where tags do not pair up. */
export function parseMarkdown(source: string): MarkdownNode[] {
  interface Open {
    readonly name: string
    readonly attributes: Record<string, string>
    readonly children: MarkdownNode[]
  }
  const document: Open = { name: '', attributes: {}, children: [] }
  const open: Open[] = [document]
  let end = 0
  for (const match of source.matchAll(token)) {
    const [whole, closing, name, attributes = '', alone] = match
    if (!name) continue
    const inside = open.at(-1)!
    if (match.index > end) inside.children.push(source.slice(end, match.index))
    end = match.index + whole.length
    if (closing) {
      if (inside.name !== name) throw new Error(`</${name}> closes <${inside.name}>`)
      open.pop()
      continue
    }
    const element: Open = {
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value = '']) => [key, value]),
      ),
      children: [],
    }
    inside.children.push(element)
    if (!alone) open.push(element)
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is never closed`)
  if (end < source.length) document.children.push(source.slice(end))
  return document.children
}
