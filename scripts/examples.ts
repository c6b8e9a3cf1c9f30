// npm run examples -- [--update] [FILE…]
// npm run examples -- --cluster [--yes] [--patience MINUTES] [--report FILE] [FILE…]
//
// Plays the transcripts under examples/ and compares what is printed with what they say; fails on any difference.
// --update writes the outputs anew. FILE: only transcripts whose path holds it (04-deployment, roll-back).
//
// --cluster plays them by the kubectl of this machine on the cluster of its current context, in real time. It says
// first what it would create there and asks (--yes: it does not ask). Each transcript gets a namespace of its own; what
// needs this course's nodes, docker or a simulator is left out, with the reason, and so is what follows a wait that is
// longer than --patience (10 minutes: some lessons let days pass); what was made is taken away at the end, also on Ctrl-C.
// The report, beside the text, is a page: tmp/examples-on-cluster.html, or --report FILE.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lessonWorld } from '../src/lesson/lesson.ts'
import { play } from '../src/lesson/player.ts'
import { parseTranscript, type TranscriptCommand, withOutputs } from '../src/lesson/transcript.ts'
import { playedNeeds } from '../src/parts/needs.ts'
import '../src/parts/preload.ts'
import { keep, keeps } from '../src/site/lib/measured.ts'
import { playOnCluster } from './examples/cluster.ts'
import { diffOf } from './examples/report.ts'
import { exampleFiles, shownBy } from './examples/sources.ts'
import { misused, readOptions } from './lib/options.ts'
import { root } from './lib/run.ts'

const { values, positionals } = readOptions(import.meta.filename, {
  options: {
    update: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
    yes: { type: 'boolean', short: 'y', default: false },
    patience: { type: 'string', default: '10' },
    report: { type: 'string', default: join(root, 'tmp', 'examples-on-cluster.html') },
  },
  allowPositionals: true,
})

const paths = globSync('examples/**/*.console', { cwd: root })
  .filter(path => positionals.length === 0 || positionals.some(text => path.includes(text)))
  .sort()
if (paths.length === 0)
  misused(import.meta.filename, `No transcript's path holds ${positionals.join(' or ')}`)
if (values.cluster) {
  if (values.update) misused(import.meta.filename, 'The outputs are the simulator’s: --update has no cluster')
  const patience = Number(values.patience)
  if (!(patience >= 0)) misused(import.meta.filename, `--patience ${values.patience} is no number of minutes`)
  process.exit(await playOnCluster(paths, { ...values, patience: patience * 60_000 }))
}
let passed = 0
let failed = 0
const started = performance.now()

for (const path of paths) {
  const text = readFileSync(join(root, path), 'utf8')
  const begun = performance.now()
  try {
    const transcript = parseTranscript(text, path)
    const commands = transcript.steps.flatMap(step => step.commands)
    const outputs = await outputsOf(path, commands)
    const wrong = commands.flatMap((command, i) => (command.output === outputs[i] ? [] : [i]))
    if (values.update) {
      if (wrong.length) writeFileSync(join(root, path), withOutputs(text, transcript, outputs))
      passed += commands.length
      console.log(
        `${path}: ${wrong.length ? `${wrong.length} of ${commands.length} outputs written` : 'unchanged'}`,
      )
      continue
    }
    passed += commands.length - wrong.length
    failed += wrong.length
    const ms = Math.round(performance.now() - begun)
    console.log(
      `${wrong.length ? '✗' : '✓'} ${path}: ${commands.length - wrong.length} of ${commands.length} commands as printed (${ms} ms)`,
    )
    for (const i of wrong) report(path, commands[i]!, outputs[i] ?? '')
  } catch (error) {
    failed++
    console.log(
      `✗ ${error instanceof Error ? (error.name === 'Error' ? error.stack : error.message) : error}`,
    )
  }
}
console.log(`${passed} passed, ${failed} failed (${((performance.now() - started) / 1000).toFixed(1)} s)`)
if (failed) process.exitCode = 1

/** What the commands print. Where builds go on beside, they find what the lesson has asked for by the way. */
async function outputsOf(path: string, commands: readonly TranscriptCommand[]): Promise<readonly string[]> {
  const shown = await shownBy(path)
  const files = exampleFiles(dirname(path))
  if (!shown || !keeps) return play(lessonWorld(shown?.lesson ?? {}, files), commands)
  const { needs, outputs } = playedNeeds(shown.lesson, files, commands)
  keep(`needs/${shown.id}`, needs)
  return outputs
}

function report(path: string, command: TranscriptCommand, output: string): void {
  const { text, output: expected } = command
  const place = `${path}:${command.lines[0]}`
  console.log(`\n  ${place}: $ ${text.split('\n')[0]}`)
  console.log(diffOf({ place, command: text, expected, output, same: false }).replace(/^/gm, '  '))
}
