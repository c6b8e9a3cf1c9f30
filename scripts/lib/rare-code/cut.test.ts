// A module that is cut does what it did: the halves are written as files and run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { cut, type House, plan, type Whole } from './cut.ts'
import { homesOf } from './homes.ts'

const folder = mkdtempSync(join(tmpdir(), 'rare-code-'))
afterAll(() => rmSync(folder, { recursive: true }))

const long = `/* ${'long enough to be worth a place elsewhere '.repeat(4)} */`
const source = `import { helper } from './helper.ts'
const table = new Map<string, number>([['a', 1]])
export function plain(name: string): number { ${long} return (table.get(name) ?? 0) + helper(1) }
export const arrow = (name: string) => { ${long} return plain(name) * 2 }
export const kept = () => 'kept'
export const wrap = (f: () => string) => () => { ${long} return f() + '!' }
export const wrapped = wrap(kept)
let count = 0
export function counts(): number { ${long} count = count + 1; return count }
export const object = { *numbers(this: { base: number }, n: number) { ${long} for (let i = 0; i < n; i++) yield this.base + i }, base: 10, value: (x: number) => { ${long} return x * x } }
export class Box {
  #inside: number
  constructor(inside: number) { this.#inside = inside }
  get(): number { return this.#inside }
  add(n: number): Box { ${long} this.#inside += n; return this.#log(n) }
  #log(n: number): Box { ${long} if (n < 0) throw new Error('negative'); return this }
}
`
const nestedSource = `export function start(base: number, { step }: { step: number }) {
  const seen: number[] = []
  let total = 0
  let changed = 1
  function* numbers(n: number): Generator<number> { ${long}${long} for (let i = 0; i < n; i++) yield base + i * step }
  const note = (n: number): number => { ${long}${long} seen.push(n); return seen.length }
  const stays = (n: number) => { ${long}${long} return (total += n * changed) }
  changed = 2
  const handlers = { take(n: number) { ${long}${long} return note(n) + base }, early: () => { ${long}${long} return later } }
  const later = 'later'
  return { numbers, note, stays, handlers, of: (step: number) => { ${long}${long} return [base].map(one => one * step) } }
}
`

const doorsSource = `export const rooms: Record<string, Function[]> = {}
export const door = (room: string, n: number) => function (this: unknown, ...args: unknown[]) { return rooms[room]![n - 5]!.apply(this, args) }
export function* doorsFrom(room: string, first: number) { for (let n = first; ; n++) yield door(room, n) }
export const doors = (prototype: any, room: string, first: number, names: string) => { for (const [i, name] of names.split(' ').entries()) prototype[name] = door(room, first + i) }
export const nestedDoor = (room: string, n: number, captured: unknown[], args: unknown[]) => rooms[room]![n - 5]!(...captured)(...args)
`

const house = (homes: House['homes'] = new Map()): House => ({
  doors: join(folder, 'doors.ts'),
  homes,
  count: () => 5,
})
const cutOne = (whole: Whole) => cut(plan(whole), house())

/** Places of the functions whose text has one of these beginnings. */
const places = (starts: readonly string[], source: string) =>
  starts.map((start): [number, number] => {
    const at = source.indexOf(start)
    if (at < 0) throw new Error(`no ${start}`)
    let depth = 0
    for (let i = source.indexOf('{ /*', at); ; i++) {
      if (source[i] === '{') depth++
      if (source[i] === '}' && --depth === 0) return [at, i + 1]
    }
  })

