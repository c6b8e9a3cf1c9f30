// du of busybox: how many KiB files take, in blocks of 4 KiB. -s -a -h -k -m -c -d N.
import { FileError, resolvePath } from '../../engine/files.ts'
import { tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'

/** `4.0K`, `1.2M` */
function human(ki: number): string {
  let [size, unit] = [ki, 0]
  for (; size >= 1024 && unit < 2; unit++) size /= 1024
  return ki === 0 ? '0' : `${size.toFixed(1)}${'KMG'[unit]}`
}

export const du = tool('du', 'how much files take', function* (process) {
  const { cwd, files, stdout, stderr } = process
  const options = parseOptions(process, 'sahkmcd:xlLH')
  const depth = options.has('s')
    ? 0
    : options.has('d')
      ? Number(options.value('d'))
      : Number.POSITIVE_INFINITY
  const shown = (ki: number) =>
    options.has('h') ? human(ki) : String(options.has('m') ? Math.ceil(ki / 1024) : ki)
  const line = (ki: number, name: string) => stdout.write(`${shown(ki)}\t${name}\n`)
  const count = (name: string, level: number): number => {
    const path = resolvePath(cwd, name)
    const { type, size } = files.stat(path, { followLinks: false })
    if (type !== 'directory') {
      const own = type === 'file' ? Math.ceil(size / 4096) * 4 : 0
      if (level === 0 || (options.has('a') && level <= depth)) line(own, name)
      return own
    }
    let sum = 4
    for (const child of files.list(path)) sum += count(`${name.replace(/\/$/, '')}/${child}`, level + 1)
    if (level <= depth) line(sum, name)
    return sum
  }
  let [total, status] = [0, 0]
  for (const name of options.operands.length ? options.operands : ['.']) {
    try {
      total += count(name, 0)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      stderr.write(`du: ${name}: ${error.reason}\n`)
      status = 1
    }
  }
  if (options.has('c')) line(total, 'total')
  return status
})
