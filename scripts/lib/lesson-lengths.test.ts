import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { dataPath } from '../../src/site/offline/data-path.ts'
import { lessonLengths } from './lesson-lengths.ts'

const out = mkdtempSync(join(tmpdir(), 'lesson-lengths-'))
afterEach(() => rmSync(out, { recursive: true, force: true }))

function save(path: string, text: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true })
  writeFileSync(join(out, path), text)
}

it('counts the commands of every lesson, and passes over what else the lab has', () => {
  save('index.html', '<html lang="en" data-build="abc">')
  save(
    dataPath('', 'abc', 'lab/04-deploy/02-b.json'),
    JSON.stringify({ lesson: '04-deploy/02-b', transcript: '$ ls\na\n$ pwd\n' }),
  )
  save(
    dataPath('', 'abc', 'lab/01-docker/01-a.json'),
    JSON.stringify({ lesson: '01-docker/01-a', transcript: '' }),
  )
  save(dataPath('', 'abc', 'lab/named.json'), JSON.stringify({ histories: {} }))
  expect(lessonLengths(out)).toEqual([
    ['01-docker/01-a', 0],
    ['04-deploy/02-b', 2],
  ])
})
