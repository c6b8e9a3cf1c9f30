import { expect, test } from 'vitest'
import { check, circles } from './check-imports.ts'
import { deadExports } from './lib/dead-exports.ts'

test('an arrow of the map may be followed, another may not', () => {
  expect(check('src/api/x.ts', "import { Engine } from '../engine/engine.ts'\n")).toEqual([])
  expect(check('src/engine/x.ts', "import { Server } from '../api/server.ts'\n")).toEqual([
    'src/engine/x.ts:1: engine may not import api',
  ])
})

test('where only types may cross, a value may not', () => {
  expect(check('src/kubectl/x.ts', "import type { Tool } from '../shell/command.ts'\n")).toEqual([])
  expect(check('src/kubectl/x.ts', "\nimport { run } from '../shell/command.ts'\n")).toEqual([
    'src/kubectl/x.ts:2: kubectl may import only types from shell',
  ])
})

test('an import within a type follows the same map', () => {
  expect(check('src/yaml/x.ts', "export type X = import('../site/x.ts').X\n")).toEqual([
    'src/yaml/x.ts:1: yaml may not import site',
  ])
})

test('the core has no clock, no chance, no promises and no locale', () => {
  const text = [
    'export const a = Date.now()',
    'export const b = Math.random()',
    'export async function c() {}',
    'export const d = (x: string, y: string) => x.localeCompare(y)',
    "export const e = import('./f.ts')",
    'export const f = Promise.resolve()',
  ].join('\n')
  expect(check('src/engine/x.ts', text).map(each => each.replace('src/engine/x.ts:', ''))).toEqual([
    '1: Date is not allowed in the core',
    '2: Math.random: take the engine’s random',
    '3: async code: the engine alone decides what runs when',
    '4: localeCompare depends on the reader’s locale',
    '5: dynamic import outside of a table (loaders.ts)',
    '6: Promise is not allowed in the core',
  ])
})

test('words in texts and names of properties are no use of a clock', () => {
  expect(
    check('src/api/x.ts', "export const x = { Date: 'Promise' }\nexport const y = x.Date // Date\n"),
  ).toEqual([])
})

test('packages are named in the map', () => {
  expect(check('src/api/x.ts', "import x from 'left-pad'\n")).toEqual([
    'src/api/x.ts:1: api may not import the package left-pad',
  ])
})

test('tables alone say where parts stand, and src/parts alone brings them in', () => {
  expect(check('src/shell/tools/loaders.ts', "export const x = () => import('./x.ts')\n")).toEqual([])
  expect(check('src/shell/x.ts', 'export const x = (t: any) => t.loaders.ls()\n')).toEqual([
    'src/shell/x.ts:1: only src/parts calls loaders',
  ])
  expect(
    check('src/parts/x.ts', 'export const x = async (t: any): Promise<void> => t.loaders.ls()\n'),
  ).toEqual([])
})

test('the page takes nothing of the world but the protocol’s types', () => {
  const protocol = '../../worker/protocol.ts'
  expect(check('src/site/client/lab/x.ts', `import type { Start } from '${protocol}'\n`)).toEqual([])
  expect(check('src/site/client/lab/x.ts', `import { start } from '${protocol}'\n`)).toEqual([
    'src/site/client/lab/x.ts:1: src/site/client may import only types from src/site/worker/protocol.ts',
  ])
  expect(check('src/site/client/x.ts', "import type { World } from '../../lesson/world.ts'\n")).toEqual([
    'src/site/client/x.ts:1: src/site/client may not import src/lesson/world.ts',
  ])
  expect(check('src/site/worker/x.ts', "import { h } from '../client/dom.ts'\n")).toHaveLength(1)
  expect(check('content/a/lesson.ts', "import { h } from '../../src/api/server.ts'\n")).toHaveLength(1)
  expect(
    check('scripts/x.ts', "import { h } from '../src/api/server.ts'\nimport ts from 'typescript'\n"),
  ).toEqual([])
})

test('modules that import each other while they run are found; types make no circle', () => {
  const texts = new Map([
    ['src/a.ts', "import { b } from './b.ts'\n"],
    ['src/b.ts', "import { c } from './c.ts'\nimport type { D } from './d.ts'\n"],
    ['src/c.ts', "export { a } from './a.ts'\n"],
    ['src/d.ts', "import { b } from './b.ts'\n"],
    ['src/e.ts', "import type { E } from './e.ts'\n"],
  ])
  expect(circles(texts)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']])
})

test('what is exported and taken by nobody is named; types that stand for what others get are not', () => {
  const texts = new Map([
    [
      'src/a.ts',
      'export const used = 1\nexport const dead = 2\nexport interface Given { x: 1 }\nexport interface Lost {}\nexport const give = (): Given => ({ x: 1 })\nexport function named() {}\n',
    ],
    [
      'src/b.ts',
      "import { used as u } from './a.ts'\nimport * as all from './c.ts'\nexport const table = { x: () => import('./a.ts').then(each => each.give), u, all }\n",
    ],
    ['src/c.ts', 'export const anything = 1\n'],
  ])
  expect(deadExports(texts, ['{ named, table }'])).toEqual(['src/a.ts:2: dead', 'src/a.ts:4: Lost'])
})
