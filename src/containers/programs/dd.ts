// dd of busybox: copies blocks, from a file, a device or its input, to a file or its output; and says how many there were.
import { dictionary } from '../../engine/dictionary.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { ToolError, tool } from '../../shell/command.ts'

/** Bytes that a ms copies. */
const rate = 1e6
/** What it takes beside that. */
const startSeconds = 0.0001
/** So much is written at once, in whole blocks. */
const pieceBytes = 2 ** 20
const endless = /^\/dev\/(zero|u?random)$/
const units: Readonly<Record<string, number>> = dictionary({
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  kB: 1000,
  k: 2 ** 10,
  K: 2 ** 10,
  MB: 1e6,
  m: 2 ** 20,
  M: 2 ** 20,
  GB: 1e9,
  g: 2 ** 30,
  G: 2 ** 30,
})

function amount(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+)([a-zA-Z]*)$/.exec(text) ?? []
  const times = units[unit]
  if (!digits || times === undefined) throw new ToolError(`dd: invalid number '${text}'`)
  return Number(digits) * times
}

function human(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < 4) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)}${['B', 'KB', 'MB', 'GB', 'TB'][unit]}`
}

export const dd = tool('dd', 'copy blocks', function* (process) {
  const { argv, cwd, files, stdin, stdout, stderr } = process
  const options = new Map<string, string>()
  for (const each of argv.slice(1)) {
    const [name = '', value] = each.split(/=(.*)/s)
    if (value === undefined || !/^(if|of|bs|ibs|obs|count|skip|seek|conv|status|iflag|oflag)$/.test(name))
      throw new ToolError(`dd: invalid argument '${each}'`)
    options.set(name, value)
  }
  const block = amount(options.get('bs') ?? options.get('ibs') ?? '512')
  if (block === 0) throw new ToolError('dd: number 0 is not in 1..2147483647 range')
  const count = options.has('count') ? amount(options.get('count')!) : Number.POSITIVE_INFINITY
  const from = options.get('if')
  const to = options.get('of')
  const source = from === undefined ? undefined : resolvePath(cwd, from)
  const text = source && endless.test(source) ? undefined : yield* input()
  const skipped = amount(options.get('skip') ?? '0') * block
  const most =
    text === undefined ? count * block : Math.min(count * block, Math.max(0, text.length - skipped))
  const target = to === undefined ? undefined : resolvePath(cwd, to)
  const isFile = target !== undefined && !/^\/dev\/(null|zero|full|stdout|stderr|tty)$/.test(target)
  const before = seekText()
  let written = 0
  let trouble: FileError | undefined
  const size = Math.max(1, Math.floor(pieceBytes / block)) * block
  const write = (from: number, length: number, first: boolean): boolean => {
    const piece =
      text === undefined ? '\0'.repeat(length) : text.slice(skipped + from, skipped + from + length)
    try {
      if (isFile) files.write(target, first ? before + piece : piece, { append: !first })
      else if (target === undefined) stdout.write(piece)
      return true
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      if (error.code !== 'ENOSPC') throw new ToolError(`dd: can't open '${to}': ${error.reason}`)
      trouble = error
      return false
    }
  }
  if (most === 0 || count === 0) write(0, 0, true)
  while (written < most) {
    const length = Math.min(size, most - written)
    if (!write(written, length, written === 0)) {
      // What still fits is written block by block.
      while (write(written, block, written === 0)) written += block
      break
    }
    written += length
    if (written % (8 * size) === 0) yield* sleep((8 * size) / rate)
  }
  if (trouble) stderr.write(`dd: error writing '${to}': ${trouble.reason}\n`)
  const status = options.get('status')
  if (status !== 'none') {
    const records = (bytes: number) => `${Math.floor(bytes / block)}+${bytes % block ? 1 : 0}`
    stderr.write(
      `${records(trouble ? written + block : written)} records in\n${records(written)} records out\n`,
    )
    const seconds = startSeconds + written / rate / 1000
    const whole = written >= 1024 ? ` (${human(written)})` : ''
    const speed = `, ${seconds.toFixed(6)} seconds, ${human(Math.round(written / seconds))}/s`
    if (status !== 'noxfer') stderr.write(`${written} bytes${whole} copied${speed}\n`)
  }
  return trouble ? 1 : 0

  function* input(): Task<string> {
    if (source === undefined) return yield* readAll(stdin)
    try {
      return files.read(source)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      throw new ToolError(`dd: can't open '${from}': ${error.reason}`)
    }
  }

  /** What stands before the place where it begins to write. */
  function seekText(): string {
    const at = amount(options.get('seek') ?? '0') * block
    if (at === 0) return ''
    const old = isFile && files.exists(target) ? files.read(target) : ''
    return old.slice(0, at).padEnd(at, '\0')
  }
})
