// Chapter 4 whole, as the transcripts have it, with the kubectl of the machine (KUBECTL= names another) in the place of
// the world's own: it asks the world's API server over HTTPS, with its token. What the course prints is what it prints, but for what
// differs between two runs on one cluster (src/lesson/mask.ts), and for what is explained below.
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Lesson, lessonWorld } from '../../src/lesson/lesson.ts'
import { stepMatches } from '../../src/lesson/mask.ts'
import { Player } from '../../src/lesson/player.ts'
import { parseTranscript, type TranscriptCommand } from '../../src/lesson/transcript.ts'
import type { World } from '../../src/lesson/world.ts'
import { whole } from '../sample.ts'
import { RealKubectl, whyMissing } from './real-kubectl.ts'
import { serveCluster } from './served.ts'
import { Turns } from './turns.ts'

const root = join(import.meta.dirname, '../..')
const chapter = '04-deployment'
const transcripts = globSync('*.console', { cwd: join(root, 'examples', chapter) }).sort()
/** Played by `npm test`: nothing in them is looked at while it goes on. With WHOLE_SETS=1 all are. */
const few = ['deploy.console', 'roll-back.console']
const missing = whyMissing()

/** What newer kubectls print and older ones do not. */
const versions: readonly RegExp[] = [
  / from default namespace$/gm,
  /^Warning: resource \S+ was previously managed with 'kubectl apply'\. Rolling back .*\n/gm,
  /\bspec\.containers\{[^}]*\}: /g,
]
const ofAllVersions = (text: string): string => versions.reduce((left, each) => left.replace(each, ''), text)

/** What is not the same twice, or not here; `in`: in these transcripts only. */
const explained: readonly { readonly typed: RegExp; readonly in?: string; readonly why: string }[] = [
  { typed: /uniq -c/, why: 'which pod answers is drawn by lot' },
  { typed: /top pods|hpa/, in: 'autoscale', why: 'measured loads are drawn by lot' },
  { typed: /healthz; echo/, in: 'liveness', why: 'it says for how long it has run' },
  { typed: /^kk (?:get|rollout status)/, in: 'strategy', why: 'a rollout goes on while it is looked at' },
  { typed: /^kk get/, in: 'liveness', why: 'restarts go on while they are looked at' },
  { typed: /describe/, why: 'describe reckons the ages of events by the clock of its machine' },
  { typed: /port-forward|curl http:\/\/localhost/, why: 'the port is open on the machine, not in the world' },
]

let equal = 0
let commandsPlayed = 0
afterAll(() => {
  if (!missing)
    console.log(
      `chapter 4 by a real kubectl: ${equal} of ${commandsPlayed} commands print what the course prints`,
    )
})

async function lessonOf(transcript: string): Promise<Partial<Lesson>> {
  for (const module of globSync(`content/${chapter}/*/lesson.ts`, { cwd: root })) {
    const { default: lesson } = (await import(join(root, module))) as { default: Lesson }
    if (lesson.transcript === transcript) return lesson
  }
  return {}
}

function exampleFiles(): Record<string, string> {
  const base = join(root, 'examples', chapter)
  const files = globSync('**/*', { cwd: base, withFileTypes: true }).filter(
    entry => entry.isFile() && !entry.name.endsWith('.console'),
  )
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [relative(base, path), readFileSync(path, 'utf8')]
    }),
  )
}

/** What each command printed. */
async function play(world: World, commands: readonly TranscriptCommand[], turns: Turns): Promise<string[]> {
  const hooked = new Set<number>()
  const player = new Player(world, commands, {
    terminal(id) {
      const terminal = world.terminal(id)
      if (!hooked.has(id)) terminal.onOutput = text => player.printed(id, text)
      hooked.add(id)
      return terminal
    },
    echo() {},
  })
  while (player.position < commands.length) {
    player.begin()
    for (;;) {
      if (player.advance(turns.step())) break
      await turns.pause()
    }
  }
  return player.outputs
}

beforeEach(context => context.skip(!!missing, missing))

test.each(whole ? transcripts : few)('%s', { timeout: 120_000 }, async file => {
  const text = readFileSync(join(root, 'examples', chapter, file), 'utf8')
  const commands = parseTranscript(text, file).steps.flatMap(step => step.commands)
  let real: RealKubectl | undefined
  const world = lessonWorld(await lessonOf(file), exampleFiles(), {
    instead: (name, own) => (real && name === 'kubectl' ? real.run : own),
  })
  const served = await serveCluster(world.cluster, { passes: false })
  real = new RealKubectl(served.kubeconfig)
  const printed = await play(world, commands, new Turns(served, real)).finally(async () => {
    await served.close()
    real!.close()
  })
  const differing = commands.flatMap(({ text: typed, output }, at) => {
    commandsPlayed++
    const run = typed.replace(/\bkk\b/g, 'kubectl')
    const as = (stdout = '') => ({ stdout: ofAllVersions(stdout), stderr: '', exit: 0 })
    if (stepMatches({ run, ...as(output) }, as(printed[at]), new Set())) {
      equal++
      return []
    }
    if (explained.some(each => each.typed.test(typed) && (!each.in || file.startsWith(each.in)))) return []
    return [{ typed, expected: output, printed: printed[at] }]
  })
  expect(real.calls).toBeGreaterThan(0)
  expect(differing).toEqual([])
})