test('halves together do what the whole did', async () => {
  const file = join(folder, 'whole.ts')
  const uncalled = places(
    [
      'function plain(',
      '(name: string) => {',
      '() => { /*',
      'function counts(',
      '*numbers(',
      '(x: number) => {',
      'add(n: number)',
      '#log(n: number)',
    ],
    source,
  )
  // Two rooms, so that each needs something of the other.
  const rooms = [0, 1].map(i => ({
    name: `room${i}`,
    functions: uncalled.filter((_, n) => n % 2 === i),
  }))
  const { code, companions } = cutOne({ file, source, rooms })!
  const moved = [...companions.values()]
  // A variable that is given another value stays where it is; so does a function that is called.
  for (const each of moved) expect(each.code).not.toMatch(/count = count \+ 1|'kept'/)
  expect(code).not.toContain("'negative'")
  expect(moved.map(each => each.moved.length)).toEqual([4, 3])

  writeFileSync(file, code)
  writeFileSync(join(folder, 'helper.ts'), 'export const helper = (n: number) => n + 100\n')
  writeFileSync(join(folder, 'doors.ts'), doorsSource)
  const at = (name: string) => import(pathToFileURL(join(folder, name)).href)
  for (const [room, companion] of companions) {
    writeFileSync(join(folder, `${room}.ts`), companion.code)
    const functions = await at(`${room}.ts`)
    ;(await at('doors.ts')).rooms[room] = companion.moved.map(name => functions[name])
  }
  const { plain, arrow, kept, wrapped, counts, object, Box } = await at('whole.ts')
  expect([plain('a'), arrow('b'), kept(), wrapped()]).toEqual([102, 202, 'kept', 'kept!'])
  expect([counts(), counts()]).toEqual([1, 2])
  expect([...object.numbers(3), object.value(4)]).toEqual([10, 11, 12, 16])
  expect(new Box(1).add(2).get()).toBe(3)
  expect(() => new Box(1).add(-2)).toThrow('negative')
})

test('a function inside another moves with what it knows of those around it', async () => {
  const file = join(folder, 'nested.ts')
  const starts = [
    'function* numbers(',
    '(n: number): number =>',
    '(n: number) => { /*',
    '(n: number) { /*',
    '() => { /*',
    '(step: number) =>',
  ]
  const room = { name: 'inside', functions: places(starts, nestedSource) }
  const { code, companions } = cutOne({ file, source: nestedSource, rooms: [room] })!
  const { code: moved, moved: all } = companions.get('inside')!
  expect(all).toHaveLength(4)
  // What is given another value, or has none yet where the function stands, cannot be handed over.
  for (const stays of ['total += n', 'return later'])
    expect([code.includes(stays), moved.includes(stays)]).toEqual([true, false])
  for (const went of ['yield base', 'seen.push', 'note(n) +', 'one * step'])
    expect([code.includes(went), moved.includes(went)]).toEqual([false, true])
  writeFileSync(file, code)
  writeFileSync(join(folder, 'doors.ts'), doorsSource)
  writeFileSync(join(folder, 'inside.ts'), moved)
  const at = (name: string) => import(pathToFileURL(join(folder, name)).href)
  const functions = await at('inside.ts')
  ;(await at('doors.ts')).rooms.inside = all.map(name => functions[name])
  const made = (await at('nested.ts')).start(10, { step: 2 })
  expect([...made.numbers(3)]).toEqual([10, 12, 14])
  expect([made.note(1), made.handlers.take(2), made.stays(3)]).toEqual([1, 12, 6])
  expect([made.handlers.early(), made.of(4)]).toEqual(['later', [40]])
})

const blockSource = `export class Gate {
  #open = false
  constructor(open: boolean) { ${long} this.#open = open }
  pass(name: string): string {
    if (!this.#open) { ${long} throw new Error(name + ' is not let in') }
    let count = 0
    for (const letter of name) {
      if (letter === '-') { ${long} return this.#open + letter }
      if (letter === '+') { ${long} count += 2 }
      if (letter === '*') { ${long} continue }
      if (letter === '/') { ${long} if (count) return 'mixed' }
      count++
    }
    if (count < 9) return String(count)
    ${long}
    const last = count - 1
    if (last > 10) return 'long'
  }
  *steps(to: number): Generator<number, string> {
    try { if (to > 2) throw new Error('too far') }
    catch (error) { ${long} yield to; return (error as Error).message }
    return 'near'
  }
}
`

