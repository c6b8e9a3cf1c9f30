// A module's own level: its imports, its variables, and the functions that could stand in another module as well.
import { isBare, mentioned, type Node, walk } from './syntax.ts'

export interface Candidate {
  readonly kind: 'function' | 'value' | 'method' | 'nested' | 'block'
  /** What would be taken away: a statement, a property, a method, or a function alone. */
  readonly node: Node
  /** The function. */
  readonly body: Node
  /** The module's variable that it is the value of. */
  readonly name?: string
  /** Of a method of an object. */
  readonly key?: string
  /** The class of a method. */
  readonly owner?: Node
  /** Of a function inside another: what it knows of the variables there. */
  readonly captured?: readonly string[]
  /** … and whether it is a method of an object: it begins with its parameters. */
  readonly isMethod?: boolean
  /** Of a part of a function: what it does to it. */
  readonly block?: { readonly returns: boolean; readonly yields: boolean; readonly usesThis: boolean }
  /** … and the class whose private names it mentions. */
  readonly privates?: Node | undefined
}

const isFunction = ({ type }: Node): boolean =>
  type === 'ArrowFunctionExpression' || type === 'FunctionExpression'

export const declarationOf = (statement: Node): Node =>
  (statement.type === 'ExportNamedDeclaration' && statement.declaration) || statement

export function candidates(statements: readonly Node[]): Candidate[] {
  const overloaded = new Set(
    statements
      .map(declarationOf)
      .filter(each => each.type === 'TSDeclareFunction')
      .map(each => each.id.name),
  )
  return statements.flatMap((statement): Candidate[] => {
    const each = declarationOf(statement)
    if (each.type === 'FunctionDeclaration') {
      const { name } = each.id
      return overloaded.has(name) ? [] : [{ kind: 'function', node: statement, body: each, name }]
    }
    if (each.type === 'ClassDeclaration') return methods(each)
    if (each.type === 'VariableDeclaration' && each.declarations.length === 1) {
      const [{ id, init }] = each.declarations
      if (init && id.type === 'Identifier' && isFunction(init))
        return [{ kind: 'value', node: statement, body: init, name: id.name }]
    }
    return values(each)
  })
}

function methods(owner: Node): Candidate[] {
  const bare = isBare(owner)
  return (owner.body.body as Node[])
    .filter(each => bare && each.type === 'MethodDefinition' && each.kind === 'method' && each.value.body)
    .filter(each => !each.static && !each.computed && /Identifier$/.test(each.key.type))
    .map(node => ({ kind: 'method', node, body: node.value, owner }))
}

/** Functions inside an expression. */
function values(statement: Node): Candidate[] {
  const found: Candidate[] = []
  walk(statement, (node, parent) => {
    if (/^(Class|FunctionDeclaration)/.test(node.type)) return false
    if (!isFunction(node)) return
    if (parent?.type !== 'Property' || (parent.kind === 'init' && !parent.method))
      found.push({ kind: 'value', node, body: node })
    else if (parent.method && !parent.computed && parent.key.type === 'Identifier')
      found.push({ kind: 'value', node: parent, body: node, key: parent.key.name })
    return false
  })
  return found
}

/** The name of what a statement declares, if that is one variable. */
export function nameOf(statement: Node): string | undefined {
  const each = declarationOf(statement)
  if (/^(Function|Class)Declaration$/.test(each.type)) return each.id.name
  const [one, ...more] = each.type === 'VariableDeclaration' ? each.declarations : []
  return one && !more.length && one.id.type === 'Identifier' ? one.id.name : undefined
}

/** Names of a module's variables, and of those that it exports by their own name. */
export function names(statements: readonly Node[]): { declared: Set<string>; exported: Set<string> } {
  const declared = new Set<string>()
  const exported = new Set<string>()
  for (const statement of statements) {
    const each = declarationOf(statement)
    const own =
      each.type === 'VariableDeclaration'
        ? each.declarations.flatMap(({ id }: Node) => [...mentioned(id)])
        : /^(Function|Class)Declaration$/.test(each.type)
          ? [each.id.name]
          : []
    for (const name of own) {
      declared.add(name)
      if (each !== statement) exported.add(name)
    }
    for (const { local, exported: as } of (statement.type === 'ExportNamedDeclaration' && !statement.source
      ? statement.specifiers
      : []) as Node[])
      if (local.name === as.name) exported.add(local.name)
  }
  return { declared, exported }
}

/** The imports of those names. `resolve` tells where a relative path leads, of a module that exports the name. */
export function importLines(
  statements: readonly Node[],
  wanted: ReadonlySet<string>,
  resolve = (path: string, _name: string): string => path,
): string[] {
  return statements.flatMap(({ type, importKind, specifiers, source }) => {
    if (type !== 'ImportDeclaration' || importKind === 'type') return []
    const used = (specifiers as Node[]).filter(
      each => each.importKind !== 'type' && wanted.has(each.local.name),
    )
    if (!used.length) return []
    const path: string = source.value
    return used.map(({ type, local, imported }) => {
      const from = JSON.stringify(path.startsWith('.') ? resolve(path, imported?.name ?? '') : path)
      if (type === 'ImportNamespaceSpecifier') return `import * as ${local.name} from ${from}`
      if (type === 'ImportDefaultSpecifier') return `import ${local.name} from ${from}`
      return `import { ${imported.name === local.name ? '' : `${imported.name} as `}${local.name} } from ${from}`
    })
  })
}
