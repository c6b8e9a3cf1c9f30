// Every chain of causes with its broken world: Why? says the sentence in both languages, and falls silent once it is mended.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Fault } from '../src/cluster/fault.ts'
import { whyEn } from '../src/i18n/why.en.ts'
import { whyZh } from '../src/i18n/why.zh.ts'
import { type Told, tell, textOf } from '../src/lesson/why/tell.ts'
import { type Answer, type Subject, subjectOf, why } from '../src/lesson/why/why.ts'
import { World } from '../src/lesson/world.ts'
import type { Case } from './why/case.ts'
import { cases, leftOut } from './why/cases.ts'

const folder = new URL('./why/worlds/', import.meta.url)
const all = Object.fromEntries(
  readdirSync(folder).map(name => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

/** The files that a case speaks of. */
function filesOf({ build, cure }: Case): Record<string, string> {
  const said = [...build, ...cure].join(' ')
  return Object.fromEntries(Object.entries(all).filter(([name]) => said.includes(` ${name}`)))
}

function perform(world: World, move: Case['build'][number] | Case['cure'][number]): void {
  if (typeof move === 'number') world.advance(move * 1000)
  else if (move === '# metrics on') world.apply({ at: world.elapsed, type: 'metrics', on: true })
  else if (typeof move === 'string') world.run(move)
  else if ('repair' in move) world.repair(move.repair)
  else world.inject(move as Fault)
}

/** What the case asks about, as it is now; undefined where there is no such thing (any more). */
function subject(world: World, ask: string): Subject | undefined {
  const { network, api } = world.cluster
  const [, pod] = /^request (.+)$/.exec(ask) ?? []
  if (pod) {
    const trace = network.traces.recent.all.findLast(({ hops }) => hops[0]?.name === `default/${pod}`)
    return trace && { type: 'request', trace }
  }
  if (ask !== 'refusal') return subjectOf(world, ask)
  const refusal = api.refusals.all.at(-1)
  return refusal && { type: 'refusal', refusal }
}

const chainOf = ({ links }: Answer['causes'][number]): string => links.map(each => each.number).join(' → ')
/** Names of pods end by chance. */
const sentences = ({ causes }: Told): string[] =>
  causes.map(each => textOf(each.says).replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-*'))

for (const each of cases) {
  const name = each.chain.join(' → ')
  it(`${name}: ${each.ask}`, () => {
    const { workers, metrics } = each
    const world = new World({
      seed: 1,
      files: filesOf(each),
      ...(workers && { workers }),
      ...(metrics && { metrics }),
    })
    for (const move of each.build) perform(world, move)
    world.advance((each.waits ?? 75) * 1000)
    const answer = why(world, subject(world, each.ask)!)
    const told = {
      chains: answer.causes.map(chainOf),
      en: sentences(tell(answer, whyEn, 'en')),
      zh: sentences(tell(answer, whyZh, 'zh')),
    }
    const at = told.chains.indexOf(name)
    expect({ ...told, en: told.en[at], zh: told.zh[at] }).toEqual({ ...told, en: each.en, zh: each.zh })

    for (const move of each.cure) perform(world, move)
    world.advance((each.heals ?? 75) * 1000)
    const left = subject(world, each.ask)
    const after = left ? why(world, left).causes : []
    expect(after.map(chainOf)).not.toContain(name)
    // What is told to who asks may go on being so; a trouble may not.
    expect(after.filter(cause => !cause.quiet).map(chainOf)).toEqual([])
  })
}

it('has a world for every chain, or a reason', () => {
  const numbers = Array.from({ length: 90 }, (_, i) => i + 1)
  const shown = new Set(cases.flatMap(each => each.chain))
  const missing = numbers.filter(each => !shown.has(each))
  for (const each of missing) console.info(`chain ${each} has no world: ${leftOut[each]}`)
  expect(missing.filter(each => leftOut[each] === undefined)).toEqual([])
  expect(missing.length).toBeLessThanOrEqual(10)
})

it('has the same texts in both languages, and none too long', () => {
  for (const [number, text] of Object.entries(whyZh.says)) {
    expect([number, (text.replace(/`?\{\w+\}`?/g, '').match(/\p{Script=Han}/gu) ?? []).length <= 40]).toEqual(
      [number, true],
    )
    const en = whyEn.says[number as keyof typeof whyEn.says]
    expect([number, en.split(/\s+/).length <= 25]).toEqual([number, true])
    const places = (each: string) => [...new Set(each.match(/\{\w+\}/g))].sort()
    expect([number, places(text)]).toEqual([number, places(en)])
  }
})
