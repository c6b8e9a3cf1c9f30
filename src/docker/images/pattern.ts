// `--filter reference=PATTERN`: path.Match over an image's familiar name, with its tag or without (reference.FamiliarMatch).

/** A shell pattern in which `*` and `?` stop at slashes. */
export function pathMatch(pattern: string, text: string): boolean {
  const source = pattern.replace(/\[[^\]]+\]|[\s\S]/g, part =>
    part === '*'
      ? '[^/]*'
      : part === '?'
        ? '[^/]'
        : part.length > 1
          ? part.replace(/^\[\^/, '[^')
          : part.replace(/[\\^$.|+(){}[\]]/g, '\\$&'),
  )
  return new RegExp(`^${source}$`).test(text)
}

export const matchesPattern = (pattern: string, familiar: string, tag: string): boolean =>
  pathMatch(pattern, familiar) || pathMatch(pattern, `${familiar}:${tag}`)
