// KYAML, the YAML that looks like JSON (sigs.k8s.io/yaml/kyaml): always quoted strings, always braces.
import { isObject, sortedKeys } from './values.ts'

export const kyamlText = (value: unknown): string => `---\n${render(value, '')}\n`

function render(value: unknown, indent: string): string {
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    // Braces cuddle: `[{ … }, { … }]`.
    if (value.every(v => (isObject(v) && Object.keys(v).length > 0) || (Array.isArray(v) && v.length > 0)))
      return `[${value.map(v => render(v, indent)).join(', ')}]`
    return `[\n${value.map(v => `${deeper}${render(v, deeper)},\n`).join('')}${indent}]`
  }
  if (isObject(value)) {
    const keys = sortedKeys(value)
    if (keys.length === 0) return '{}'
    return `{\n${keys.map(key => `${deeper}${keyText(key)}: ${render(value[key], deeper)},\n`).join('')}${indent}}`
  }
  if (typeof value === 'string') return stringText(value, indent)
  return value === null || value === undefined ? 'null' : String(value)
}

/** Keys that YAML could take for something else are quoted. */
const keyText = (key: string): string =>
  /^[A-Za-z_/][\w./-]*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(key)
    ? key
    : JSON.stringify(key)

function stringText(text: string, indent: string): string {
  const quoted = JSON.stringify(text)
  const lines = text.split('\n')
  if (lines.length < 2) return quoted
  const inner = `${indent}   `
  const parts = lines.slice(0, -1).map(line => `${JSON.stringify(`${line}\n`).slice(1, -1)}\\\n`)
  const last = lines.at(-1)!
  if (last) parts.push(`${JSON.stringify(last).slice(1, -1)}\\\n`)
  return `"\\\n${parts.map(part => inner + part).join('')}${indent}  "`
}
