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
  /** Names defined here that stand for it. */
  readonly aliases: ReadonlySet<string>
}

/** `any`, `any[]`, `Record<string, any>`, and what is one of them too: nothing is checked of what is read from it. */
const standsForAny = (type: ts.TypeNode): boolean =>
  type.kind === ts.SyntaxKind.AnyKeyword ||
  (ts.isArrayTypeNode(type) && standsForAny(type.elementType)) ||
  (ts.isIntersectionTypeNode(type) && type.types.some(standsForAny)) ||
  (ts.isTypeReferenceNode(type) &&
    /^(Record|Readonly|Partial)$/.test(type.typeName.getText()) &&
    type.typeArguments?.some(standsForAny) === true)

/** In all of these modules together; `texts` by path. */
export function countAny(texts: ReadonlyMap<string, string>): AnyCount {
  const modules = new Map<string, Module>()
  for (const [path, text] of texts) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
    const defined = source.statements.filter(
      each => ts.isTypeAliasDeclaration(each) && standsForAny(each.type),
    )
    const aliases = new Set(defined.map(each => (each as ts.TypeAliasDeclaration).name.text))
    modules.set(path, { source, aliases })
  }
  let written = 0
  let aliased = 0
  for (const [path, { source, aliases }] of modules) {
    const known = new Set(aliases)
    for (const node of source.statements) {
      if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue
      const target = join(dirname(path), node.moduleSpecifier.text).split(sep).join('/')
      const named = node.importClause?.namedBindings
      for (const each of named && ts.isNamedImports(named) ? named.elements : [])
        if (modules.get(target)?.aliases.has((each.propertyName ?? each.name).text)) known.add(each.name.text)
    }
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) written++
      if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && known.has(node.typeName.text))
        aliased++
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { written, aliased }
}
