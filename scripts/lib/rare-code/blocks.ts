// Parts of functions: the block after a condition, what follows an early return, a case, the body of a constructor. Such a
// part can stand in another module as a function of its own, called with what it knows of the variables around it, when it
// gives none of them another value and leaves by its end, by `return` everywhere, or by `throw`.
import type { Candidate } from './module.ts'
import { declaredIn, isFunction, type Variable } from './nested.ts'
import { assigned, children, has, isBare, mentioned, type Node, statementsOf, walk } from './syntax.ts'

/** Statements that follow one another; a whole block has its braces in its place. */
const listOf = (statements: readonly Node[], isTail: boolean): Node => ({
  type: 'StatementList',
  start: statements[0]!.start,
  end: statements.at(-1)!.end,
  body: statements,
  isTail,
})

/** Parts that stand directly in a statement, or in a function. */
function partsOf(node: Node, isBody: boolean): Node[] {
  if (isFunction(node))
    return node.body?.type === 'BlockStatement' && node.body.body.length ? [listOf(node.body.body, true)] : []
  if (node.type === 'BlockStatement') {
    const body: Node[] = node.body
    // Where what follows ends the function, too, it does not matter how it leaves.
    return body.flatMap((_, i) =>
      i > 0 &&
      body[i - 1]!.type === 'IfStatement' &&
      leavesSomewhere(body[i - 1]!) &&
      !body.slice(i).some(({ type }) => type === 'FunctionDeclaration')
        ? [listOf(body.slice(i), isBody)]
        : [],
    )
  }
  if (node.type === 'SwitchCase')
    return node.consequent.length && !node.consequent.some(isDeclaration)
      ? [listOf(node.consequent, false)]
      : []
  const parts: (Node | null)[] =
    node.type === 'IfStatement'
      ? [node.consequent, node.alternate]
      : node.type === 'CatchClause' || /^(?:For|While)/.test(node.type)
        ? [node.body]
        : []
  return parts.filter(each => each !== null)
}

const isDeclaration = ({ type }: Node): boolean => /Declaration$/.test(type)

/** Whether a statement can leave what it stands in. */
const leavesSomewhere = (node: Node): boolean => {
  let leaves = false
  walk(node, each => {
    if (isFunction(each)) return false
    leaves ||= /^(?:Return|Throw|Continue|Break)Statement$/.test(each.type)
    return undefined
  })
  return leaves
}

/** Whether nothing that follows it is reached. */
function leavesAlways(node: Node | null | undefined): boolean {
  if (!node) return false
  if (/^(?:Return|Throw)Statement$/.test(node.type)) return true
  if (node.type === 'BlockStatement' || node.type === 'StatementList') return leavesAlways(node.body.at(-1))
  if (node.type === 'IfStatement') return leavesAlways(node.consequent) && leavesAlways(node.alternate)
  return (
    node.type === 'TryStatement' &&
    leavesAlways(node.block) &&
    (!node.handler || leavesAlways(node.handler.body))
  )
}

interface Look {
  readonly returns: boolean
  readonly yields: boolean
  readonly usesThis: boolean
  /** A way out that a function has not, or something of the function that it stands in. */
  readonly isBound: boolean
}

function lookAt(part: Node): Look {
  const look = { returns: false, yields: false, usesThis: false, isBound: false }
  const visit = (
    node: Node,
    inLoop: boolean,
    inSwitch: boolean,
    inFunction: boolean,
    inThis: boolean,
  ): void => {
    const { type } = node
    if (!inFunction) {
      look.returns ||= type === 'ReturnStatement'
      look.yields ||= type === 'YieldExpression'
      look.isBound ||=
        type === 'AwaitExpression' ||
        (type === 'ForOfStatement' && node.await) ||
        type === 'LabeledStatement' ||
        (type === 'BreakStatement' && (node.label || !(inLoop || inSwitch))) ||
        (type === 'ContinueStatement' && (node.label || !inLoop))
    }
    look.usesThis ||= type === 'ThisExpression' && !inThis
    look.isBound ||= type === 'Identifier' && node.name === 'arguments'
    const isOwn = isFunction(node) || /^Class/.test(type)
    for (const [, child] of children(node))
      visit(
        child,
        inLoop || /^(?:For|While|DoWhile)/.test(type),
        inSwitch || type === 'SwitchStatement',
        inFunction || isOwn,
        inThis || (isOwn && type !== 'ArrowFunctionExpression'),
      )
  }
  visit(part, false, false, false, false)
  return look
}

