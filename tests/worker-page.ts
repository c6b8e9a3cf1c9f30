// A page without a page: what the worker's session tells it, for tests. A short lesson to play, and its manifest.
import { type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { play } from '../src/lesson/player.ts'
import { createScript } from '../src/lesson/script.ts'
import { parseTranscript, withOutputs } from '../src/lesson/transcript.ts'
import type { FromWorker, Start, TerminalId } from '../src/site/worker/protocol.ts'
import { Session, type Turn } from '../src/site/worker/session.ts'

export const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: leigg/hellok8s:v1
`
export const files = { 'web.yaml': manifest }
const blank = `## step: first
$ kubectl apply -f web.yaml
$ kubectl rollout status deployment/web

## step: second
# wait 20s
$ kubectl get pods
$ kubectl scale deployment/web --replicas=3
`
export const lesson: Lesson = {
  transcript: 'web.console',
  exercises: [{ name: 'three', solution: [], checks: { pods: view => view.list('pods').length === 3 } }],
}
export const transcript = (() => {
  const parsed = parseTranscript(blank, lesson.transcript)
  const outputs = play(
    lessonWorld(lesson, files),
    parsed.steps.flatMap(step => step.commands),
  )
  return withOutputs(blank, parsed, outputs)
})()

export class Page {
  readonly messages: FromWorker[] = []
  readonly session: Session

  constructor(saved?: string, start: Partial<Start> = {}, version = '1', turn?: Turn, patience = 0) {
    const { exercise } = start
    const script = createScript({ id: 'test', lesson, files, transcript, version, exercise })
    this.session = new Session(script, 'en', message => this.messages.push(message), turn)
    this.session.load({ ...start, saved })
    let steps = 0
    // Without patience all of it is lived through.
    if (!this.session.catchUp(() => patience > 0 && ++steps >= patience)) this.session.stopShort()
  }

  last<T extends FromWorker['type']>(type: T): Extract<FromWorker, { type: T }> {
    return this.messages.findLast(each => each.type === type) as Extract<FromWorker, { type: T }>
  }

  /** What stands on a terminal's screen. */
  screen(terminal: TerminalId): string {
    let text = ''
    for (const each of this.messages) {
      if (!('terminal' in each) || each.terminal !== terminal) continue
      if (each.type === 'clear') text = ''
      else if (each.type === 'echo') text += `${each.prompt}${each.text}\n`
      else if (each.type === 'output') text += each.text
    }
    return text
  }

  pods(): string[] {
    const rows = new Map<string, string>()
    for (const each of this.messages) {
      if (each.type !== 'objects') continue
      if (each.reset) rows.clear()
      for (const row of each.changed) if (row.kind === 'Pod') rows.set(row.uid, `${row.name} ${row.state}`)
      for (const uid of each.deleted) rows.delete(uid)
    }
    return [...rows.values()].sort()
  }
}

export const run = (page: Page, step?: string) => page.session.handle({ type: 'run', step, instant: true })
