// What only moved code mentions need not be in the core either: a table of texts for an error's message, a class of errors,
// the function that several rare ones of a room call. Each such declaration of a module's own level goes to the room that
// mentions it, as it stands. What several rooms or other parts of the lab mention, and what does something while its
// module begins, stays.
import { posix } from 'node:path'
import type { LabModule } from '../chunks.ts'
import type { Homes, Plan } from './cut.ts'
import { declarationOf, nameOf, names } from './module.ts'
import { mentioned, type Node, walk } from './syntax.ts'

/** A variable of a module: `path#name`. */
type Key = string
const keyOf = (file: string, name: string): Key => `${file}#${name}`

interface Graph {
  /** What a declaration that could go elsewhere mentions, by its key; a door mentions nothing. */
  readonly mentions: ReadonlyMap<Key, readonly Key[]>
  /** What is mentioned by what stays in any case. */
  readonly roots: readonly Key[]
  /** What is mentioned by moved functions, by room. */
  readonly byRoom: ReadonlyMap<string, readonly Key[]>
  /** Of a door: the room of its function. */
  readonly doors: ReadonlyMap<Key, string>
}

/** `lab`: all modules, of which the others may mention what these declare. */
export function homesOf(plans: readonly Plan[], lab: readonly LabModule[]): Homes {
  const { mentions, roots, byRoom, doors } = graphOf(plans)
  const rooms = new Map<Key, string[]>()
  for (const [room, keys] of byRoom)
    for (const key of reached(keys, mentions)) rooms.set(key, [...(rooms.get(key) ?? []), room])
  // What nobody mentions stays as well, for tests: the bundler leaves it out.
  const idle = [...mentions.keys()].filter(key => !rooms.has(key) && !doors.has(key))
  const staying = reached([...roots, ...idle, ...mentionedElsewhere(plans, lab)], mentions)
  const homes = new Map<string, Map<string, string>>(plans.map(({ file }) => [file, new Map()]))
  for (const key of mentions.keys()) {
    if (staying.has(key)) continue
    const [room = doors.get(key)!, ...more] = rooms.get(key) ?? []
    const [file = '', name = ''] = key.split('#')
    if (!more.length) homes.get(file)!.set(name, room)
  }
  return homes
}

/** What other modules import, and what a module declares that is loaded or imported as a whole. */
function mentionedElsewhere(plans: readonly Plan[], lab: readonly LabModule[]): Key[] {
  const planned = new Map(plans.map(({ file, statements }) => [file, statements]))
  return lab.flatMap(({ file, statements, later }) => {
    const imported = importedNames(file, statements).map(({ key }) => key)
    const wholes = imported.flatMap(key => (key.endsWith('#*') ? key.slice(0, -2) : []))
    return [
      ...(planned.has(file) ? [] : imported),
      ...[...later, ...wholes].flatMap(other =>
        [...names(planned.get(other) ?? []).declared].map(name => keyOf(other, name)),
      ),
    ]
  })
}

function reached(from: readonly Key[], mentions: Graph['mentions']): Set<Key> {
  const seen = new Set<Key>()
  const waiting = [...from]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    waiting.push(...(mentions.get(key) ?? []))
  }
  return seen
}

