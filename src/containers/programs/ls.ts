// ls as busybox has it: -l -n -a -A -d -L -R -r -t -S -1. Sizes and link counts are those of the file systems that
// containers see.

import { groupName, userName } from '../../engine/accounts.ts'
import { formatTime } from '../../engine/engine.ts'
import { FileError, type FileStat, type Files, resolvePath } from '../../engine/files.ts'
import type { Writable } from '../../engine/pipe.ts'
import { tool } from '../../shell/command.ts'
import { columns } from '../../shell/tools/ls.ts'
import { modeText } from '../../shell/tools/mode-text.ts'

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
  const isLong = flags.has('l') || flags.has('n')
  let code = 0
  const stat = (path: string): FileStat => files.stat(path, { followLinks })
  let checked = false
  const owners = (): Owners => {
    // Users are looked up in /etc/passwd, whose bad lines it complains about once.
    if (!checked) checkUsers(files, stderr)
    checked = true
    if (flags.has('n')) return { user: String, group: String }
    return { user: uid => userName(files, uid), group: gid => groupName(files, gid) }
  }
  const show = (names: readonly Named[]): string => {
    if (isLong) {
      const named = names.length ? owners() : undefined
      return names
        .map(({ name, path }) => longLine(files, path, name, stat(path), named!, followLinks))
        .join('')
    }
    if (terminal && !flags.has('1'))
      return columns(
        names.map(({ name }) => name),
        terminal.columns,
      )
    return names.map(n => `${n.name}\n`).join('')
  }
  const sorted = (list: Named[]): Named[] => {
    if (flags.has('t') || flags.has('S')) {
      const key = ({ path }: Named) => stat(path)[flags.has('t') ? 'modified' : 'size']
      list.sort((a, b) => key(b) - key(a))
    } else list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    return flags.has('r') ? list.reverse() : list
  }
  const entries = (path: string) => {
    const hidden = flags.has('a') || flags.has('A')
    const own = files.list(path).filter(name => hidden || !name.startsWith('.'))
    return sorted(
      [...(flags.has('a') ? ['.', '..'] : []), ...own].map(name => ({
        name,
        path: resolvePath(path, name),
      })),
    )
  }
  const plain: Named[] = []
  const directories: Named[] = []
  for (const name of paths.length ? paths : ['.']) {
    const path = resolvePath(cwd, name)
    try {
      const { type } = files.stat(path, { followLinks: followLinks || !isLong })
      ;(type === 'directory' && !flags.has('d') ? directories : plain).push({ name, path })
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      stderr.write(`ls: ${name}: ${error.reason}\n`)
      code = 1
    }
  }
  stdout.write(show(sorted(plain)))
  sorted(directories)
  let first = plain.length === 0
  const several = directories.length > 1 || plain.length > 0 || flags.has('R')
  for (let next = directories.shift(); next; next = directories.shift()) {
    const { name: title, path } = next
    let list: Named[]
    try {
      list = entries(path)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      stderr.write(`ls: can't open '${title}': ${error.reason}\n`)
      code = 1
      continue
    }
    if (several) stdout.write(`${first ? '' : '\n'}${title}:\n`)
    first = false
    if (isLong) stdout.write(`total ${list.reduce((sum, e) => sum + blocks(stat(e.path)), 0)}\n`)
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

interface Named {
  readonly name: string
  readonly path: string
}

/** Names of users and groups, or their numbers. */
interface Owners {
  user(uid: number): string
  group(gid: number): string
}

function checkUsers(files: Files, stderr: Writable): void {
  if (!files.exists('/etc/passwd')) return
  for (const line of files.read('/etc/passwd').split('\n'))
    if (line && line.split(':').length !== 7) stderr.write('ls: /etc/passwd: bad record\n')
}

/** In KB: files take whole pages, directories of a disk one, those in memory none. */
const blocks = ({ type, size }: FileStat): number =>
  type === 'file' ? Math.ceil(size / 4096) * 4 : type === 'directory' && size % 4096 === 0 ? 4 : 0

function longLine(
  files: Files,
  path: string,
  name: string,
  stat: FileStat,
  owners: Owners,
  followLinks: boolean,
): string {
  const { type, uid, gid, links, size, modified } = stat
  const [date = '', time = ''] = formatTime(modified).split('T')
  const [, month, day] = date.split('-')
  const when = `${months[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time.slice(0, 5)}`
  const target = type === 'link' && !followLinks ? ` -> ${files.readLink(path)}` : ''
  return `${modeText(stat)} ${String(links).padStart(4)} ${owners.user(uid).padEnd(8)} ${owners.group(gid).padEnd(8)} ${String(size).padStart(9)} ${when} ${name}${target}\n`
}
