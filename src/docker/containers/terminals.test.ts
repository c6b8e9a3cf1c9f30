// Containers of docker's at a terminal and without one: what keys do.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = () => new World({ seed: 1 })

test('at a terminal: a shell in a container, its end, and how to leave one that goes on', () => {
  const w = world()
  let shown = ''
  w.terminal(1).onOutput = text => {
    shown += text
  }
  const type = (...lines: string[]) => {
    for (const line of lines) {
      w.type(1, line)
      w.advance(1500)
    }
  }
  w.run('docker pull busybox:1.36')
  type('docker run -it --rm busybox:1.36 sh\n', 'tty\n', 'exit\n', 'docker ps -aq | wc -l\n')
  expect(shown).toMatch(/\/ # \/dev\/pts\/0\n\/ # 0\n$/)
  shown = ''
  type(
    'docker run -dit --name box busybox:1.36\n',
    'docker attach box\n',
    'echo hi\n',
    '\x10\x11',
    'docker ps -q | wc -l\n',
  )
  expect(shown).toMatch(/hi\n\/ # read escape sequence\n1\n$/)
})

test('Ctrl-C at a run without a terminal goes to the program; one that does not mind it is left at the third', () => {
  const w = world()
  w.run('docker pull busybox:1.36; docker pull leigg/hellok8s:v1')
  expect(w.run('docker run --rm leigg/hellok8s:v1', { forMs: 2000 }).exit).toBe(2)
  expect(w.run('docker ps -aq').stdout).toBe('')
})
