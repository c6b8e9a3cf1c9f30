import { expect, test } from 'vitest'
import { allLessons } from './lessons.ts'
import { searchFilters } from './search-filters.ts'

const lesson = (id: string) =>
  searchFilters(allLessons().find(each => each.id === id && each.language === 'en')!)

test('a lesson is found by the kinds that it is about, the commands that it runs and the errors that it meets', () => {
  const rollBack = lesson('04-deployment/04-roll-back')
  expect(rollBack.chapter).toEqual(['4 Deployment'])
  expect(rollBack.kind).toContain('Deployment')
  expect(rollBack.command).toEqual(expect.arrayContaining(['rollout undo', 'rollout history', 'get']))
  const statuses = lesson('03-pod/07-status')
  expect(statuses.error).toEqual(expect.arrayContaining(['CrashLoopBackOff', 'ImagePullBackOff']))
})

test('what is only listed is not what a lesson is about', () => {
  const { command, kind } = lesson('04-deployment/04-roll-back')
  expect(command).toContain('get')
  expect(kind).toEqual(['Deployment'])
})

test('a chapter, and at least one command or kind, is known of nearly every lesson', () => {
  const bare = allLessons()
    .filter(each => each.transcript.steps.length)
    .filter(each => {
      const { command, kind } = searchFilters(each)
      return !command.length && !kind.length
    })
    .map(each => each.id)
  expect(bare).toEqual([])
})
