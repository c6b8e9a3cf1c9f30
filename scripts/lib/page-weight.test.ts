import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gzip, PageWeights } from './page-weight.ts'

let out: string
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(out, name)), { recursive: true })
  writeFileSync(join(out, name), text)
}
/** Letters that no compression makes shorter than a half. */
const noise = (length: number): string => {
  let seed = 1
  return Array.from({ length }, () => {
    seed = (seed * 48271) % 2147483647
    return (seed % 36).toString(36)
  }).join('')
}
const sentence = noise(2000)

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'page-weight-'))
  write('_astro/page.css', 'p{color:red}')
  write('_astro/page.js', 'import"./shared.js";import(`./late.js`)')
  write('_astro/shared.js', 'export const shared = 1')
  write('_astro/late.js', noise(4000))
  const head =
    '<link rel="stylesheet" href="/_astro/page.css"><script type="module" src="/_astro/page.js"></script>'
  write('zh/plain/index.html', `${head}<p>x</p>`)
  write('zh/03-pod/01-a-pod/index.html', `${head}<p>${sentence}</p>`)
  write('zh/errors/index.html', `${head}<p title="${sentence}">x</p>`)
})
afterAll(() => rmSync(out, { recursive: true, force: true }))

test('text weighs nothing, what an attribute holds does, and what a script loads later does not', () => {
  const weights = new PageWeights(out)
  const [plain, lesson, errors] = ['plain', '03-pod/01-a-pod', 'errors'].map(name =>
    weights.of(`zh/${name}/index.html`),
  )
  expect(Math.abs(lesson!.overText - plain!.overText)).toBeLessThan(20)
  expect(errors!.overText - plain!.overText).toBeGreaterThan(gzip(sentence) - 50)
  expect(plain!.overText).toBeLessThan(400)
  expect(plain!.requests).toBe(4)
})

test('pages are of the kind that their address says', () => {
  const weights = new PageWeights(out)
  write('404.html', '')
  write('zh/index.html', '')
  write('zh/03-pod/index.html', '')
  write('zh/drills/index.html', '')
  write('zh/drills/01-image-tag/index.html', '')
  const names = ['404', 'zh/index', 'zh/03-pod/index', 'zh/drills/index', 'zh/drills/01-image-tag/index']
  expect(names.map(name => weights.of(`${name}.html`).kind)).toEqual([
    'missing',
    'home',
    'chapter',
    'drills',
    'drill',
  ])
  expect(weights.of('zh/errors/index.html').kind).toBe('errors')
  expect(weights.of('zh/03-pod/01-a-pod/index.html').kind).toBe('lesson')
})
