// Functions inside functions. One can stand in another module when what it knows of those around it is handed to it
// with every call: that must be variables that always have the value with which they begin.
import type { Candidate } from './module.ts'
import { assigned, children, has, mentioned, type Node } from './syntax.ts'

export const isFunction = ({ type }: Node): boolean =>
  /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(type)
/** What a function has from where it stands, and cannot be handed. */
const bound = ['ThisExpression', 'PrivateIdentifier']

/** `at`: from where on a variable has its value; a function has it from the beginning of its block on. */
export interface Variable {
  readonly name: string
  readonly at: number
}

/** The variables of a part of the program that another part stands in. */
export function declaredIn(node: Node): Variable[] {
  if (isFunction(node))
    return (node.params as Node[]).flatMap(each =>
      [...mentioned(each)].map(name => ({ name, at: node.start })),
    )
  if (node.type === 'CatchClause')
    return node.param ? [...mentioned(node.param)].map(name => ({ name, at: node.start })) : []
  const statements: Node[] =
    node.type === 'BlockStatement'
      ? node.body
      : node.type === 'SwitchStatement'
        ? node.cases.flatMap((each: Node) => each.consequent)
        : node.type === 'ForStatement'
          ? [node.init]
          : /^For(?:Of|In)Statement$/.test(node.type)
            ? [node.left]
            : []
  return statements.flatMap(each => {
    if (each?.type === 'VariableDeclaration')
      return each.declarations.flatMap(({ id, end }: Node) =>
        [...mentioned(id)].map(name => ({ name, at: /^For/.test(node.type) ? node.start : end })),
      )
    if (each?.type === 'FunctionDeclaration') return [{ name: each.id.name, at: node.start }]
    return each?.type === 'ClassDeclaration' ? [{ name: each.id.name, at: each.end }] : []
  })
}

/** Those that can move. Their own functions are listed, too. */
export function nestedCandidates(statements: readonly Node[]): Candidate[] {
  const changed = new Set(statements.flatMap(each => [...assigned(each)]))
  const found: Candidate[] = []
  const visit = (node: Node, around: readonly Variable[], depth: number, parent?: Node): void => {
    const isInside = depth > 0 && isFunction(node) && node.body
    if (isInside && !isAccessor(parent) && !has(node, bound) && !usesArguments(node)) {
      const known = mentioned(node)
      const captured = around.filter(({ name }) => known.has(name))
      const names = [...new Set(captured.map(({ name }) => name))]
      if (captured.every(({ name, at }) => !changed.has(name) && at <= node.start))
        found.push({ kind: 'nested', node, body: node, captured: names, isMethod: parent?.method === true })
    }
    const within = depth + (isFunction(node) ? 1 : 0)
    const own = within ? declaredIn(node) : []
    for (const [, child] of children(node))
      visit(child, own.length ? [...around, ...own] : around, within, node)
  }
  for (const each of statements) visit(each, [], 0)
  return found
}

const isAccessor = (parent: Node | undefined): boolean =>
  parent !== undefined &&
  (/^(?:get|set|constructor)$/.test(parent.kind ?? '') || parent.type === 'MethodDefinition')

const usesArguments = (node: Node): boolean => mentioned(node).has('arguments')
