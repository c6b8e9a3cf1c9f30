import { expect, test } from 'vitest'
import { subtree } from './file-views.ts'
import { MemoryFiles } from './memory-files.ts'

const make = () => new MemoryFiles({ now: () => 0 })

test('a fork shares its tree until one side changes it', () => {
  const image = make()
  image.mkdir('/etc/app', { parents: true })
  image.write('/etc/app/conf', 'one')
  const a = image.fork()
  const b = image.fork()
  a.write('/etc/app/conf', 'two')
  b.remove('/etc', { recursive: true })
  image.write('/etc/app/new', 'late')
  expect([image.read('/etc/app/conf'), a.read('/etc/app/conf'), b.exists('/etc')]).toEqual([
    'one',
    'two',
    false,
  ])
  expect([image.list('/etc/app'), a.list('/etc/app')]).toEqual([['conf', 'new'], ['conf']])
})

test('mounts hide what is below, nest, and refuse writes where read-only', () => {
  const root = make()
  const volume = make()
  volume.write('/..data', 'x')
  volume.mkdir('/..1')
  volume.write('/..1/key', 'value')
  volume.link('..1/key', '/key')
  root.write('/hidden', '')
  root.mount('/config', volume, { readOnly: true })
  const inner = make()
  root.mount('/config/inner', inner)
  root.mount('/one', subtree(volume, '/..1/key'))
  root.link('/config/key', '/link')
  root.write('/config/inner/file', 'in')
  expect([root.read('/config/key'), root.read('/link'), root.read('/one'), inner.read('/file')]).toEqual([
    'value',
    'value',
    'value',
    'in',
  ])
  expect(() => root.write('/config/key', 'y')).toThrow('Read-only file system: /config/key')
  expect(volume.read('/key')).toBe('value')
})

test('links are followed, relative ones from where they stand, and circles end', () => {
  const files = make()
  files.mkdir('/a/b', { parents: true })
  files.write('/a/file', 'text')
  files.link('../file', '/a/b/up')
  files.link('loop', '/loop')
  expect(files.read('/a/b/up')).toBe('text')
  files.write('/a/b/up', 'new')
  expect(files.read('/a/file')).toBe('new')
  expect(files.stat('/a/b/up', { followLinks: false }).type).toBe('link')
  expect(() => files.read('/loop')).toThrow('Too many levels of symbolic links')
  files.rename('/a/b', '/c')
  expect([files.list('/a'), files.list('/c')]).toEqual([['file'], ['up']])
})

test('every fault has its code', () => {
  const files = make()
  files.write('/f', '')
  files.mkdir('/d/e', { parents: true })
  expect(() => files.read('/none')).toThrow('No such file or directory')
  expect(() => files.read('/f/x')).toThrow('Not a directory')
  expect(() => files.read('/d')).toThrow('Is a directory')
  expect(() => files.write('/d', '')).toThrow('Is a directory')
  expect(() => files.mkdir('/d')).toThrow('File exists')
  expect(() => files.remove('/d')).toThrow('Directory not empty')
  expect(() => files.write('/no/f', '')).toThrow('No such file or directory')
})
