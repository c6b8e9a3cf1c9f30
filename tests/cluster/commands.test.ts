// 148 commands of all groups by the kubectl of the machine (KUBECTL= names another), over TLS with the kubeconfig's token,
// and the same by the simulator's own kubectl in a second cluster of the same seed. Their streams and exit codes are
// equal, but for what differs between two runs on one cluster (src/lesson/mask.ts) and for what is explained by command.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stepMatches } from '../../src/lesson/mask.ts'
import { type Output, type Running, World } from '../../src/lesson/world.ts'
import { explained, files, groups } from './commands.ts'
import { RealKubectl, whyMissing } from './real-kubectl.ts'
import { type Served, serveCluster } from './served.ts'
import { Turns } from './turns.ts'

const missing = whyMissing()
const count = Object.values(groups).flat().length

/** Virtual milliseconds between two commands. */
const between = 5000

let own: World
let other: World
let served: Served
let real: RealKubectl
let turns: Turns
let equal = 0

beforeAll(async () => {
  if (missing) return
  own = new World({ seed: 1, metrics: true, files })
  other = new World({
    seed: 1,
    metrics: true,
    files,
    instead: (name, program) => (name === 'kubectl' ? process => real.run(process) : program),
  })
  served = await serveCluster(other.cluster, { passes: false })
  real = new RealKubectl(served.kubeconfig)
  turns = new Turns(served, real)
})

afterAll(async () => {
  if (missing) return
  real.close()
  await served.close()
  console.log(`by a real kubectl ${equal} of ${count} commands print what the simulator's own prints`)
})

beforeEach(context => context.skip(!!missing, missing))

async function played(command: string): Promise<Output> {
  const running: Running = other.start(command)
  for (;;) {
    other.advance(turns.step())
    if (running.done) return running.finish()
    await turns.pause()
  }
}

test('they are 148', () => {
  expect(count).toBe(148)
})

test.each(Object.entries(groups))('%s', { timeout: 120_000 }, async (_, commands) => {
  const differing: object[] = []
  for (const run of commands) {
    const expected = own.run(run)
    const actual = await played(run)
    const end = Math.max(own.elapsed, other.elapsed) + between
    for (const world of [own, other]) world.advance(end - world.elapsed)
    const without = ({ stdout, stderr, exit }: Output, words?: RegExp) => {
      const rest = (text: string) => (words ? text.replace(words, '') : text)
      return { stdout: rest(stdout), stderr: rest(stderr), exit }
    }
    const isEqual = (words?: RegExp) =>
      stepMatches({ run, ...without(expected, words) }, without(actual, words), new Set())
    const reason = explained[run]
    if (isEqual()) {
      equal++
      if (!reason) continue
    } else if (reason && (!reason.words || isEqual(reason.words))) continue
    differing.push({ run, reason, expected, actual })
  }
  expect(differing).toEqual([])
})
