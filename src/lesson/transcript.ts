// Transcripts: what is typed in a lesson and what it prints, in the shape of a terminal. A file `NAME.console`:
//
//   ### Remarks stand behind three marks, wherever one likes.
//
//   ## step: release                     a named step; <Console step="release"> shows it
//   $ kubectl apply -f deployment.yaml   a typed line; further lines of it follow behind `> `
//   deployment.apps/web created          what came back, stdout and stderr as a terminal shows them
//
//   # wait 3s                            time passes before the next command
//   # until kubectl rollout status …     … until a command succeeds (every 0.5 s, 90 s at most); prints nothing
//   # terminal 2                         from here on in the second terminal, up to the end of the step
//   # for 5s                             Ctrl-C after that time
//   # background                         the next command goes on while those after it run; it ends after its
//                                        `for` or with the step, and its output stands below it as a whole
//   # type exit                          a line typed to the running command, half a second later
//   # end-of-input                       Ctrl-D, likewise
//   # write deployment.yaml              a file is saved: its text follows behind `| `
//   # fault registry-down host=docker.io something breaks, until `# repair registry-down host=docker.io`; likewise
//                                        `# add-node`, `# metrics on`, `# load-balancer on`, `# load …` (act-text.ts)
//
// An output that does not end its last line has `\c` there; a line that begins like one of the marks above has a
// backslash before it. `npm run examples` plays the transcripts and compares; with `--update` it writes the outputs anew.

import { type Act, ActError, readAct } from './act-text.ts'

export type Directive =
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'until'; readonly command: string }
  | { readonly type: 'write'; readonly file: string; readonly text: string }
  | { readonly type: 'act'; readonly act: Act }

export type Typed = { readonly type: 'type'; readonly text: string } | { readonly type: 'end-of-input' }

export interface TranscriptCommand {
  readonly terminal: number
  /** As typed; several lines where it goes on. */
  readonly text: string
  readonly output: string
  /** What happens before it. */
  readonly before: readonly Directive[]
  /** What is typed while it runs. */
  readonly typed: readonly Typed[]
  /** Ctrl-C after that time. */
  readonly forMs?: number
  readonly background: boolean
  /** The last one of its step: what runs in the background ends after it. */
  readonly last: boolean
  /** Lines of the file that hold its output: [from, to). */
  readonly lines: readonly [number, number]
}

export interface TranscriptStep {
  readonly name: string
  readonly commands: readonly TranscriptCommand[]
}

export interface Transcript {
  readonly steps: readonly TranscriptStep[]
}

class TranscriptError extends Error {}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Ms of `3s`, `1m30s`, `500ms`. */
export function duration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smh]))+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * units[unit!]!,
    0,
  )
}

