// What the cutting of rare code asks of a syntax tree (ESTree with TypeScript, as rolldown's parser makes it).

import { parseSync } from 'vite'

export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: any
}

/** Of each text, by what its file is called: one question after another is asked of the same trees. */
const trees = new Map<string, { readonly source: string; readonly statements: readonly Node[] }>()

/** The statements of a module; throws where it is none. */
export function statementsOf(file: string, source: string): readonly Node[] {
  const before = trees.get(file)
  if (before?.source === source) return before.statements
  const { program, errors } = parseSync(file, source)
  if (errors.length) throw new Error(`${file}: ${errors[0]!.message}`)
  const statements = (program as unknown as { body: Node[] }).body
  trees.set(file, { source, statements })
  return statements
}

/** Trees are large. */
export const forgetTrees = (): void => trees.clear()

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** Wrappers of TypeScript around an expression; everything else of TypeScript is gone when the code runs. */
const wrappers = /^TS(?:As|Satisfies|NonNull|Instantiation)Expression$/
const typeFields = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'implements',
])

type Child = readonly [field: string, child: Node]

/** Trees are walked again and again, for one question after another. */
const known = new WeakMap<Node, readonly Child[]>()

/** The nodes below one that exist at run time, each with the field it stands in. */
export function children(node: Node): readonly Child[] {
  let found = known.get(node)
  if (!found) known.set(node, (found = [...childrenOf(node)]))
  return found
}

function* childrenOf(node: Node): Iterable<Child> {
  for (const field of Object.keys(node)) {
    if (typeFields.has(field) && !(field === 'typeAnnotation' && wrappers.test(node.type))) continue
    const value = node[field]
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue
      if (child.type.startsWith('TS') && !wrappers.test(child.type)) continue
      yield [field, child]
    }
  }
}

/** Every node, from the outside in; `enter` answers false for one that it does not want to see the inside of. */
export function walk(
  node: Node,
  enter: (node: Node, parent?: Node, field?: string) => false | undefined,
): void {
  const visit = (each: Node, parent?: Node, field?: string): void => {
    if (enter(each, parent, field) === false) return
    for (const [name, child] of children(each)) visit(child, each, name)
  }
  visit(node)
}

/** Whether an identifier is the name of a property or method, and not a variable. */
const isPropertyName = (parent: Node | undefined, field: string | undefined): boolean =>
  parent !== undefined &&
  !parent.computed &&
  ((parent.type === 'MemberExpression' && field === 'property') ||
    (field === 'key' && (!parent.shorthand || parent.type !== 'Property')))

/** Names of variables that are mentioned. Local ones are among them: what is concluded from too many does no harm. */
export function mentioned(node: Node, except?: ReadonlySet<Node>): Set<string> {
  const names = new Set<string>()
  walk(node, (each, parent, field) => {
    if (except?.has(each) || each.type === 'ImportDeclaration') return false
    if (each.type === 'Identifier' && !isPropertyName(parent, field)) names.add(each.name)
  })
  return names
}

/** Names of variables that are given another value. */
export function assigned(node: Node): Set<string> {
  const names = new Set<string>()
  walk(node, each => {
    const target =
      each.type === 'AssignmentExpression' || each.type === 'ForOfStatement' || each.type === 'ForInStatement'
        ? each.left
        : each.type === 'UpdateExpression'
          ? each.argument
          : undefined
    // `for (const each of all)`: each turn has a variable of its own.
    if (target && !/^(?:MemberExpression|VariableDeclaration)$/.test(target.type))
      for (const name of mentioned(target)) names.add(name)
  })
  return names
}

/** Whether one of these types is anywhere below. */
export function has(node: Node, types: readonly string[]): boolean {
  let found = false
  walk(node, each => {
    found ||= types.includes(each.type)
  })
  return found
}

/** A class whose private names may become plain ones. */
export function isBare(owner: Node): boolean {
  let bare = owner.type === 'ClassDeclaration'
  walk(owner, (node, parent) => {
    // `#name in object`, and classes inside with private names of their own.
    if (node.type === 'PrivateIdentifier' && parent?.type === 'BinaryExpression') bare = false
    if (node !== owner && /^Class(Declaration|Expression)$/.test(node.type)) bare = false
  })
  return bare
}
