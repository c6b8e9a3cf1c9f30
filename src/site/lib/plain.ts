// A sentence of a lesson where no markup can stand: titles, descriptions, cards.

/** Markdown → its words: of another lesson its number, of other elements what they wrap. */
export function plain(markdown: string): string {
  const text = markdown.replace(/<See lesson="([^"]+)"[^>]*\/>/g, '$1')
  const [empty] = /<\w[^>]*\/>/.exec(text) ?? []
  if (empty) throw new Error(`${empty} says nothing where only its words are shown`)
  return text
    .replace(/<[^>]+>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]|\b_|_\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
