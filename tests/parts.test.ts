// What a world does never depends on what is loaded: a transcript prints the same with nothing preloaded (each part is
// loaded when it is met, and the world replayed) and with everything preloaded. Tried on a sample of the lessons, in
// `npm run soak` on all.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { play } from '../src/lesson/player.ts'
import { parseTranscript } from '../src/lesson/transcript.ts'
import { World } from '../src/lesson/world.ts'
import { families } from '../src/parts/families.ts'
import { loadAll, withParts } from '../src/parts/load.ts'
import { sample } from './sample.ts'

const root = join(import.meta.dirname, '..')

afterEach(loadAll)

for (const path of sample(globSync('content/*/*/lesson.ts', { cwd: root }).sort(), 14)) {
  test(`${dirname(path)}: the same with nothing preloaded`, async () => {
    const lesson: Lesson = (await import(join(root, path))).default
    const folder = join(root, 'examples', basename(dirname(dirname(path))))
    const files = Object.fromEntries(
      readdirSync(folder, { withFileTypes: true })
        .filter(each => each.isFile())
        .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
    )
    const { steps } = parseTranscript(files[lesson.transcript] ?? '', lesson.transcript)
    const commands = steps.flatMap(step => step.commands)
    const run = () => play(lessonWorld(lesson, files), commands)
    const preloaded = run()
    for (const table of families) table.clear()
    let runs = 0
    const loaded = await withParts(() => {
      runs++
      return run()
    })
    expect(loaded).toEqual(preloaded)
    // Something was missing, or this shows nothing.
    expect(runs).toBeGreaterThan(1)
  })
}

/** Lines that bury what they need under what catches errors: subshells, jobs, traps, pipes, loops, containers, xargs. */
const buried = [
  'true || (kubectl get nodes) && (kubectl get nodes)',
  'kubectl get nodes & wait',
  'trap "kubectl get nodes" EXIT; exit 3',
  'for i in 1 2; do kubectl get nodes | grep master || echo none; done',
  'echo nodes | xargs kubectl get 2>/dev/null; echo $?',
  'if ! kubectl get nodes >/dev/null 2>&1; then echo broken; fi; bash -c "kubectl version; kubectl explain pod.kind"',
  'kubectl run web --image=nginx --restart=Never; sleep 20; kubectl exec web -- sh -c "uname -a; wget -qO- localhost:1"',
  'ssh k8s-node1 crictl ps -q | wc -l; ssh k8s-node1 iptables-save | head -3',
  'kubectl create deployment x --image=busybox:1.36 -- sh -c "seq 3 | tac"; sleep 9; kubectl logs deployment/x',
]

test('nothing on the way hides that a part is missing', async () => {
  for (const line of buried) {
    await loadAll()
    const run = () => {
      const world = new World({ seed: 1, onError() {} })
      return world.run(line)
    }
    const preloaded = run()
    for (const table of families) table.clear()
    expect(await withParts(run), line).toEqual(preloaded)
  }
})
