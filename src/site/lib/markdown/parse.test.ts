import { expect, test } from 'vitest'
import { parseMarkdown } from './parse.ts'

test('elements in each other, with attributes that hold anything but a quote', () => {
  expect(parseMarkdown('a <Term name="x">`b`</Term>\n<Console step="s" mark="/->/" long />')).toEqual([
    'a ',
    { name: 'Term', attributes: { name: 'x' }, children: ['`b`'] },
    '\n',
    { name: 'Console', attributes: { step: 's', mark: '/->/', long: '' }, children: [] },
  ])
})

test('code is code', () => {
  const source = 'write `<Pod>`:\n\n```yaml\n<Check>\n```\n'
  expect(parseMarkdown(source)).toEqual([source])
})

test('tags pair up', () => {
  expect(() => parseMarkdown('<Fix>a')).toThrow('<Fix> is never closed')
  expect(() => parseMarkdown('<Fix>a</Check>')).toThrow('</Check> closes <Fix>')
})