test('a part of a function moves where it leaves as a function does', async () => {
  const file = join(folder, 'blocks.ts')
  const functions = [...blockSource.matchAll(/\{ \/\*[^*]*\*\/([^{}]|\{[^{}]*\})*\}/g)].map(
    ({ index, 0: text }): [number, number] => [index, index + text.length],
  )
  const body = blockSource.indexOf('this.#open = open')
  functions.push([body, body + 'this.#open = open'.length])
  const tail = blockSource.indexOf('const last')
  functions.push([tail, blockSource.indexOf("'long'") + "'long'".length])
  const room = { name: 'blocks', functions }
  const { code, companions } = cutOne({ file, source: blockSource, rooms: [room] })!
  const { code: moved, moved: all } = companions.get('blocks')!
  const gone = (text: string) => [code.includes(text), moved.includes(text)]
  for (const went of ['is not let in', '+ letter', 'yield to'])
    expect([went, ...gone(went)]).toEqual([went, false, true])
  for (const stays of ['count += 2', 'continue', "'mixed'"])
    expect([stays, ...gone(stays)]).toEqual([stays, true, false])
  writeFileSync(file, code)
  writeFileSync(join(folder, 'doors.ts'), doorsSource)
  writeFileSync(join(folder, 'moved-blocks.ts'), moved)
  const at = (name: string) => import(pathToFileURL(join(folder, name)).href)
  const functionsMoved = await at('moved-blocks.ts')
  ;(await at('doors.ts')).rooms.blocks = all.map(name => functionsMoved[name])
  const { Gate } = await at('blocks.ts')
  const open = new Gate(true)
  expect(['abc', 'a-b', 'a+', '/a', 'a/', '123456789', '123456789012'].map(each => open.pass(each))).toEqual([
    '3',
    'true-',
    '4',
    '2',
    'mixed',
    undefined,
    'long',
  ])
  expect(() => new Gate(false).pass('x')).toThrow('x is not let in')
  const steps = open.steps(3)
  expect([steps.next(), steps.next()]).toEqual([
    { value: 3, done: false },
    { value: 'too far', done: true },
  ])
})

test('what only the moved functions of a room mention goes with them', () => {
  const errors = `export class Bad extends Error { text = ${'texts'} }
const texts = 'long texts'
export const both = ['two rooms']
export const live = [both.length]
export const started = register('at once')
function register(name: string) { return [name] }
`
  const user = `import { Bad, both, live, started } from './errors.ts'
export function rare() { ${long} throw new Bad(helper()) }
function helper() { return both.join() }
export function other() { ${long} return [both, rare] }
export function common() { return [live, started] }
`
  const at = (name: string) => `/x/${name}.ts`
  const [rare, other] = places(['function rare(', 'function other('], user) as [
    [number, number],
    [number, number],
  ]
  const rooms = [
    { name: 'A', functions: [rare] },
    { name: 'B', functions: [other] },
  ]
  const plans = [
    plan({ file: at('errors'), source: errors, rooms: [] }),
    plan({ file: at('user'), source: user, rooms }),
  ]
  const lab = plans.map(({ file, statements }) => ({ file, statements, later: [] }))
  const homes = homesOf(plans, lab)
  expect(Object.fromEntries(homes.get(at('errors'))!)).toEqual({ Bad: 'A', texts: 'A' })
  expect(Object.fromEntries(homes.get(at('user'))!)).toEqual({ helper: 'A', rare: 'B', other: 'B' })
  const [left, cutUser] = plans.map(each => cut(each, house(homes))!)
  expect(left!.code).not.toMatch(/Bad|long texts/)
  expect(left!.companions.get('A')!.code).toMatch(/export class Bad .*[\s\S]*export const texts/)
  expect(cutUser!.companions.get('A')!.code).toContain('import { Bad } from "/x/errors.ts?rare-code-A.ts"')
  expect(cutUser!.companions.get('B')!.code).toContain('export const rare = door("A", 5)')
  expect(cutUser!.code).not.toMatch(/Bad|helper|function rare/)
  // What the page loads as a whole may be asked for anything.
  expect(
    homesOf(plans, [...lab, { file: at('main'), statements: [], later: [at('errors')] }]).get(at('errors')),
  ).toEqual(new Map())
})

test('nothing is cut where everything is called, or where it would not pay', () => {
  const file = join(folder, 'x.ts')
  expect(cutOne({ file, source, rooms: [{ name: 'room', functions: [] }] })).toBeUndefined()
  const short = [{ name: 'room', functions: [[17, 24]] as const }]
  expect(cutOne({ file, source: 'export const f = () => 1\n', rooms: short })).toBeUndefined()
})
