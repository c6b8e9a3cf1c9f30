// cat: files one after the other. -n numbers the lines, -A shows what is not seen.
import { tool } from '../command.ts'
import { open } from './input.ts'
import { parseOptions } from './options.ts'

const body: Parameters<typeof tool>[2] = function* (process) {
  const options = parseOptions(process, 'nbsEAvTuet', {
    long: { number: 'n', 'show-all': 'A', 'squeeze-blank': 's' },
  })
  const { files, failed } = open(process, options.operands)
  let number = 0
  let fresh = true
  let blank = false
  const ends = options.has('E') || options.has('A') || options.has('e')
  const tabs = options.has('T') || options.has('A') || options.has('t')
  const plain = !['n', 'b', 's'].some(o => options.has(o)) && !ends && !tabs
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
        const shown = tabs ? line.replaceAll('\t', '^I') : line
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
