// Every drill in both languages: nothing of what its page says is left out.
import { afterAll, expect, test, vi } from 'vitest'
import { allDrills, drillFiles } from '../drills.ts'
import { drillMarkdown } from './drill.ts'

// As in a build: what has been read once stays read.
vi.stubEnv('DEV', false)
afterAll(() => void vi.unstubAllEnvs())

test.each(allDrills().map(page => [page.path, page] as const))('%s', (_, page) => {
  const text = drillMarkdown(page)
  const { title, report, goals, hints, teaches } = page.words
  expect(text).toMatch(new RegExp(`^# ${page.number} `))
  for (const each of [title, report, ...Object.values(goals), ...hints, teaches]) expect(text).toContain(each)
  for (const [name, manifest] of Object.entries(drillFiles(page.id)))
    expect(text).toContain(`${name}:\n\n${'```'}yaml\n${manifest}`)
  for (const move of page.drill.solution) if (typeof move === 'string') expect(text).toContain(move)
  expect(text).not.toMatch(/undefined|\{n\}/)
})
