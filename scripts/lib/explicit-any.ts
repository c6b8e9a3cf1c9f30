// How much of the code says `any`: each time it stands there, and each use of a name that stands for it (`AnyObject`).
// Objects of the API have generated types (src/kinds/schema/types.ts), and JSON that nobody knows yet is `unknown`.
import { dirname, join, sep } from 'node:path'
import ts from 'typescript'

export interface AnyCount {
  /** Of the keyword. */
  readonly written: number
  /** Of names that stand for it. */
  readonly aliased: number
}

interface Module {
  readonly source: ts.SourceFile
  readonly aliases: readonly ts.TypeAliasDeclaration[]
  /** Names from other modules of the project, by the name here. */
  readonly imported: ReadonlyMap<string, { readonly path: string; readonly name: string }>
  /** Names defined here that stand for it; found one after the other. */
  readonly known: Set<string>
}

function moduleOf(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const imported = new Map<string, { path: string; name: string }>()
  for (const node of source.statements) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue
    const target = join(dirname(path), node.moduleSpecifier.text).split(sep).join('/')
    const named = node.importClause?.namedBindings
    for (const { name, propertyName = name } of named && ts.isNamedImports(named) ? named.elements : [])
      imported.set(name.text, { path: target, name: propertyName.text })
  }
  return { source, aliases: source.statements.filter(ts.isTypeAliasDeclaration), imported, known: new Set() }
}

/** In all of these modules together; `texts` by path. */
export function countAny(texts: ReadonlyMap<string, string>): AnyCount {
  const modules = new Map([...texts].map(([path, text]) => [path, moduleOf(path, text)]))
  const isKnown = ({ known, imported }: Module, name: string): boolean => {
    const from = imported.get(name)
    return known.has(name) || (from !== undefined && modules.get(from.path)?.known.has(from.name) === true)
  }
  /** `any`, `any[]`, `Record<string, any>`, and what is one of them too: nothing is checked of what is read from it. */
  const standsForAny = (type: ts.TypeNode, within: Module): boolean => {
    const isOne = (each: ts.TypeNode) => standsForAny(each, within)
    if (ts.isArrayTypeNode(type)) return isOne(type.elementType)
    if (ts.isIntersectionTypeNode(type)) return type.types.some(isOne)
    if (!ts.isTypeReferenceNode(type)) return type.kind === ts.SyntaxKind.AnyKeyword
    const name = type.typeName.getText()
    return type.typeArguments
      ? /^(Record|Readonly|Partial)$/.test(name) && type.typeArguments.some(isOne)
      : isKnown(within, name)
  }
  // A name may stand for a name of another module: until nothing is found any more.
  let found: boolean
  do {
    found = false
    for (const module of modules.values())
      for (const { name, type } of module.aliases)
        if (!module.known.has(name.text) && standsForAny(type, module)) {
          module.known.add(name.text)
          found = true
        }
  } while (found)

  let written = 0
  let aliased = 0
  for (const module of modules.values()) {
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) written++
      if (ts.isTypeReferenceNode(node) && isKnown(module, node.typeName.getText())) aliased++
      ts.forEachChild(node, visit)
    }
    visit(module.source)
  }
  return { written, aliased }
}
