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
import { blockCandidates } from './blocks.ts'
import { type Candidate, candidates, importLines, nameOf, names } from './module.ts'
import { nestedCandidates } from './nested.ts'
import { assigned, has, mentioned, type Node, statementsOf, walk } from './syntax.ts'

/** A door costs some bytes, too: a function of fewer characters stays. */
const worthMoving = 100
/** … and that of a function inside another more. */
export const worthMovingNested = 110

/** Of a function, or a part of one, in its module's text. */
export type Place = readonly [start: number, end: number]

export interface Room {
  readonly name: string
  /** Places of the functions that are to go there. */
  readonly functions: readonly Place[]
}

export interface Whole {
  /** Path of the file, absolute. */
  readonly file: string
  readonly source: string
  readonly rooms: readonly Room[]
}

/** What is to move out of a module. */
export interface Plan extends Whole {
  readonly statements: readonly Node[]
  readonly moved: readonly Moving[]
}

/** For each module, by its path, the rooms of what is no longer in the core: by name of the variable. */
export type Homes = ReadonlyMap<string, ReadonlyMap<string, string>>

export interface House {
  /** The module to import `door`, `doorsFrom`, `doors` and `nestedDoor` from. */
  readonly doors: string
  readonly homes: Homes
  /** How many functions a room has already. */
  readonly count: (room: string) => number
}

/** The module that has what went from a module to a room. */
export const companionOf = (file: string, room: string): string => `${file}?rare-code-${room}.ts`

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

export interface Moving extends Candidate {
  readonly room: string
}

interface Moved extends Moving {
  /** What its companion calls it. */
  readonly as: string
  /** Its number in the room. */
  readonly number: number
}

export function plan({ file, source, rooms }: Whole): Plan {
  const statements = statementsOf(file, source)
  return { file, source, rooms, statements, moved: movedTo(rooms, freeIn(statements)) }
}

/** Of these places of functions and of parts of them, those that can move. */
export function movable(file: string, source: string, places: readonly Place[]): Place[] {
  const free = freeIn(statementsOf(file, source))
  return places.filter(place => free.some(each => isAt(place, each)))
}

function freeIn(statements: readonly Node[]): Candidate[] {
  const { declared } = names(statements)
  const isFree = ({ body }: Candidate): boolean =>
    !body.async &&
    !has(body, ['Super', 'MetaProperty', 'ImportExpression']) &&
    ![...assigned(body)].some(name => declared.has(name))
  return [...candidates(statements), ...nestedCandidates(statements), ...blockCandidates(statements)].filter(
    isFree,
  )
}

/** Undefined where nothing is worth moving. */
export function cut(planned: Plan, { doors, homes, count }: House): Cut | undefined {
  const { file, source, statements } = planned
  const { declared, exported } = names(statements)
  const home = homes.get(file) ?? new Map<string, string>()
  /** Statements that go to a room as they are. */
  const whole = new Map(
    statements.flatMap(each => {
      const room = home.get(nameOf(each) ?? '')
      return room && !planned.moved.some(({ node }) => node === each) ? [[each, room]] : []
    }),
  )
  const moved = numbered(planned, whole, count)
  const used = new Set([...moved.map(({ room }) => room), ...home.values()])
  if (!used.size) return undefined
  const rooms = [...used].sort()

  const text = new MagicString(source)
  const owners = [...new Set(moved.flatMap(each => each.owner ?? each.privates ?? []))]
  const plain = new Map(owners.map(owner => [owner, renamePrivate(text, owner)]))
  /** Doors for the methods of the class that a statement declares. */
  const methodDoors = (statement: Node): string =>
    rooms
      .map(room => moved.filter(({ owner, ...each }) => owner?.end === statement.end && each.room === room))
      .filter(methods => methods.length)
      .map(methods => doorsOf(methods, plain.get(methods[0]!.owner!)!))
      .join('')
  const texts = new Map(moved.map(each => [each, exportOf(each, text)]))
  for (const each of moved) {
    const { node, name, key, owner, room, number } = each
    if (each.kind === 'nested' || each.kind === 'block') {
      text.overwrite(node.start, node.end, doorOf(each))
      continue
    }
    const made = `door(${JSON.stringify(room)}, ${number})`
    if (name === undefined && !owner) text.overwrite(node.start, node.end, key ? `${key}: ${made}` : made)
    else text.remove(node.start, node.end)
  }
  const nodes = new Set(moved.map(each => each.node))

  // ---- the companions: the functions, and what they mention of the module and of its imports
  const doorsLine = `import { door, doors, doorsFrom, nestedDoor } from ${JSON.stringify(doors)}`
  const companions = new Map<string, Companion>()
  const asked = new Set<string>()
  for (const room of rooms) {
    const here = moved.filter(each => each.room === room)
    const along = [...whole].flatMap(([each, at]) => (at === room ? [each] : []))
    const needed = new Set([
      ...here.flatMap(each => [...mentioned(each.body)]),
      ...along.flatMap(each => [...mentioned(each, nodes)]),
    ])
    const own = [...needed].filter(
      name => declared.has(name) && home.get(name) !== room && !here.some(each => each.as === name),
    )
    for (const name of own) asked.add(name)
    const elsewhere = moved.filter(each => each.name && each.room !== room && home.get(each.name) === room)
    const lines = [
      doorsLine,
      ...importLines(statements, needed, (path, name) => {
        const at = join(file, '..', path)
        return homes.get(at)?.get(name) === room ? companionOf(at, room) : at
      }),
      own.length ? `import { ${own.join(', ')} } from ${JSON.stringify(file)}` : '',
      ...elsewhere.map(
        ({ name, room, number }) => `export const ${name} = door(${JSON.stringify(room)}, ${number})`,
      ),
      ...along.map(each => {
        const own = `${/^Export/.test(each.type) ? '' : 'export '}${text.slice(each.start, each.end)}`
        return own + methodDoors(each)
      }),
      ...here.map(each => texts.get(each)!),
    ]
    companions.set(room, { code: lines.filter(Boolean).join('\n'), moved: here.map(each => each.as) })
  }

  // ---- what stays, with its doors
  for (const each of statements)
    if (whole.has(each)) text.remove(each.start, each.end)
    else text.appendLeft(each.end, methodDoors(each))
  const kept = new Set(statements.flatMap(each => (whole.has(each) ? [] : [...mentioned(each, nodes)])))
  const head = [doorsLine, ...importLines(statements, kept)]
  for (const room of rooms) {
    const named = moved.filter(each => each.room === room && each.name !== undefined)
    const wanted = named.map(({ name }) =>
      !home.has(name!) && (exported.has(name!) || kept.has(name!) || asked.has(name!)) ? name : '',
    )
    const last = wanted.findLastIndex(Boolean)
    const first = wanted.findIndex(Boolean)
    if (last >= 0)
      head.push(
        `const [${wanted.slice(first, last + 1).join(', ')}] = doorsFrom(${JSON.stringify(room)}, ${named[first]!.number})`,
      )
    const out = wanted.filter(name => name && exported.has(name))
    if (out.length) head.push(`export { ${out.join(', ')} }`)
  }
  for (const { type, start, end, specifiers } of statements)
    if (type === 'ImportDeclaration' && specifiers.length) text.remove(start, end)
  const more = [...asked].filter(name => !exported.has(name))
  text.prepend(`${head.join('\n')}\n`)
  if (more.length) text.append(`\nexport { ${more.join(', ')} }\n`)
  return { code: text.toString(), map: text.generateMap({ source: file, hires: true }), companions }
}

