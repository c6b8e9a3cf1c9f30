// Flags of programs as Go's package `flag` takes them.

/** A value of `-port 80`, `--port=80`, `-port=80`. */
export function flag(argv: readonly string[], ...names: string[]): string | undefined {
  for (const [i, arg] of argv.entries()) {
    const [, name, value] = /^--?([\w-]+)(?:=([\s\S]*))?$/.exec(arg) ?? []
    if (name !== undefined && names.includes(name)) return value ?? argv[i + 1]
  }
  return undefined
}
