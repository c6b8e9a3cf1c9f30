// echo: its arguments in one line. -n without the line feed, -e with escapes.
import { tool } from '../command.ts'
import { unescapeText } from '../word-parser.ts'

export const echo = tool('echo', 'print its arguments', function* ({ argv, stdout }) {
  let args = argv.slice(1)
  let newline = true
  let escapes = false
  while (/^-[neE]+$/.test(args[0] ?? '')) {
    for (const letter of args[0]!.slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
    args = args.slice(1)
  }
  let text = args.join(' ')
  if (escapes) {
    const end = /(?<!\\)(?:\\\\)*\\c/.exec(text)
    if (end) {
      text = text.slice(0, end.index + end[0].length - 2)
      newline = false
    }
    text = unescapeText(text, /^0[0-7]{0,3}/)
  }
  stdout.write(newline ? `${text}\n` : text)
  return 0
})
