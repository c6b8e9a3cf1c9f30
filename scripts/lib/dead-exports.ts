// Exports that no other file takes: each is a promise that nobody holds anybody to. A type may be exported for those who
// get or give such a thing without a name for it; it is dead where its own file has no use for it either.
import { dirname, join, sep } from 'node:path'
import ts from 'typescript'

interface Module {
  /** Exported names with their lines; default exports are not looked at. */
  readonly exports: ReadonlyMap<string, number>
  /** What it takes, by the path of the other module; `*`: whatever that has. */
  readonly takes: ReadonlyMap<string, ReadonlySet<string>>
}

const hasExport = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true

function moduleOf(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const exports = new Map<string, number>()
  const takes = new Map<string, Set<string>>()
  const add = (name: ts.Node) =>
    exports.set(name.getText(), source.getLineAndCharacterOfPosition(name.getStart()).line + 1)
  const take = (specifier: string, names: Iterable<string>) => {
    if (!specifier.startsWith('.')) return
    const target = join(dirname(path), specifier.replace(/\?.*$/, '')).split(sep).join('/')
    takes.set(target, new Set([...(takes.get(target) ?? []), ...names]))
  }
  for (const node of source.statements) {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const named = node.importClause?.namedBindings
      const names = !named ? [] : ts.isNamespaceImport(named) ? ['*'] : named.elements.map(nameOf)
      take(node.moduleSpecifier.text, names)
    } else if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause
      const elements = clause && ts.isNamedExports(clause) ? clause.elements : []
      if (node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
        take(node.moduleSpecifier.text, clause && elements.length ? elements.map(nameOf) : ['*'])
      for (const { name } of elements) add(name)
    } else if (hasExport(node)) {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
        if (text.split(new RegExp(`\\b${node.name.text}\\b`)).length > 2) continue
      }
      if (ts.isVariableStatement(node))
        for (const { name } of node.declarationList.declarations)
          if (ts.isIdentifier(name)) add(name)
          else for (const each of name.elements) if (ts.isBindingElement(each)) add(each.name)
      const { name } = node as ts.Node & { name?: ts.Node }
      if (name) add(name)
    }
  }
  // `import('./x.ts').then(each => each.name)`, `import('./x.ts').Type`: by the names that stand in the same statement.
  const visit = (node: ts.Node): void => {
    const called =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : undefined
    if (called && ts.isStringLiteral(called)) {
      let around: ts.Node = node
      while (around.parent && !ts.isStatement(around) && !ts.isPropertyAssignment(around))
        around = around.parent
      const words = around.getText().match(/[A-Za-z_]\w*/g) ?? []
      take(called.text, /\bthen\b|\{/.test(around.getText()) || ts.isImportTypeNode(node) ? words : ['*'])
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { exports, takes }
}

const nameOf = ({ propertyName, name }: ts.ImportSpecifier | ts.ExportSpecifier): string =>
  (propertyName ?? name).text

/**
 * `path:line: name` of what `texts` (by path) export and nobody takes. `others` are files of other languages: they take
 * the names that they mention.
 */
export function deadExports(texts: ReadonlyMap<string, string>, others: readonly string[] = []): string[] {
  const modules = new Map([...texts].map(([path, text]) => [path, moduleOf(path, text)]))
  const taken = new Map<string, Set<string>>()
  for (const { takes } of modules.values())
    for (const [target, names] of takes) taken.set(target, new Set([...(taken.get(target) ?? []), ...names]))
  const mentioned = new Set(others.flatMap(text => text.match(/[A-Za-z_]\w*/g) ?? []))
  return [...modules].flatMap(([path, { exports }]) => {
    const names = taken.get(path) ?? new Set()
    if (names.has('*')) return []
    return [...exports].flatMap(([name, line]) =>
      names.has(name) || mentioned.has(name) ? [] : [`${path}:${line}: ${name}`],
    )
  })
}