function graphOf(plans: readonly Plan[]): Graph {
  const mentions = new Map<Key, readonly Key[]>()
  const roots: Key[] = []
  const byRoom = new Map<string, Key[]>()
  const doors = new Map<Key, string>()
  for (const { file, statements, moved } of plans) {
    const keys = keysIn(file, statements)
    const keysOf = (found: Iterable<string>): Key[] => [...found].flatMap(name => keys.get(name) ?? [])
    const nodes = new Set(moved.map(({ node }) => node))
    for (const { body, room } of moved) {
      // Moved functions of one module and room call each other directly.
      const here = new Set(moved.flatMap(each => (each.room === room ? (each.name ?? []) : [])))
      const others = [...mentioned(body)].filter(name => !here.has(name))
      byRoom.set(room, [...(byRoom.get(room) ?? []), ...keysOf(others)])
    }
    for (const { name, room } of moved) if (name !== undefined) doors.set(keyOf(file, name), room)
    for (const statement of statements) {
      const name = nameOf(statement)
      if (nodes.has(statement)) mentions.set(keyOf(file, name!), [])
      else if (name !== undefined && isPlain(declarationOf(statement)))
        mentions.set(keyOf(file, name), keysOf(mentioned(statement, nodes)))
      else if (statement.type !== 'ImportDeclaration') roots.push(...keysOf(mentioned(statement, nodes)))
    }
  }
  return { mentions, roots, byRoom, doors }
}

/** What the names of a module mean: variables of its own, and of those that it imports from. */
function keysIn(file: string, statements: readonly Node[]): Map<string, Key> {
  const keys = new Map<string, Key>()
  for (const each of importedNames(file, statements)) keys.set(each.local, each.key)
  for (const name of names(statements).declared) keys.set(name, keyOf(file, name))
  return keys
}

/** What a module imports from others of the project, or hands on from them. */
function importedNames(file: string, statements: readonly Node[]): { local: string; key: Key }[] {
  return statements.flatMap(({ importKind, specifiers, source }) => {
    if (importKind === 'type' || !source?.value.startsWith('.')) return []
    const from = posix.join(file, '..', source.value)
    return (specifiers as Node[]).flatMap(each =>
      each.importKind === 'type'
        ? []
        : [
            {
              local: each.local.name as string,
              key: keyOf(
                from,
                each.type === 'ImportNamespaceSpecifier' ? '*' : (each.imported ?? each.local).name,
              ),
            },
          ],
    )
  })
}

/** Whether a declaration does nothing but declare: it does not matter when, or whether, that happens. */
function isPlain(declaration: Node): boolean {
  if (declaration.type === 'FunctionDeclaration') return Boolean(declaration.body)
  if (declaration.type === 'ClassDeclaration')
    return (
      (!declaration.superClass || declaration.superClass.type === 'Identifier') &&
      !(declaration.decorators?.length > 0) &&
      (declaration.body.body as Node[]).every(
        each =>
          each.type !== 'StaticBlock' &&
          !each.computed &&
          (!each.static || !each.value || isPlainValue(each.value)),
      )
    )
  if (declaration.type !== 'VariableDeclaration') return false
  const [{ init }] = declaration.declarations
  return !init || isPlainValue(init)
}

const pureMethods =
  /^(?:split|map|flatMap|filter|join|concat|entries|fromEntries|keys|values|from|freeze|repeat|trim|toLowerCase|slice)$/

/** Values that are made of nothing but their text and other variables. `runs`: what functions in it do is done at once. */
function isPlainValue(node: Node, runs = false): boolean {
  let plain = true
  walk(node, each => {
    if (!plain || (!runs && /^(?:ArrowFunction|Function)Expression$/.test(each.type))) return false
    if (each.type === 'NewExpression') {
      plain =
        /^(?:Map|Set|WeakMap|RegExp)$/.test(each.callee.name) &&
        each.arguments.every((one: Node) => isPlainValue(one, true))
      return false
    }
    if (each.type === 'CallExpression') {
      const { callee } = each
      plain =
        callee.type === 'MemberExpression' &&
        pureMethods.test(callee.property.name) &&
        [callee.object, ...each.arguments].every((one: Node) => isPlainValue(one, true))
      return false
    }
    if (each.type === 'TaggedTemplateExpression') plain = each.tag.object?.name === 'String'
    else if (
      /^(?:Class|Assignment|Update|Await|Yield|Import)|^UnaryExpression$/.test(each.type) &&
      each.operator !== '-'
    )
      plain = each.type === 'AssignmentPattern'
    return undefined
  })
  return plain
}
