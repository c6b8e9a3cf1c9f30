// A plugin of Vite that cuts rare code out of what the lab loads first. What is rare is measured anew for each build
// (profile.ts, tiers.ts); each module is cut (cut.ts); what was cut out is gathered by room and tier.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Plugin } from 'vite'
import { keep, kept } from '../../../src/site/lib/measured.ts'
import { coreModules, labModules } from '../chunks.ts'
import { blockPlaces } from './blocks.ts'
import { type Companion, type Cut, companionOf, cut, movable, type Place, plan, type Room } from './cut.ts'
import { homesOf } from './homes.ts'
import { earlyRoom, roomOf } from './rooms.ts'
import { forgetTrees } from './syntax.ts'
import { type Places, type Profile, tiersOf } from './tiers.ts'

const root = join(import.meta.dirname, '../../..').replaceAll('\\', '/')
const doors = `${root}/src/engine/rare.ts`
const table = `${root}/src/engine/rare-rooms.ts`

interface House {
  /** By path of the module. */
  readonly cuts: ReadonlyMap<string, Cut>
  /** Modules of each room, in the order of their functions' numbers. */
  readonly rooms: ReadonlyMap<string, readonly string[]>
  /** Paths of the modules that are left in the core. */
  readonly left: ReadonlySet<string>
  /** Rooms that a lesson needs before its first output: their letters. */
  readonly early: Readonly<Record<string, string>>
}

let measured: Promise<House> | undefined

async function run<T>(what: 'lessons' | 'loading', modules: string): Promise<T> {
  const before = kept<T>(what)
  if (before) return before
  const script = join(import.meta.dirname, 'profile.ts')
  // What V8 optimizes in the background, or forgets, it does not count: from one build to the next it would be other code.
  const counting = ['--no-opt', '--no-maglev', '--no-flush-bytecode']
  const counted = promisify(execFile)(process.execPath, [...counting, script, what], { maxBuffer: 1 << 28 })
  counted.child.stdin!.end(modules)
  const { stdout } = await counted
  return keep(what, JSON.parse(stdout))
}

const placeOf = (text: string): Place => text.split(' ').map(Number) as [number, number]

/** As text it can be kept for builds after this one. */
type Written = {
  readonly cuts: readonly (readonly [
    string,
    Omit<Cut, 'companions'> & { companions: [string, Companion][] },
  ])[]
  readonly rooms: readonly (readonly [string, readonly string[]])[]
  readonly left: readonly string[]
  readonly early: House['early']
}

const written = ({ cuts, rooms, left, early }: House): Written => ({
  cuts: [...cuts].map(([file, each]) => [file, { ...each, companions: [...each.companions] }]),
  rooms: [...rooms],
  left: [...left],
  early,
})

const read = ({ cuts, rooms, left, early }: Written): House => ({
  cuts: new Map(cuts.map(([file, each]) => [file, { ...each, companions: new Map(each.companions) }])),
  rooms: new Map(rooms),
  left: new Set(left),
  early,
})

async function houseOfSources(): Promise<House> {
  const before = kept<Written>('house')
  if (before) return read(before)
  const house = await measure()
  forgetTrees()
  keep('house', written(house))
  return house
}

async function measure(): Promise<House> {
  const core = coreModules(root)
  const asked = [...core].filter(path => roomOf(path)).sort()
  const modules = JSON.stringify(
    Object.fromEntries(
      asked.map(
        path => [path, blockPlaces(`${root}/${path}`, readFileSync(join(root, path), 'utf8'))] as const,
      ),
    ),
  )
  const [profile, loading] = await Promise.all([
    run<Profile>('lessons', modules),
    run<Places>('loading', modules),
  ])
  const functions = Object.fromEntries(
    Object.entries(profile.functions).map(([path, places]) => {
      const file = `${root}/${path}`
      const can = movable(file, readFileSync(file, 'utf8'), places.map(placeOf))
      return [path, can.map(place => place.join(' '))]
    }),
  )
  const { groups, none } = tiersOf({ ...profile, functions }, loading)
  const plans = asked.map(path => {
    const room = (name: string, places: Places): Room => ({
      name,
      functions: (places[path] ?? []).map(placeOf),
    })
    const rooms = [...groups.map(({ places }, i) => room(earlyRoom(i), places)), room(roomOf(path)!, none)]
    const file = `${root}/${path}`
    return plan({ file, source: readFileSync(file, 'utf8'), rooms })
  })
  const homes = homesOf(plans, labModules(root))
  const cuts = new Map<string, Cut>()
  const rooms = new Map<string, string[]>()
  const counts = new Map<string, number>()
  for (const each of plans) {
    const { file } = each
    const made = cut(each, { doors, homes, count: room => counts.get(room) ?? 0 })
    if (!made) continue
    cuts.set(file, made)
    for (const [room, { moved }] of made.companions) {
      rooms.set(room, [...(rooms.get(room) ?? []), file])
      counts.set(room, (counts.get(room) ?? 0) + moved.length)
    }
  }
  const early: Record<string, string> = {}
  for (const [i, { lessons }] of groups.entries())
    if (rooms.has(earlyRoom(i))) for (const id of lessons) early[id] = (early[id] ?? '') + earlyRoom(i)
  const left = coreModules(
    root,
    path => cuts.get(`${root}/${path}`)?.code ?? readFileSync(join(root, path), 'utf8'),
  )
  return { cuts, rooms, left, early }
}

const roomModule = '\0rare-room:'
const companion = /^(.*)\?rare-code-([\w-]+)\.ts$/

let built: House | undefined

/** Paths of the modules that are left in the core; asked for once all are loaded. */
export const leftModules = (): ReadonlySet<string> => built!.left

export function rareCode(): Plugin {
  const house = () => (measured ??= houseOfSources().then(house => (built = house)))
  return {
    name: 'rare-code',
    enforce: 'pre',
    resolveId(id) {
      if (id.startsWith(roomModule)) return id
      // A server of Vite names files from its root on.
      if (companion.test(id)) return id.startsWith(`${root}/`) ? id : root + id
      return undefined
    },
    async load(id) {
      const { cuts, rooms, early } = await house()
      if (id === table) {
        const lines = [...rooms.keys()].map(
          room =>
            `${JSON.stringify(room)}: () => import(${JSON.stringify(roomModule + room)}).then(each => each.functions),`,
        )
        return `export const rooms = {\n${lines.join('\n')}\n}\nexport const early = ${JSON.stringify(early)}`
      }
      if (id.startsWith(roomModule)) {
        const room = id.slice(roomModule.length)
        const files = rooms.get(room) ?? []
        const lines = files.map(
          (file, i) => `import * as m${i} from ${JSON.stringify(companionOf(file, room))}`,
        )
        const functions = files.flatMap((file, i) =>
          cuts
            .get(file)!
            .companions.get(room)!
            .moved.map(name => `m${i}.${name}`),
        )
        return `${lines.join('\n')}\nexport const functions = [${functions.join(', ')}]`
      }
      const [, file = '', room = ''] = companion.exec(id) ?? []
      return cuts.get(file)?.companions.get(room)?.code
    },
    async transform(source, id) {
      const made = (await house()).cuts.get(id)
      if (!made) return undefined
      if (source !== readFileSync(id, 'utf8')) throw new Error(`${id} has been changed before it is cut`)
      return { code: made.code, map: made.map }
    },
  }
}
