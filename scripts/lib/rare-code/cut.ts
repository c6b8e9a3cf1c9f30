// Cuts a module: what most sessions call at once stays, and the rest moves into companion modules, one for each room. In
// the place of each moved function stands a door (src/engine/rare.ts) with its number in the room.
//
// A function can move when it stands at the module's own level, however deep in objects and calls, or is a method of a
// class there: it then knows no variables but the module's, which the companion imports. One inside another function can
// where it can be handed what it knows (nested.ts). Private names of a class with
// moved methods become plain ones, everywhere alike. What gives a module's variable another value, imports, uses
// `super` or is short stays.
import { join } from 'node:path'
import MagicString, { type SourceMap } from 'magic-string'
import { parseSync } from 'vite'
import { type Candidate, candidates, importLines, names } from './module.ts'
import { nestedCandidates } from './nested.ts'
import { assigned, has, mentioned, type Node, walk } from './syntax.ts'

/** A door costs some bytes, too: a function of fewer characters stays. */
const worthMoving = 100
/** … and that of a function inside another more. */
export const worthMovingNested = 160

export interface Room {
  readonly name: string
  /** Places of the functions that are to go there. */
  readonly functions: readonly (readonly [start: number, end: number])[]
  /** The number that the first of them gets. */
  readonly first: number
}

export interface Whole {
  /** Path of the file, absolute. */
  readonly file: string
  readonly source: string
  readonly rooms: readonly Room[]
  /** The module to import `door`, `doorsFrom`, `doors` and `nestedDoor` from. */
  readonly doors: string
}

export interface Companion {
  readonly code: string
  /** What it calls the moved functions, in the order of their numbers. */
  readonly moved: readonly string[]
}

export interface Cut {
  /** Of what stays. */
  readonly code: string
  readonly map: SourceMap
  /** By room. */
  readonly companions: ReadonlyMap<string, Companion>
}

interface Moved extends Candidate {
  readonly room: Room
  /** What its companion calls it. */
  readonly as: string
  /** Its number in the room. */
  readonly number: number
}

/** Undefined where nothing is worth moving. */
export function cut({ file, source, rooms, doors }: Whole): Cut | undefined {
  const { program, errors } = parseSync(file, source)
  if (errors.length) throw new Error(`${file}: ${errors[0]!.message}`)
  const statements = (program as unknown as { body: Node[] }).body
  const { declared, exported } = names(statements)
  const isFree = ({ body }: Candidate): boolean =>
    !body.async &&
    !has(body, ['Super', 'MetaProperty', 'ImportExpression']) &&
    ![...assigned(body)].some(name => declared.has(name))
  const free = [...candidates(statements), ...nestedCandidates(statements)].filter(isFree)
  const moved = movedTo(rooms, free)
  if (!moved.length) return undefined

  const text = new MagicString(source)
  const owners = [...new Set(moved.flatMap(each => each.owner ?? []))]
  const plain = new Map(owners.map(owner => [owner, renamePrivate(text, owner)]))

  // ---- the companions: the functions, and what they mention of the module and of its imports
  const companions = new Map<string, Companion>()
  const asked = new Set<string>()
  for (const room of rooms) {
    const here = moved.filter(each => each.room === room)
    if (!here.length) continue
    const needed = new Set(here.flatMap(each => [...mentioned(each.body)]))
    const own = [...needed].filter(name => declared.has(name) && !here.some(each => each.as === name))
    for (const name of own) asked.add(name)
    const lines = [
      ...importLines(statements, needed, path => join(file, '..', path)),
      own.length ? `import { ${own.join(', ')} } from ${JSON.stringify(file)}` : '',
      ...here.map(each => exportOf(each, text)),
    ]
    companions.set(room.name, { code: lines.filter(Boolean).join('\n'), moved: here.map(each => each.as) })
  }

  // ---- what stays, with its doors
  const nodes = new Set(moved.map(each => each.node))
  const kept = new Set(statements.flatMap(each => [...mentioned(each, nodes)]))
  const head = [
    `import { door, doors, doorsFrom, nestedDoor } from ${JSON.stringify(doors)}`,
    ...importLines(statements, kept),
  ]
  for (const each of moved) {
    const { node, name, key, owner, room, number } = each
    if (each.kind === 'nested') {
      text.overwrite(node.start, node.end, doorOf(each))
      continue
    }
    const made = `door(${JSON.stringify(room.name)}, ${number})`
    if (name === undefined && !owner) text.overwrite(node.start, node.end, key ? `${key}: ${made}` : made)
    else text.remove(node.start, node.end)
  }
  for (const room of rooms) {
    const named = moved.filter(each => each.room === room && each.name !== undefined)
    const wanted = named.map(({ name }) =>
      exported.has(name!) || kept.has(name!) || asked.has(name!) ? name : '',
    )
    if (wanted.some(Boolean))
      head.push(`const [${wanted.join(', ')}] = doorsFrom(${JSON.stringify(room.name)}, ${named[0]!.number})`)
    const out = wanted.filter(name => name && exported.has(name))
    if (out.length) head.push(`export { ${out.join(', ')} }`)
  }
  for (const owner of owners)
    for (const room of rooms) {
      const methods = moved.filter(each => each.owner === owner && each.room === room)
      if (methods.length) text.appendLeft(owner.end, doorsOf(methods, plain.get(owner)!))
    }
  for (const { type, start, end, specifiers } of statements)
    if (type === 'ImportDeclaration' && specifiers.length) text.remove(start, end)
  const more = [...asked].filter(name => !exported.has(name))
  text.prepend(`${head.join('\n')}\n`)
  if (more.length) text.append(`\nexport { ${more.join(', ')} }\n`)
  return { code: text.toString(), map: text.generateMap({ source: file, hires: true }), companions }
}

