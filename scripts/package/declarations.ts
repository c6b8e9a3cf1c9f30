// The declarations that a module's importers need: its own and those of the modules that it names, and no others.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../lib/run.ts'

/** By path below src, `library/index.d.ts`. Throws where an exported thing has no type written beside it. */
export function declarationsOf(entry: string): Map<string, string> {
  const texts = new Map<string, string>()
  const waiting = [entry]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const name = path.replace(/^src\//, '').replace(/\.ts$/, '.d.ts')
    if (texts.has(name)) continue
    const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(join(root, path), 'utf8'), {
      fileName: path,
      reportDiagnostics: true,
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, strict: true },
    })
    for (const { messageText } of diagnostics)
      throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
    // What is imported for its effect has no types.
    const text = outputText.replace(/^import '[^']+';\n/gm, '')
    for (const [, target = ''] of text.matchAll(/\bfrom '(\.[^']+\.ts)'/g))
      waiting.push(join(path, '..', target).replaceAll('\\', '/'))
    texts.set(name, text.replace(/(\bfrom '\.[^']+)\.ts'/g, "$1.js'"))
  }
  return texts
}
