// Containers at a terminal of the page: what decides whether it is one, what is said when it is left, and that a
// pseudo-terminal has one stream.
import { expect, it } from 'vitest'
import '../parts/preload.ts'
import { World } from './world.ts'

/** What a terminal shows while lines are typed into it. */
function typed(...lines: readonly (readonly [text: string, ms: number])[]): string {
  const world = new World({ seed: 1 })
  let shown = ''
  world.terminal(1).onOutput = text => {
    shown += text
  }
  world.run('kubectl run web --image=nginx --port=80 --expose; kubectl wait --for=condition=Ready pod/web')
  for (const [text, ms] of lines) {
    world.type(1, `${text}\n`)
    world.advance(ms)
  }
  return shown
}

it('only what is typed at decides whether exec -it has a terminal: the output may go into a pipe', () => {
  expect(typed(['kubectl exec -it web -- env | grep ^HOSTNAME', 3000])).toBe('HOSTNAME=web\n')
})

it('run -it shows the prompt of the container, and how to come back', () => {
  const shown = typed(
    ['kubectl run s --image=busybox -it --rm -- sh', 8000],
    ['hostname', 2000],
    ['exit', 8000],
  )
  expect(shown).toContain('s\n/ # ')
  expect(shown).toContain(
    'Session ended, resume using \'kubectl attach s -c s -i -t\' command when the pod is running\npod "s" deleted from default namespace\n',
  )
})

it('the log of a container with a terminal has its lines in the order in which they were written', () => {
  const log = typed(
    ['kubectl run w --image=busybox -it --restart=Never -- wget -O- web > /dev/null 2>&1', 10_000],
    ['kubectl logs w', 3000],
  )
  expect(log).toMatch(/^Connecting to web \([\d.:]+\)\n<!DOCTYPE html>/)
})