/** The candidates that are the rooms', with their numbers. What stands inside one that moves goes along. */
function movedTo(rooms: readonly Room[], free: readonly Candidate[]): Moved[] {
  const ours = rooms.map(room => free.filter(each => isOf(room, each)))
  const moving = ours.flat()
  const isInside = ({ node }: Candidate): boolean =>
    moving.some(({ node: other }) => other !== node && other.start <= node.start && node.end <= other.end)
  return rooms.flatMap((room, i) => {
    const here = ours[i]!.filter(each => each.kind !== 'nested' || !isInside(each))
    // Those with names first: their doors are made in one go.
    const sorted = [
      ...here.filter(each => each.name !== undefined),
      ...here.filter(each => each.name === undefined),
    ]
    return sorted.map((each, i) => ({ ...each, room, as: each.name ?? `rare$${i}`, number: room.first + i }))
  })
}

const isOf = ({ functions }: Room, { kind, node, body }: Candidate): boolean =>
  node.end - node.start >= (kind === 'nested' ? worthMovingNested : worthMoving) &&
  functions.some(([start, end]) => end === body.end && start >= node.start && start < body.body.start)

/** A function of the same kind and name that hands what it knows to the moved one. */
function doorOf({ node, room, number, captured, isMethod }: Moved): string {
  const call = `nestedDoor(${JSON.stringify(room.name)}, ${number}, [${captured!.join(', ')}], args$)`
  if (isMethod) return `(...args$) { return ${node.generator ? 'yield* ' : ''}${call} }`
  if (node.type === 'FunctionDeclaration') return `function ${node.id.name}(...args$) { return ${call} }`
  return `((...args$) => ${call})`
}

/** Doors for the methods of a class that went to one room; their numbers follow one another. */
function doorsOf(methods: readonly Moved[], plain: ReadonlyMap<string, string>): string {
  const [{ owner, room, number }] = methods as [Moved]
  const keys = methods.map(({ node }) =>
    node.key.type === 'PrivateIdentifier' ? plain.get(node.key.name) : node.key.name,
  )
  const args = [room.name, number, keys.join(' ')].map(each => JSON.stringify(each)).join(', ')
  return `\ndoors(${owner!.id.name}.prototype, ${args})\n`
}

/** The text of a moved function, as it stands in the companion. */
function exportOf(moved: Moved, text: MagicString): string {
  const { kind, node, body, as: name } = moved
  const own = text.slice(body.start, body.end)
  if (kind === 'nested') {
    const whole = moved.isMethod ? `function${body.generator ? '*' : ''} ${own}` : own
    return `export const ${name} = (${moved.captured!.join(', ')}) => ${whole}`
  }
  if (kind === 'function') return `export ${own}`
  // The function of a method begins with its parameters.
  const isMethod = node.type === 'MethodDefinition' || node.method
  return isMethod
    ? `export function${body.generator ? '*' : ''} ${name}${own}`
    : `export const ${name} = ${own}`
}

/**
 * Private names of a class, made plain: short, and with the class's name where it extends another, so that they do not
 * meet those of its base. Answers with the new names.
 */
function renamePrivate(text: MagicString, owner: Node): Map<string, string> {
  const renamed = new Map<string, string>()
  const prefix = owner.superClass ? `$${owner.id.name}` : '$'
  walk(owner, node => {
    if (node.type !== 'PrivateIdentifier') return
    if (!renamed.has(node.name)) renamed.set(node.name, prefix + renamed.size.toString(36))
    text.overwrite(node.start, node.end, renamed.get(node.name)!)
  })
  return renamed
}
