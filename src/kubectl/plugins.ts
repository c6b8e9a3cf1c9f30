// `kubectl foo`: a program kubectl-foo on the PATH (kubectl pkg/cmd/plugin.go).
import type { Process } from '../engine/process.ts'

/** The longest of the first words that names a plugin, and the words behind it. */
export function findPlugin(
  process: Process,
  args: readonly string[],
): { path: string; rest: readonly string[] } | undefined {
  const end = args.findIndex(arg => arg.startsWith('-'))
  const words = end < 0 ? [...args] : args.slice(0, end)
  for (let n = words.length; n > 0; n--) {
    const name = `kubectl-${words
      .slice(0, n)
      .map(word => word.replaceAll('-', '_'))
      .join('-')}`
    for (const folder of (process.env.get('PATH') ?? '').split(':')) {
      const path = `${folder}/${name}`
      if (process.files.exists(path) && process.files.stat(path).mode & 0o111)
        return { path, rest: args.slice(n) }
    }
  }
  return undefined
}
