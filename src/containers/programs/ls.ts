// ls as busybox has it: -l -a -A -d -L -R -1. Sizes and link counts are those of the file systems that containers see.

import { formatTime } from '../../engine/engine.ts'
import { FileError, type FileStat, type Files, resolvePath } from '../../engine/files.ts'
import type { Writable } from '../../engine/pipe.ts'
import { tool } from '../../shell/command.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const ls = tool('ls', 'list directories', function* ({ argv, cwd, files, stdout, stderr, terminal }) {
  const flags = new Set(
    argv
      .slice(1)
      .filter(a => /^-./.test(a))
      .flatMap(a => [...a.slice(1)]),
  )
  const paths = argv.slice(1).filter(a => !/^-./.test(a))
  const followLinks = flags.has('L')
  let code = 0
  const stat = (path: string): FileStat => files.stat(path, { followLinks })
  let named: boolean | undefined
  /** Its owner's name comes from /etc/passwd, which is read once. */
  const known = (stat: FileStat): FileStat => {
    const { owner, group = owner } = stat
    if (owner !== 'root') return stat
    named ??= hasUser(files, owner, stderr)
    return named ? stat : { ...stat, owner: '0', group }
  }
  const show = (names: readonly { name: string; path: string }[]): string => {
    if (flags.has('l'))
      return names
        .map(({ name, path }) => longLine(files, path, name, known(stat(path)), followLinks))
        .join('')
    if (terminal && !flags.has('1')) return names.length ? `${names.map(n => n.name).join('  ')}\n` : ''
    return names.map(n => `${n.name}\n`).join('')
  }
  const entries = (path: string) => {
    const hidden = flags.has('a') || flags.has('A')
    const own = files.list(path).filter(name => hidden || !name.startsWith('.'))
    return [...(flags.has('a') ? ['.', '..'] : []), ...own].map(name => ({
      name,
      path: resolvePath(path, name),
    }))
  }
  const plain: { name: string; path: string }[] = []
  const directories: { name: string; path: string }[] = []
  for (const name of paths.length ? paths : ['.']) {
    const path = resolvePath(cwd, name)
    try {
      const { type } = files.stat(path, { followLinks: followLinks || !flags.has('l') })
      ;(type === 'directory' && !flags.has('d') ? directories : plain).push({ name, path })
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      stderr.write(`ls: ${name}: ${error.reason}\n`)
      code = 1
    }
  }
  stdout.write(show(plain))
  let first = plain.length === 0
  const several = directories.length > 1 || plain.length > 0 || flags.has('R')
  for (let next = directories.shift(); next; next = directories.shift()) {
    const { name: title, path } = next
    const list = entries(path)
    if (several) stdout.write(`${first ? '' : '\n'}${title}:\n`)
    first = false
    if (flags.has('l')) stdout.write(`total ${list.reduce((sum, e) => sum + blocks(stat(e.path)), 0)}\n`)
    stdout.write(show(list))
    if (flags.has('R'))
      directories.unshift(
        ...list
          .filter(e => e.name !== '.' && e.name !== '..' && stat(e.path).type === 'directory')
          .map(e => ({ name: `${title.replace(/\/$/, '')}/${e.name}`, path: e.path })),
      )
  }
  return code
})

function hasUser(files: Files, name: string, stderr: Writable): boolean {
  if (!files.exists('/etc/passwd')) return false
  for (const line of files.read('/etc/passwd').split('\n')) {
    if (!line) continue
    const fields = line.split(':')
    if (fields.length !== 7) stderr.write('ls: /etc/passwd: bad record\n')
    else if (fields[0] === name) return true
  }
  return false
}

/** In KB: files take whole pages, directories of a disk one, those in memory none. */
const blocks = ({ type, size }: FileStat): number =>
  type === 'file' ? Math.ceil(size / 4096) * 4 : type === 'directory' && size % 4096 === 0 ? 4 : 0

function longLine(files: Files, path: string, name: string, stat: FileStat, followLinks: boolean): string {
  const { type, mode, owner, group = owner, size, modified } = stat
  const letters = [...'rwxrwxrwx'].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-'))
  if (mode & 0o1000) letters[8] = letters[8] === 'x' ? 't' : 'T'
  const kind = { file: '-', directory: 'd', link: 'l' }[type]
  // A directory that several layers of the image share has one link.
  const links =
    type === 'directory' && path !== '/'
      ? 2 +
        files
          .list(path)
          .filter(n => files.stat(resolvePath(path, n), { followLinks: false }).type === 'directory').length
      : 1
  const [date = '', time = ''] = formatTime(modified).split('T')
  const [, month, day] = date.split('-')
  const when = `${months[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time.slice(0, 5)}`
  const target = type === 'link' && !followLinks ? ` -> ${files.readLink(path)}` : ''
  return `${kind}${letters.join('')} ${String(links).padStart(4)} ${owner.padEnd(8)} ${group.padEnd(8)} ${String(size).padStart(9)} ${when} ${name}${target}\n`
}
