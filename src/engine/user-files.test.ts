import { expect, test } from 'vitest'
import { FileError } from './files.ts'
import type { Identity } from './identity.ts'
import { MemoryFiles } from './memory-files.ts'
import { UserFiles } from './user-files.ts'

const user = (
  uid: number,
  groups: readonly number[] = [],
  capabilities: readonly string[] = [],
): Identity => ({
  uid,
  gid: uid,
  groups: [uid, ...groups],
  capabilities: new Set(capabilities),
})

function machine(): MemoryFiles {
  const files = new MemoryFiles({ now: () => 0 })
  files.mkdir('/tmp')
  files.chmod('/tmp', 0o1777)
  files.mkdir('/data')
  files.chmod('/data', 0o2770)
  files.chown('/data', 0, 2000)
  files.write('/secret', 's', { mode: 0o600 })
  files.mkdir('/closed')
  files.write('/closed/in', 'x')
  files.chmod('/closed', 0o700)
  files.link('/closed/in', '/way')
  return files
}

/** What a call ends with: `ok`, or the code of its error. */
const outcome = (call: () => unknown): unknown => {
  try {
    return call() ?? 'ok'
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return error.code
  }
}

test('a user reads and writes what the bits of owner, group and others allow', () => {
  const files = machine()
  const mine = new UserFiles(files, user(1000))
  expect([
    outcome(() => mine.read('/secret')),
    outcome(() => mine.write('/secret', '')),
    outcome(() => mine.write('/new', '')),
    outcome(() => mine.list('/closed')),
    outcome(() => mine.read('/closed/in')),
    outcome(() => mine.read('/way')),
    outcome(() => mine.stat('/secret').mode),
    outcome(() => mine.write('/tmp/own', 'a')),
    outcome(() => mine.write('/none/own', 'a')),
  ]).toEqual(['EACCES', 'EACCES', 'EACCES', 'EACCES', 'EACCES', 'EACCES', 0o600, 'ok', 'ENOENT'])
  expect(files.stat('/tmp/own')).toMatchObject({ uid: 1000, gid: 1000, mode: 0o644 })
})

test('a directory with the set-group-id bit gives its group on, also to directories', () => {
  const files = machine()
  const member = new UserFiles(files, user(1000, [2000]))
  member.write('/data/file', '')
  member.mkdir('/data/deep/er', { parents: true })
  expect(files.stat('/data/file')).toMatchObject({ uid: 1000, gid: 2000 })
  expect(files.stat('/data/deep/er')).toMatchObject({ uid: 1000, gid: 2000, mode: 0o2755 })
  expect(outcome(() => new UserFiles(files, user(1001)).list('/data'))).toBe('EACCES')
})

test('in a sticky directory nobody removes what is of another', () => {
  const files = machine()
  new UserFiles(files, user(1000)).write('/tmp/a', '')
  const other = new UserFiles(files, user(1001))
  expect([
    outcome(() => other.remove('/tmp/a')),
    outcome(() => other.rename('/tmp/a', '/tmp/b')),
    outcome(() => new UserFiles(files, user(1000)).remove('/tmp/a')),
  ]).toEqual(['EPERM', 'EPERM', 'ok'])
})

test('modes and owners are changed by who owns the file, or has the capability', () => {
  const files = machine()
  const root = new UserFiles(files, user(0))
  const chief = new UserFiles(files, user(0, [], ['CHOWN', 'FOWNER', 'DAC_OVERRIDE']))
  new UserFiles(files, user(1000)).write('/tmp/a', '')
  expect([
    outcome(() => root.chmod('/tmp/a', 0o600)),
    outcome(() => root.chown('/tmp/a', 0, 0)),
    outcome(() => root.write('/tmp/a', '')),
    outcome(() => chief.chown('/tmp/a', 5, 6)),
    outcome(() => chief.write('/tmp/a', '')),
    files.stat('/tmp/a').uid,
  ]).toEqual(['EPERM', 'EPERM', 'EACCES', 'ok', 'ok', 5])
})

test('a read-only place says so before a missing permission', () => {
  const files = machine()
  const volume = new MemoryFiles({ now: () => 0 })
  volume.write('/file', '')
  files.mount('/ro', volume, { readOnly: true })
  const mine = new UserFiles(files, user(1000))
  expect([
    outcome(() => mine.write('/ro/file', '')),
    outcome(() => mine.write('/ro/new', '')),
    outcome(() => mine.mkdir('/ro/dir')),
    outcome(() => mine.remove('/ro/file')),
    outcome(() => mine.chmod('/ro/file', 0)),
  ]).toEqual(['EROFS', 'EROFS', 'EROFS', 'EROFS', 'EROFS'])
})

test('a directory has a link for each directory in it, but one where a fork has merged it', () => {
  const base = new MemoryFiles({ now: () => 0 })
  base.mkdir('/etc/a', { parents: true })
  base.mkdir('/etc/b')
  const fork = base.fork()
  expect([base.stat('/etc').links, fork.stat('/etc').links]).toEqual([4, 4])
  fork.write('/etc/hosts', '')
  expect([base.stat('/etc').links, fork.stat('/etc').links, fork.stat('/').links]).toEqual([4, 1, 1])
})
