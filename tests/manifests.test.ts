// Every manifest of examples/ says in both languages what to look at, and is accepted as a whole by the rules of 1.36; those
// that a lesson wants refused are named here.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { customKinds } from '../src/api/custom/definitions.ts'
import { definitionsIn } from '../src/manifest/custom-kinds.ts'
import { diagnose } from '../src/manifest/diagnose.ts'
import '../src/parts/preload.ts'

const examples = join(import.meta.dirname, '../examples')
/** Their names do not say that they are broken: a reader is to find out. */
const meantToBeRefused = ['00-setup/deployment-typos.yaml', '04-deployment/deployment-shop.yaml']

const paths = globSync('*/**/*.{yaml,yml}', { cwd: examples })
  .map(path => path.replaceAll('\\', '/'))
  .sort()
const texts = new Map(paths.map(path => [path, readFileSync(join(examples, path), 'utf8')]))
const manifests = paths.filter(path => /^apiVersion:/m.test(texts.get(path)!))
/** Kinds that a file beside it defines are known. */
function errors(path: string): string[] {
  const beside = paths.filter(each => each.split('/')[0] === path.split('/')[0])
  const rules = customKinds(beside.flatMap(each => definitionsIn(texts.get(each)!)))
  return diagnose(texts.get(path)!, { customKinds: () => rules })
    .filter(each => each.severity === 'error')
    .map(each => each.message)
}

test('most files of examples are manifests', () => {
  expect(manifests.length).toBeGreaterThan(150)
  expect(manifests).toEqual(expect.arrayContaining(meantToBeRefused))
})

describe.each(manifests)('%s', path => {
  test('says what to look at, in both languages', () => {
    const text = texts.get(path)!
    expect(text).toMatch(/^# zh: .*\p{Script=Han}/mu)
    expect(text).toMatch(/^# en: [\w`]/m)
  })

  test('is accepted, unless a lesson wants it refused', () => {
    if (meantToBeRefused.includes(path)) expect(errors(path)).not.toEqual([])
    else if (!/-broken\b/.test(path)) expect(errors(path)).toEqual([])
  })
})
