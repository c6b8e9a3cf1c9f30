import { expect, test } from 'vitest'
import { isFileName, mostBytes, mostFiles, nameOfPasted, readOwn } from './own-files.ts'

const file = (name: string, content: BlobPart = 'kind: Pod\n') => new File([content], name)

test('texts are taken as they are, with the line ends of here', async () => {
  const given = [file('a.yaml'), file('中文.yaml', 'a\r\nb\r\n')]
  expect(await readOwn(given, [])).toEqual({
    files: [
      { name: 'a.yaml', text: 'kind: Pod\n' },
      { name: '中文.yaml', text: 'a\nb\n' },
    ],
    refusals: [],
  })
})

test('what is no text, too large, badly named or too much is refused, each with its reason', async () => {
  const given = [
    file('bytes', new Uint8Array([0xff, 0xfe, 0x00])),
    file('nul', 'a\0b'),
    file('large.yaml', 'x'.repeat(mostBytes + 1)),
    file('$(rm).yaml'),
    file('good.yaml'),
  ]
  const { files, refusals } = await readOwn(given, [])
  expect(files.map(each => each.name)).toEqual(['good.yaml'])
  expect(refusals.map(each => each.reason)).toEqual(['binary', 'binary', 'large', 'name'])
  const there = Array.from({ length: mostFiles }, (_, i) => `${i}`)
  expect((await readOwn([file('one-more')], there)).refusals).toEqual([{ reason: 'many' }])
  expect((await readOwn([file('5')], there)).refusals).toEqual([]) // it is there already
})

test('what cannot be read, as a directory that was dropped, is refused, and the rest is taken', async () => {
  const directory = Object.assign(file('manifests'), {
    arrayBuffer: () => Promise.reject(new Error('no file')),
  })
  expect(await readOwn([directory, file('good.yaml')], [])).toEqual({
    files: [{ name: 'good.yaml', text: 'kind: Pod\n' }],
    refusals: [{ reason: 'binary', name: 'manifests' }],
  })
})

test('names of files', () => {
  for (const name of ['a', 'a.yaml', 'dir/a b.yaml', '中文.yaml', '.env'])
    expect(isFileName(name), name).toBe(true)
  for (const name of ['', '/a', 'a/', '../a', 'a/../b', './a', 'a//b', '-'.repeat(200), 'a\nb', 'a"b', '<b>'])
    expect(isFileName(name), name).toBe(false)
})

test('a pasted manifest is called after what it is', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n'
  expect(nameOfPasted(pod, [])).toBe('pod-web.yaml')
  expect(nameOfPasted(pod, ['pod-web.yaml'])).toBe('pod-web-2.yaml')
  expect(nameOfPasted('hello', [])).toBe('pasted.txt')
})
