// What decides which commands of a script run, and how often: loops, `case`, lists joined by `;`, `&`, && and ||.
import { matches } from '../engine/shell-pattern.ts'
import type { Task } from '../engine/task.ts'
import { arithmetic, expandPattern, expandText } from './expand.ts'
import type { Interpreter } from './interpreter.ts'
import { background } from './launch.ts'
import { Leave } from './state.ts'
import type { Streams } from './streams.ts'
import type { List, Node } from './syntax.ts'

/** A body run while `next` allows it; handles break and continue. */
export function* loop(
  shell: Interpreter,
  streams: Streams,
  body: Node,
  next: (shell: Interpreter) => Task<boolean>,
): Task<number> {
  let status = 0
  while (yield* next(shell)) {
    try {
      status = yield* shell.execute(body, streams)
    } catch (leave) {
      if (!(leave instanceof Leave) || (leave.how !== 'break' && leave.how !== 'continue')) throw leave
      if (leave.value > 1) throw new Leave(leave.how, leave.value - 1)
      status = 0
      if (leave.how === 'break') break
    }
  }
  return status
}

/** `case`. */
export function* choose(shell: Interpreter, node: Node & { type: 'case' }, streams: Streams): Task<number> {
  const text = yield* expandText(node.word, shell.scope)
  let falling = false
  let status = 0
  for (const { patterns, body, end } of node.items) {
    let hit = falling
    for (const pattern of patterns) hit ||= matches(yield* expandPattern(pattern, shell.scope), text)
    if (!hit) continue
    status = yield* shell.execute(body, streams)
    falling = end === ';&'
    if (end === ';;' || end === '') return status
  }
  return status
}

/** The value of `(( ))`; 1 for none. */
export function* evaluate(shell: Interpreter, expression: Parameters<typeof expandText>[0]): Task<bigint> {
  if (expression.length === 0) return 1n
  return arithmetic(yield* expandText(expression, shell.scope), shell.scope)
}

/** The status of the last command of a list; what stands before `&` is only begun. */
export function* runList(shell: Interpreter, list: List, streams: Streams): Task<number> {
  let status = shell.state.status
  for (let i = 0; i < list.items.length; ) {
    let end = i
    while (list.items[end]!.end.length === 2) end++
    const chain = list.items.slice(i, end + 1)
    if (list.items[end]!.end === '&') status = yield* background(shell, chain, streams)
    else status = yield* runChain(shell, chain, streams)
    i = end + 1
  }
  return status
}

/** Commands joined by && and ||. */
function* runChain(shell: Interpreter, chain: List['items'], streams: Streams): Task<number> {
  let status = 0
  for (const [i, { node }] of chain.entries()) {
    const before = chain[i - 1]?.end
    if (before && (before === '&&') !== (status === 0)) continue
    const last = i === chain.length - 1
    const strict = last && !(node.type === 'pipeline' && node.negated)
    status = strict ? yield* shell.execute(node, streams) : yield* shell.condition(node, streams)
    const failed = status !== 0 && strict && !shell.isLenient
    if (failed && shell.state.traps.has('ERR')) yield* shell.trap('ERR', streams)
    if (failed && shell.state.options.errexit) throw new Leave('exit', status)
  }
  return status
}
