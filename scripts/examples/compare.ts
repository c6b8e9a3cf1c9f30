// Whether a real cluster printed what a transcript says, once what varies between clusters is masked: what chance
// decides (src/lesson/mask.ts), and names and addresses of the places.
import { stepMatches } from '../../src/lesson/mask.ts'
import type { TranscriptCommand } from '../../src/lesson/transcript.ts'
import { withoutVersionWords } from './versions.ts'

export interface Places {
  readonly nodes: readonly string[]
  /** The namespace that stands for `default`. */
  readonly namespace: string
  readonly context: string
}

const courseNodes = /\bk8s-(?:master|node\d+)\b/g

/** A command or a manifest of the course as it is played: where it names `default`, the play's own namespace is meant. */
export const withNamespace = (text: string, namespace: string): string =>
  text
    .replace(/((?:^|\s)(?:-n|--namespace)[ =])default\b/gm, `$1${namespace}`)
    .replace(/^( *(?:- )?namespace: )default$/gm, `$1${namespace}`)
    .replace(/\.default\.svc\b/g, `.${namespace}.svc`)

/** As the reader is shown it: the play's own namespace is called as in the course, and stands in no list beside `default`. */
export const inPlace = (text: string, { namespace }: Pick<Places, 'namespace'>): string =>
  text.replace(new RegExp(`^${namespace} +Active +\\S+\n`, 'gm'), '').replaceAll(namespace, 'default')

export function sameOnCluster(
  { text, output, typed }: TranscriptCommand,
  came: string,
  places: Places,
): boolean {
  const run = text.replace(/\bkk?\b(?=\s)/g, 'kubectl')
  const ended = { stderr: '', exit: 0 }
  const own = new RegExp(
    `(?<![\\w.])(?:${[...places.nodes]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|')})(?![\\w-])`,
    'g',
  )
  const actual = (places.nodes.length ? came.replace(own, '<node>') : came).replaceAll(
    `"${places.context}"`,
    '"kubernetes-admin@kubernetes"',
  )
  // What is typed is not typed into a terminal here, so that nobody prompts for it.
  const printed = typed.length ? output.replace(/^(?:\S+@\S+|\/|~)[^\n#$]*[#$] /gm, '') : output
  const [want, got] = [printed.replace(courseNodes, '<node>'), inPlace(actual, places)].map(each =>
    alike(inTheEnd(each, run), run),
  )
  return stepMatches({ run, stdout: want!, ...ended }, { stdout: got!, ...ended }, new Set())
}

/**
 * Of a table that is watched the last row of each object, of a roll-out that is followed how it ended: what passes by in
 * between is how fast a cluster is.
 */
function inTheEnd(text: string, run: string): string {
  if (/\bkubectl port-forward\b/.test(run)) return [...new Set(text.split('\n'))].join('\n')
  if (/\bkubectl rollout status\b/.test(run)) return text.replace(/^Waiting for .*\n/gm, '')
  if (!/\bkubectl\b.*\bget\b.*(?:\s-w\b|--watch\b)/.test(run)) return text
  return [...new Map(text.split('\n').map(row => [row.split(/\s/)[0], row])).values()].join('\n')
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const addresses = (text: string): string => text.replace(/\b(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>')

/** What is measured is another number each time. */
const measured = (text: string, run: string): string => {
  const load = text
    .replace(/\b(cpu|memory): \d+%\//g, '$1: <n>%/')
    .replace(/\bafter \d+ ms\b/g, 'after <dur>')
    .replace(/\b\d\d:\d\d:\d\d\b/g, '<clock>')
    .replace(/^(real|user|sys)\t\d+m[\d.]+s$/gm, '$1 <dur>')
  return /\bkubectl top\b/.test(run) ? load.replace(/\b\d+(?=m\b|Mi\b|%)/g, '<n>') : load
}

const alike = (text: string, run: string): string =>
  addresses(measured(withoutVersionWords(text), run)).replace(ofDefault, '')

/** The one thing that no other namespace has. */
const ofDefault = /^(?:service\/)?kubernetes(?: +ClusterIP .*)?\n/gm
