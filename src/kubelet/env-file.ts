// Files of environment variables that a container's fileKeyRef names: `NAME='value'`, one after another, where a value may
// have several lines (KEP-3721). Blank lines and comments are left out; anything else is an error.

/** The variables of a text; undefined where it is not well formed. */
export function parseEnvFile(text: string): Map<string, string> | undefined {
  const variables = new Map<string, string>()
  const item = /[ \t]*(?:#[^\n]*|([^\s=#'"]+)='([^']*)'[ \t]*(?:#[^\n]*)?)?(?:\n|$)/y
  while (item.lastIndex < text.length) {
    const found = item.exec(text)
    if (!found) return undefined
    const [, name, value = ''] = found
    if (name !== undefined) variables.set(name, value)
  }
  return variables
}