/** The candidates that are the rooms'. What stands inside one that moves goes along. */
function movedTo(rooms: readonly Room[], free: readonly Candidate[]): Moving[] {
  const ours = rooms.map(room => free.filter(each => isOf(room, each)))
  const moving = ours.flat()
  const isInside = ({ node }: Candidate): boolean =>
    moving.some(({ node: other }) => other !== node && other.start <= node.start && node.end <= other.end)
  return rooms.flatMap(({ name }, i) =>
    ours[i]!.filter(each => !/^(?:nested|block)$/.test(each.kind) || !isInside(each)).map(each => ({
      ...each,
      room: name,
    })),
  )
}

/** With their numbers; without those in a statement that goes to the same room as a whole. */
function numbered({ rooms, moved }: Plan, whole: ReadonlyMap<Node, string>, count: House['count']): Moved[] {
  const isAlong = ({ node, room }: Moving): boolean =>
    [...whole].some(([each, at]) => at === room && each.start <= node.start && node.end <= each.end)
  return rooms.flatMap(({ name: room }) => {
    const here = moved.filter(each => each.room === room && !isAlong(each))
    // Those with names first: their doors are made in one go.
    const sorted = [
      ...here.filter(each => each.name !== undefined),
      ...here.filter(each => each.name === undefined),
    ]
    return sorted.map((each, i) => ({ ...each, as: each.name ?? `rare$${i}`, number: count(room) + i }))
  })
}

const isOf = ({ functions }: Room, each: Candidate): boolean =>
  each.node.end - each.node.start >=
    (/^(?:nested|block)$/.test(each.kind) ? worthMovingNested : worthMoving) &&
  functions.some(place => isAt(place, each))

const isAt = ([start, end]: Place, { kind, node, body }: Candidate): boolean =>
  end === body.end &&
  (kind === 'block' ? start === body.start : start >= node.start && start < body.body.start)

/** A function of the same kind and name that hands what it knows to the moved one. */
function doorOf({ node, room, number, captured, isMethod, block }: Moved): string {
  const call = `nestedDoor(${JSON.stringify(room)}, ${number}, [${captured!.join(', ')}], args$)`
  if (block) {
    const own = `door(${JSON.stringify(room)}, ${number})`
    const args = block.usesThis ? ['this', ...captured!] : captured!
    const call = `${block.yields ? 'yield* ' : ''}${own}${block.usesThis ? '.call' : ''}(${args.join(', ')})`
    return `{ ${block.returns ? 'return ' : ''}${call} }`
  }
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
  const args = [room, number, keys.join(' ')].map(each => JSON.stringify(each)).join(', ')
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
  if (moved.block)
    return `export function${moved.block.yields ? '*' : ''} ${name}(${moved.captured!.join(', ')}) { ${own} }`
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
