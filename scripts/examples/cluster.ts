// `npm run examples -- --cluster`: what it would do, the question, the plays one after another, the report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { parseTranscript, type TranscriptCommand } from '../../src/lesson/transcript.ts'
import { root } from '../lib/run.ts'
import { inPlace, sameOnCluster } from './compare.ts'
import { ClusterPlay, kubectl, lookAtCluster } from './on-cluster.ts'
import { inWords, longestWait, type Plan, planOf, type RealCluster } from './plan.ts'
import { htmlReport, type PlayedOnCluster, textReport } from './report.ts'
import { exampleFiles, lessonOf } from './sources.ts'

interface Item {
  readonly path: string
  readonly lesson: Partial<Lesson>
  readonly commands: readonly TranscriptCommand[]
  readonly files: Readonly<Record<string, string>>
  readonly plan: Plan
}

export interface ClusterOptions {
  /** Does not ask. */
  readonly yes: boolean
  /** Where the page goes. */
  readonly report: string
  /** How long it waits at a stretch, in ms. */
  readonly patience: number
}

/** The exit code: 0 all as printed, 1 differences, 2 not begun, 130 stopped by Ctrl-C. */
export async function playOnCluster(
  paths: readonly string[],
  { yes, report, patience }: ClusterOptions,
): Promise<number> {
  let cluster: RealCluster
  let context: string
  try {
    context = kubectl(['config', 'current-context']).trim()
    cluster = lookAtCluster()
  } catch (error) {
    console.error((error as Error).message)
    return 2
  }
  const items: Item[] = []
  for (const path of paths) {
    const lesson = await lessonOf(path)
    const files = { ...exampleFiles(dirname(path)), ...lesson.files }
    const { steps } = parseTranscript(readFileSync(join(root, path), 'utf8'), path)
    const commands = steps.flatMap(step => step.commands)
    items.push({ path, lesson, commands, files, plan: planOf(lesson, commands, files, cluster, patience) })
  }
  console.log(announcement(context, items))
  if (!yes && !(await agreed())) return 2

  const results: PlayedOnCluster[] = []
  let current: ClusterPlay | undefined
  let stopped = false
  const stop = () => {
    if (stopped) process.exit(130) // asked twice: at once
    stopped = true
    console.log('\nStopping, and taking away what was made (Ctrl-C again: at once) …')
    current?.stop()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const total = items.reduce((sum, each) => sum + each.commands.length, 0)
  let left = false
  for (const [n, item] of items.entries()) {
    if (stopped) break
    const before = results.length
    if (item.plan.skipped.every(each => each !== undefined)) {
      results.push(...item.commands.map((command, i) => resultOf(item, command, i)))
      console.log(
        `[${results.length}/${total}] – ${item.path}: ${item.plan.refused ?? 'all of it is left out'}`,
      )
      continue
    }
    console.log(`[${before}/${total}] ${item.path}`)
    const play = new ClusterPlay(item.plan, `examples-${process.pid.toString(36)}-${n}`)
    current = play
    try {
      const start = (item.lesson.start ?? []).filter(each => typeof each !== 'object')
      const places = { nodes: cluster.nodes, namespace: play.namespace, context }
      const { outputs, late, missing } = await play.play(start, item.commands, item.files, {
        done: i =>
          console.log(
            `[${before + i + 1}/${total}] ${item.plan.skipped[i] === undefined ? '·' : '–'} $ ${item.commands[i]!.text.split('\n')[0]}`,
          ),
        waits(ms) {
          if (ms >= toldWait) console.log(`… waits ${inWords(ms)}`)
        },
        isSame: (i, output) => sameOnCluster(item.commands[i]!, output, places),
      })
      const reached = stopped ? outputs.findLastIndex(each => each !== undefined) : item.commands.length
      for (const [i, command] of item.commands.slice(0, Math.max(0, reached)).entries()) {
        const unknown = missing.get(i)
        const skipped = unknown === undefined ? undefined : `needs ${unknown}, which this machine has not`
        const output = outputs[i]
        results.push({
          ...resultOf(item, command, i),
          ...(skipped !== undefined && { skipped }),
          ...(output !== undefined && {
            output: inPlace(output, places),
            same: sameOnCluster(command, output, places),
            late: late.has(i),
          }),
        })
      }
    } catch (error) {
      left = true
      console.error(`${item.path}: ${(error as Error).message}`)
    } finally {
      for (const each of play.cleanUp()) {
        left = true
        console.error(`could not be taken away: ${each}`)
      }
    }
  }
  process.off('SIGINT', stop)
  process.off('SIGTERM', stop)
  console.log(`\n${textReport(context, results)}`)
  mkdirSync(dirname(report), { recursive: true })
  writeFileSync(report, htmlReport(context, results))
  console.log(`The same as a page: ${report}`)
  if (stopped) return 130
  return left || results.some(each => each.skipped === undefined && !each.same) ? 1 : 0
}

/** Ms. */
const toldWait = 15_000

function resultOf(
  { path, plan }: Item,
  { text, output, lines }: TranscriptCommand,
  i: number,
): PlayedOnCluster {
  const skipped = plan.skipped[i]
  return {
    place: `${path}:${lines[0]}`,
    command: text,
    expected: output,
    same: false,
    ...(skipped !== undefined && { skipped }),
  }
}

/** What will happen, before anything does. */
function announcement(context: string, items: readonly Item[]): string {
  const played = items.filter(({ plan }) => plan.skipped.some(each => each === undefined))
  const commands = items.flatMap(({ plan }) => plan.skipped)
  const waits = items.reduce(
    (sum, { plan, commands }) =>
      sum +
      commands.reduce((own, each, i) => own + (plan.skipped[i] === undefined ? longestWait(each) : 0), 0),
    0,
  )
  const list = (what: string, names: readonly string[]) =>
    names.length ? [`  ${what}: ${[...new Set(names)].sort().join(', ')}`] : []
  return [
    `Context ${context}: ${commands.filter(each => each === undefined).length} of ${commands.length} commands of ${played.length} transcripts would be run there, in real time, of which ${inWords(waits)} are waited. They create, and take away again:`,
    `  a namespace examples-… for each transcript, with whatever stands in it`,
    ...list(
      'namespaces',
      played.flatMap(({ plan }) => plan.namespaces),
    ),
    ...list(
      'cluster-wide',
      played.flatMap(({ plan }) => plan.clusterWide),
    ),
  ].join('\n')
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error('Nobody can be asked here: --yes agrees.')
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('Go on? [y/N] ')
  lines.close()
  return /^y(?:es)?$/i.test(answer.trim())
}
