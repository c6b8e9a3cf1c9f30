// cat: files one after the other. -n numbers the lines, -A shows what is not seen.
import { toBytes } from '../../engine/bytes.ts'
import { tool } from '../command.ts'
import { open } from './input.ts'
import { parseOptions } from './options.ts'

/** Bytes that are no letters as `^M` and `M-C`; tabs stay. */
const withoutControl = (line: string): string =>
  [...line].every(letter => (letter >= ' ' && letter <= '~') || letter === '\n')
    ? line
    : Array.from(toBytes(line), byte => {
        const low = byte & 127
        const text =
          low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low)
        return byte === 9 || byte === 10 ? String.fromCharCode(byte) : byte > 127 ? `M-${text}` : text
      }).join('')

const body: Parameters<typeof tool>[2] = function* (process) {
  const options = parseOptions(process, 'nbsEAvTuet', {
    long: { number: 'n', 'show-all': 'A', 'squeeze-blank': 's' },
  })
  const { files, failed } = open(process, options.operands)
  let number = 0
  let fresh = true
  let blank = false
  const ends = options.has('E') || options.has('A') || options.has('e')
  const control = ['A', 'v', 'e', 't'].some(each => options.has(each))
  const tabs = options.has('T') || options.has('A') || options.has('t')
  const plain = !['n', 'b', 's'].some(o => options.has(o)) && !ends && !tabs && !control
  for (const { source } of files) {
    for (let text = yield* source.read(); text !== undefined; text = yield* source.read()) {
      if (plain) {
        process.stdout.write(text)
        continue
      }
      let out = ''
      for (const line of text.split(/(?<=\n)/)) {
        if (fresh && line === '\n' && blank && options.has('s')) continue
        blank = fresh && line === '\n'
        if (fresh && (options.has('n') || (options.has('b') && line !== '\n')))
          out += `${String(++number).padStart(6)}\t`
        const visible = control ? withoutControl(line) : line
        const shown = tabs ? visible.replaceAll('\t', '^I') : visible
        out += ends ? shown.replace(/\n$/, '$\n') : shown
        fresh = line.endsWith('\n')
      }
      process.stdout.write(out)
    }
  }
  return failed ? 1 : 0
}

export const cat = tool('cat', 'print files', body)
/** Pagers show everything: the terminal scrolls. */
export const pagers = ['less', 'more'].map(name =>
  tool(name, 'show a file', process =>
    // How a screen would be turned over (-S, -R, +F …) does not matter here.
    body({ ...process, argv: process.argv.filter((arg, i) => i === 0 || !/^[-+]./.test(arg)) }),
  ),
)
