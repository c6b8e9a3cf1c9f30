import { expect, test } from 'vitest'
import { Life } from './life.ts'
import { createScript } from './script.ts'

function screen() {
  const lesson = { transcript: 'a.console', exercises: [] }
  const life = new Life(
    createScript({
      id: '01-a/01-b',
      lesson,
      files: {},
      transcript: '## step: first\n$ true\n',
      version: '1',
    }),
  )
  const type = (text: string) => {
    life.begin({ type: 'input', terminal: 1, text, at: 0 })
    life.advance(2000)
  }
  const shown = () =>
    life.screens
      .read(0)
      .shown.map(each =>
        each.type === 'echo' ? `${each.prompt}${each.text}\n` : each.type === 'output' ? each.text : '',
      )
      .join('')
  return { life, type, shown }
}

test('docker login asks for a password that the terminal does not show', () => {
  const { life, type, shown } = screen()
  type('docker login')
  type('learner')
  expect(life.terminal(1).silent).toBe(true)
  type('top-secret')
  expect(life.terminal(1).silent).toBe(false)
  expect(shown()).toMatch(/Username: learner\n[\s\S]*Password: \n[\s\S]*Login Succeeded/)
  expect(shown()).not.toContain('top-secret')
  type('echo seen')
  expect(shown()).toMatch(/\$ echo seen\nseen\n$/)
})

test('read -s likewise; a Ctrl-C at the question lets the terminal show again what is typed', () => {
  const { life, type, shown } = screen()
  type('read -sp "Password: " word; echo; echo got $word')
  type('hidden')
  expect(shown()).toMatch(/Password: \ngot hidden\n$/)
  type('docker login -u learner')
  expect(life.terminal(1).silent).toBe(true)
  life.begin({ type: 'interrupt', terminal: 1, at: 0 })
  life.advance(1000)
  expect(life.terminal(1).silent).toBe(false)
})