/** Names that functions inside mention: these may be called when the variables have other values. */
function mentionedLater(part: Node): Set<string> {
  const names = new Set<string>()
  walk(part, node => {
    if (!isFunction(node)) return undefined
    for (const name of mentioned(node)) names.add(name)
    return false
  })
  return names
}

/** Those that can move. Parts inside others are listed, too. */
export function blockCandidates(statements: readonly Node[]): Candidate[] {
  const changed = new Set(statements.flatMap(each => [...assigned(each)]))
  const found: Candidate[] = []
  const consider = (part: Node, around: readonly Variable[], owner: Node | undefined): void => {
    const { returns, yields, usesThis, isBound } = lookAt(part)
    if (isBound || (returns && !part.isTail && !leavesAlways(part))) return
    const isPrivate = has(part, ['PrivateIdentifier'])
    if (has(part, ['Super']) || (isPrivate && !owner)) return
    const known = mentioned(part)
    const own = assigned(part)
    const later = mentionedLater(part)
    const inside = new Set(
      part.isTail === undefined
        ? []
        : declaredIn({ ...part, type: 'BlockStatement' }).map(({ name }) => name),
    )
    const captured = around.filter(({ name }) => known.has(name) && !inside.has(name))
    if (
      captured.some(
        ({ name, at }) => own.has(name) || at > part.start || (later.has(name) && changed.has(name)),
      )
    )
      return
    const names = [...new Set(captured.map(({ name }) => name))]
    found.push({
      kind: 'block',
      node: part,
      body: part,
      captured: names,
      privates: isPrivate ? owner : undefined,
      block: { returns: returns || part.isTail === true, yields, usesThis },
    })
  }
  const visit = (
    node: Node,
    around: readonly Variable[],
    depth: number,
    owner: Node | undefined,
    parent?: Node,
  ): void => {
    const within = depth + (isFunction(node) ? 1 : 0)
    const own = within ? declaredIn(node) : []
    const inside = own.length ? [...around, ...own] : around
    const isBody = node.type === 'BlockStatement' && parent !== undefined && isFunction(parent)
    if (within)
      for (const part of partsOf(node, isBody))
        if (!isWhole(node, parent, depth)) consider(part, inside, owner)
    const outer = /^Class(?:Declaration|Expression)$/.test(node.type)
      ? depth === 0 && isBare(node)
        ? node
        : undefined
      : owner
    for (const [, child] of children(node)) visit(child, inside, within, outer, node)
  }
  for (const each of statements) visit(each, [], 0, undefined)
  return found
}

/** Where a part of a function stands in its module. */
export interface BlockPlace {
  /** `start end` */
  readonly place: string
  /** Where it begins, the body of the function that it stands in begins, and that function ends. */
  readonly at: number
  readonly body: number
  readonly end: number
}

/** The places of those that can move. */
export function blockPlaces(path: string, source: string): BlockPlace[] {
  const statements = statementsOf(path, source)
  const functions: Node[] = []
  for (const each of statements)
    walk(each, node => {
      if (isFunction(node) && node.body) functions.push(node.body)
    })
  return blockCandidates(statements).map(({ node: { start, end } }) => {
    const around = functions.findLast(each => each.start <= start && end <= each.end)!
    return { place: `${start} ${end}`, at: start, body: around.start, end: around.end }
  })
}

/** Functions that move as a whole (module.ts, nested.ts), or of which a part does not help. */
const isWhole = (node: Node, parent: Node | undefined, depth: number): boolean =>
  isFunction(node) &&
  (node.async ||
    (parent?.kind === 'constructor' && has(node, ['Super'])) ||
    (depth === 0 && !/^(?:get|set|constructor)$/.test(parent?.kind ?? '') && !parent?.static))
