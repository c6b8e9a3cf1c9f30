// The cheat sheet: each line runs, and the commands that the course uses are on it.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sheet } from '../content/sheet.ts'
import { filled, setup, setupMs } from '../src/lesson/sheet.ts'
import { World } from '../src/lesson/world.ts'

const root = join(import.meta.dirname, '..')
const lines = sheet.flatMap(group => group.lines)

test.each(lines)('$line', each => {
  const world = new World({ seed: 1 })
  const terminal = world.terminal(1)
  world.type(1, setup.join('\n'))
  world.advance(setupMs)
  expect(terminal.busy, 'the setup has ended').toBe(false)
  let printed = ''
  terminal.onOutput = text => {
    printed += text
  }
  world.type(1, filled(each))
  world.engine.runUntil(() => !terminal.busy, 120_000)
  if (!terminal.busy) {
    world.type(1, 'echo "exit $?"')
    world.advance(1000)
  }
  if (each.watches) expect(terminal.busy || printed !== '').toBe(true)
  else expect(printed).toMatch(/\S[\s\S]*exit [01]\n$/)
  // diff ends with 1 where there is a difference.
  expect(printed).not.toMatch(/^(error|Error|exit [^01]|bash:)/m)
  if (!/\bdiff\b/.test(each.line)) expect(printed).not.toContain('exit 1\n')
})

test('a command that three lessons use is on it', () => {
  const used = new Map<string, Set<string>>()
  for (const path of globSync('examples/*/*.console', { cwd: root }))
    for (const [, command = ''] of readFileSync(join(root, path), 'utf8').matchAll(
      /^\$ (?:kk|kubectl) ([a-z-]+)/gm,
    ))
      used.set(command, (used.get(command) ?? new Set()).add(path))
  const there = new Set(lines.map(({ line }) => line.split(' ')[1]))
  for (const [command, lessons] of used) if (lessons.size >= 3) expect(there, command).toContain(command)
})
