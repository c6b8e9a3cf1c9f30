// tar as busybox has it: create, extract and list, by way of standard streams or a file.
import { FileError, resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import { type Entry, readTar, writeTar } from '../../engine/tar.ts'
import { ToolError, tool } from '../../shell/command.ts'

export const tar = tool('tar', 'keep files in archives', function* (process) {
  const { files, stdout, stderr } = process
  const [mode = '', ...rest] = process.argv.slice(1).filter(word => !word.startsWith('--'))
  // What the archive says of a file's rights counts, or what any new file gets. (Owners are in no archive here.)
  const mask = process.argv.includes('--no-same-permissions') ? 0o022 : 0
  const letters = mode.replace(/^-/, '')
  let directory = process.cwd
  let archive = '-'
  const names: string[] = []
  if (letters.includes('f')) archive = rest.shift() ?? '-'
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === '-C') directory = resolvePath(process.cwd, rest[++i] ?? '')
    else names.push(rest[i]!)
  }
  const place = (name: string) => resolvePath(directory, name)
  if (letters.includes('c')) {
    const entries: Entry[] = []
    let missing = false
    const add = (name: string) => {
      const stat = files.stat(place(name))
      const stored = name.replace(/^\/+/, '')
      if (stat.type === 'directory') {
        entries.push({ name: `${stored.replace(/\/$/, '')}/`, content: '', mode: stat.mode })
        for (const child of files.list(place(name))) add(`${name.replace(/\/$/, '')}/${child}`)
      } else entries.push({ name: stored, content: files.read(place(name)), mode: stat.mode })
    }
    if (names.some(name => name.startsWith('/')))
      stderr.write("tar: removing leading '/' from member names\n")
    for (const name of names)
      try {
        add(name)
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        stderr.write(`tar: ${name}: ${error.reason}\n`)
        missing = true
      }
    const text = writeTar(entries)
    if (archive === '-') stdout.write(text)
    else files.write(place(archive), text)
    if (missing) stderr.write('tar: error exit delayed from previous errors\n')
    return missing ? 1 : 0
  }
  const text = archive === '-' ? yield* readAll(process.stdin) : files.read(place(archive))
  const entries = readTar(text)
  if (entries.length === 0 && !text) throw new ToolError('tar: short read')
  for (const { name, content, mode: bits, link } of entries) {
    if (letters.includes('t') || letters.includes('v')) stdout.write(`${name}\n`)
    if (!letters.includes('x')) continue
    const target = place(name.replace(/\/$/, ''))
    if (name.endsWith('/')) files.mkdir(target, { parents: true })
    else {
      if (!files.exists(target.slice(0, target.lastIndexOf('/')) || '/'))
        throw new ToolError(`tar: can't open '${name}': No such file or directory`)
      if (link !== undefined) files.link(link, target)
      else files.write(target, content, { mode: bits & ~mask })
    }
  }
  return 0
})
