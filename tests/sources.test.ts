// Every time and rate that the cluster and docker are made with says where it comes from: a rule of the source, a
// measurement with its count, or plainly an estimate.
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const parts = ['api', 'cluster', 'containers', 'controllers', 'docker', 'kubelet', 'network', 'scheduler']
const constant = /^(?:export )?const (\w*Ms|\w*PerMs|msPer\w+|\w+Rate)\b[^=]*= (?:[-\d.]|\{ from)/
const source = /\b(recorded|measured|estimates?|chosen|documented|documents)\b|\w\.go\b|\bpkg\/|--[a-z]+-/i

/** The constants of a text without a comment that names a source, above them or above those right before them. */
function unsourced(text: string): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    const [, name] = constant.exec(line) ?? []
    if (!name) return []
    let above = i
    while (above > 0 && /^(?:export )?const \w+\b[^=]*= [-\d.]/.test(lines[above - 1]!)) above--
    const end = above
    while (above > 0 && /^(?:\/\*\*|\/\/| \*)/.test(lines[above - 1]!)) above--
    return source.test(lines.slice(above, end).join(' ')) ? [] : name
  })
}

test('a constant of time names its source', () => {
  const files = globSync(`src/{${parts.join(',')}}/**/*.ts`).filter(file => !file.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(200)
  const found = files.flatMap(file => unsourced(readFileSync(file, 'utf8')).map(name => `${file}: ${name}`))
  expect(found).toEqual([])
})

test('one without a source is found', () => {
  expect(unsourced('const otherMs = 4\n\n/** A moment. */\nconst waitMs = 30')).toEqual(['otherMs', 'waitMs'])
  expect(unsourced('/** Recorded twice. */\nconst waitMs = 30\nconst restMs = 4')).toEqual([])
})
