import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'
import { examples } from './examples.ts'
import { topics } from './topics.ts'

const all = examples('en')

test('every topic has manifests of the course, and hardly a manifest is without one', () => {
  for (const { id } of topics)
    expect(all.filter(each => each.topics.includes(id)).length, id).toBeGreaterThan(0)
  const none = all.filter(each => !each.topics.length)
  expect(none.length / all.length, none.map(each => each.file).join(' ')).toBeLessThan(0.34)
})

test('a manifest that a real cluster was given says so, with what was printed', () => {
  const deployment = all.find(each => each.file === 'deployment.yaml' && each.chapterNumber === 4)
  expect(deployment?.recorded?.printed).toBe('deployment.apps/hellok8s-go-http created\n')
  for (const { file, text, recorded } of all) {
    if (!recorded) continue
    const world = new World({ seed: 1, files: { [file]: text } })
    const command = recorded.command.replace(/\S+$/, file)
    expect(world.run(command).stdout, `${file}: ${recorded.recording}`).toBe(recorded.printed)
  }
  // One that exists only here.
  expect(all.find(each => each.file === 'pod-ledger.yaml')?.recorded).toBeUndefined()
})
