// npm run examples -- [--update] [--cluster] [FILE…]
//
// Plays the transcripts under examples/ and compares what is printed with what they say; fails on any difference.
// --update writes the outputs anew. --cluster runs the same commands with the kubectl of this machine on its current
// context, in a temporary directory and a namespace made for it, and compares after masking what varies. FILE: only transcripts whose path holds it.
import { spawn, spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { stepMatches } from '../src/lesson/mask.ts'
import { play } from '../src/lesson/player.ts'
import { parseTranscript, type TranscriptCommand, withOutputs } from '../src/lesson/transcript.ts'
import '../src/parts/preload.ts'
import { readOptions } from './lib/options.ts'

const root = join(import.meta.dirname, '..')
const { values, positionals } = readOptions(import.meta.filename, {
  options: { update: { type: 'boolean', default: false }, cluster: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const paths = globSync('examples/**/*.console', { cwd: root })
  .filter(path => positionals.length === 0 || positionals.some(text => path.includes(text)))
  .sort()
let passed = 0
let failed = 0
const started = performance.now()

for (const path of paths) {
  const text = readFileSync(join(root, path), 'utf8')
  const begun = performance.now()
  try {
    const transcript = parseTranscript(text, path)
    const commands = transcript.steps.flatMap(step => step.commands)
    const files = exampleFiles(dirname(path))
    const outputs = values.cluster ? await onCluster(commands, files) : await inWorld(path, commands, files)
    const wrong = commands.flatMap((command, i) => (same(command, outputs[i] ?? '') ? [] : [i]))
    if (values.update && !values.cluster) {
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

function same(command: TranscriptCommand, output: string): boolean {
  if (!values.cluster) return command.output === output
  const run = command.text.replace(/\bkk\b/g, 'kubectl')
  const ended = { stderr: '', exit: 0 }
  return stepMatches({ run, stdout: command.output, ...ended }, { stdout: output, ...ended }, new Set())
}

/** Everything beside the transcripts, by its name in the working directory. */
function exampleFiles(folder: string): Record<string, string> {
  const base = join(root, folder)
  return Object.fromEntries(
    globSync('**/*', { cwd: base, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.endsWith('.console'))
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [relative(base, file), readFileSync(file, 'utf8')]),
  )
}

async function inWorld(
  path: string,
  commands: readonly TranscriptCommand[],
  files: Record<string, string>,
): Promise<string[]> {
  return play(lessonWorld(await lessonOf(path), files), commands)
}

/** The lesson that shows a transcript; its world is the transcript's. */
async function lessonOf(path: string): Promise<Partial<Lesson>> {
  const [, chapter, file] = /^examples\/([^/]+)\/(.+)$/.exec(path)!
  for (const module of globSync(`content/${chapter}/*/lesson.ts`, { cwd: root })) {
    const { default: lesson } = (await import(join(root, module))) as { default: Lesson }
    if (lesson.transcript === file) return lesson
  }
  return {}
}

function report(path: string, command: TranscriptCommand, output: string): void {
  console.log(`\n  ${path}:${command.lines[0]}: $ ${command.text.split('\n')[0]}`)
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  writeFileSync(join(folder, 'printed'), command.output)
  writeFileSync(join(folder, 'came'), output)
  const { stdout } = spawnSync(
    'diff',
    ['-U2', '--label', 'in the file', '--label', 'now', 'printed', 'came'],
    { cwd: folder, encoding: 'utf8' },
  )
  rmSync(folder, { recursive: true })
  console.log(stdout.replace(/^/gm, '  '))
}

// ---- a real cluster

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Each command in a bash of its own, in real time; a namespace of its own stands for `default`. */
async function onCluster(
  commands: readonly TranscriptCommand[],
  files: Record<string, string>,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  const save = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const [file, text] of Object.entries(files)) save(file, text)
  const namespace = `examples-${Date.now().toString(36)}`
  const kubeconfig = join(folder, '.kubeconfig')
  const kubectl = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  writeFileSync(kubeconfig, kubectl('config', 'view', '--raw', '--flatten'))
  kubectl('config', 'set-context', '--current', `--namespace=${namespace}`, `--kubeconfig=${kubeconfig}`)
  save('.namespace.yaml', `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`)
  kubectl('apply', '-f', join(folder, '.namespace.yaml'))
  const env = { ...process.env, KUBECONFIG: kubeconfig }
  const outputs: string[] = []
  let background: { finish: () => Promise<void> }[] = []
  const preamble = 'shopt -s expand_aliases; alias kk=kubectl\n'
  for (const [i, command] of commands.entries()) {
    for (const each of command.before) {
      if (each.type === 'wait') await pause(each.ms)
      else if (each.type === 'write') save(each.file, each.text)
      else if (each.type === 'act')
        throw new Error(`${each.act.type} can only be done to a simulated cluster: $ ${command.text}`)
      else
        for (const end = Date.now() + 90_000; Date.now() < end; await pause(500))
          if (spawnSync('bash', ['-c', preamble + each.command], { cwd: folder, env }).status === 0) break
    }
    outputs[i] = ''
    const child = spawn('bash', ['-c', preamble + command.text], { cwd: folder, env, detached: true })
    const take = (data: Buffer) => {
      outputs[i] += data.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
    const interrupt = () => {
      if (child.exitCode !== null) return
      outputs[i] += '^C\n'
      process.kill(-child.pid!, 'SIGINT')
    }
    const begun = Date.now()
    for (const typed of command.typed) {
      await pause(500)
      if (typed.type === 'end-of-input') child.stdin.end()
      else {
        outputs[i] += `${typed.text}\n`
        child.stdin.write(`${typed.text}\n`)
      }
    }
    if (command.typed.length === 0) child.stdin.end()
    const finish = async () => {
      if (command.forMs !== undefined)
        await Promise.race([ended, pause(command.forMs - (Date.now() - begun))])
      if (command.forMs !== undefined || command.background) interrupt()
      await ended
    }
    if (command.background) {
      background.push({ finish })
      await pause(700)
    } else await finish()
    if (command.last) {
      for (const each of background) await each.finish()
      background = []
    }
    console.log(`  $ ${command.text.split('\n')[0]}`)
  }
  rmSync(folder, { recursive: true })
  kubectl('delete', 'namespace', namespace, '--wait=false')
  return outputs.map(output => output.replaceAll(namespace, 'default'))
}