const isMark = /^(?:#{1,3} |\$ |###$|\\)/

const escaped = (line: string): string => (isMark.test(line) ? `\\${line}` : line).replace(/(\\+c)$/, '\\$1')
const unescaped = (line: string): string => line.replace(/^\\/, '')

/** The lines that show an output. */
function outputLines(output: string): string[] {
  if (output === '') return []
  const lines = output.replace(/\n$/, '').split('\n').map(escaped)
  if (!output.endsWith('\n')) lines[lines.length - 1] += '\\c'
  // An empty line at the end would be taken for the space before the next command.
  if (lines.at(-1) === '') lines[lines.length - 1] = '\\'
  return lines
}

function parseOutput(lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const last = lines.at(-1)!
  const open = /(?<!\\)\\c$/.test(last)
  const text = lines.map(line => unescaped(line).replace(/\\(\\+c)$/, '$1'))
  if (open) text[text.length - 1] = unescaped(last).slice(0, -2)
  return text.join('\n') + (open ? '' : '\n')
}

type Open = { -readonly [K in keyof TranscriptCommand]: TranscriptCommand[K] }

export function parseTranscript(text: string, name: string): Transcript {
  const lines = text.split('\n')
  const steps: { name: string; commands: Open[] }[] = []
  let terminal = 1
  let before: Directive[] = []
  let typed: Typed[] = []
  let forMs: number | undefined
  let background = false
  let at = 0
  const fail = (message: string): never => {
    throw new TranscriptError(`${name}:${at}: ${message}`)
  }
  const follow = (mark: string): string[] => {
    const out: string[] = []
    while (lines[at]?.startsWith(mark) || (mark === '| ' && lines[at] === '|'))
      out.push(lines[at++]!.slice(2))
    return out
  }
  const finishStep = () => {
    const commands = steps.at(-1)?.commands
    if (commands && commands.length === 0) fail(`step ${steps.at(-1)!.name} has no command`)
    if (before.length || typed.length || forMs !== undefined || background)
      fail('a directive stands before no command')
    if (commands) commands.at(-1)!.last = true
    terminal = 1
  }
  const actOf = (word: string, rest: string): Act | undefined => {
    try {
      return readAct(word, rest)
    } catch (error) {
      return error instanceof ActError ? fail(error.message) : fail(String(error))
    }
  }
  const directive = (word: string, rest: string) => {
    switch (word) {
      case 'wait':
        before.push({ type: 'wait', ms: duration(rest) ?? fail(`no duration: ${rest}`) })
        break
      case 'for':
        forMs = duration(rest) ?? fail(`no duration: ${rest}`)
        break
      case 'until':
        before.push({ type: 'until', command: rest || fail('until what?') })
        break
      case 'terminal':
        if (rest !== '1' && rest !== '2') fail('there are the terminals 1 and 2')
        terminal = Number(rest)
        break
      case 'background':
        background = true
        break
      case 'type':
        typed.push({ type: 'type', text: rest })
        break
      case 'end-of-input':
        typed.push({ type: 'end-of-input' })
        break
      case 'write':
        before.push({
          type: 'write',
          file: rest || fail('write which file?'),
          text: follow('| ')
            .map(line => `${line}\n`)
            .join(''),
        })
        break
      default: {
        const act = actOf(word, rest) ?? fail(`unknown directive: ${word}`)
        before.push({ type: 'act', act })
      }
    }
  }
  while (at < lines.length) {
    const line = lines[at++]!
    if (/^###(?: |$)/.test(line) || line.trim() === '') continue
    const step = /^## step: (\S+)$/.exec(line)
    const order = /^# (\S+)(?: (.*))?$/.exec(line)
    if (step) {
      finishStep()
      if (steps.some(other => other.name === step[1])) fail(`step ${step[1]} exists already`)
      steps.push({ name: step[1]!, commands: [] })
    } else if (order) directive(order[1]!, order[2]?.trim() ?? '')
    else if (line.startsWith('$ ')) {
      const commands = steps.at(-1)?.commands ?? fail('a command stands before the first step')
      const command = [line.slice(2), ...follow('> ')].join('\n')
      const from = at
      while (at < lines.length && !/^(?:#{1,3} |\$ |###$)/.test(lines[at]!)) at++
      let to = at
      while (to > from && lines[to - 1] === '') to--
      commands.push({
        terminal,
        text: command,
        output: parseOutput(lines.slice(from, to)),
        before,
        typed,
        ...(forMs !== undefined && { forMs }),
        background,
        last: false,
        lines: [from, to],
      })
      before = []
      typed = []
      forMs = undefined
      background = false
    } else fail('an output without a command')
  }
  finishStep()
  return { steps }
}

/** The text with other outputs, one for each command in order; nothing else of it changes. */
export function withOutputs(text: string, transcript: Transcript, outputs: readonly string[]): string {
  const lines = text.split('\n')
  const commands = transcript.steps.flatMap(step => step.commands)
  for (const [
    i,
    {
      lines: [from, to],
    },
  ] of [...commands.entries()].reverse()) {
    const shown = outputLines(outputs[i] ?? '')
    lines.splice(from, to - from, ...shown)
  }
  return lines.join('\n')
}
