// nl: lines with their numbers. Left out: pages with heads and feet, `-b pEXPRESSION`.
import { ToolError, tool } from '../command.ts'
import { eachLine, open } from './input.ts'
import { parseOptions } from './options.ts'

export const nl = tool('nl', 'number the lines', function* (process) {
  const options = parseOptions(process, 'b:w:s:v:i:n:', {
    long: {
      'body-numbering': 'b',
      'number-width': 'w',
      'number-separator': 's',
      'starting-line-number': 'v',
      'line-increment': 'i',
      'number-format': 'n',
    },
  })
  const whole = (letter: string, usual: number): number => {
    const text = options.value(letter) ?? String(usual)
    if (!/^-?\d+$/.test(text)) throw new ToolError(`nl: invalid number for -${letter}: ‘${text}’`)
    return Number(text)
  }
  const style = options.value('b') ?? 't'
  if (!/^[atn]$/.test(style)) throw new ToolError(`nl: invalid body numbering style: ‘${style}’`)
  const format = options.value('n') ?? 'rn'
  if (!/^(?:ln|rn|rz)$/.test(format)) throw new ToolError(`nl: invalid line numbering format: ‘${format}’`)
  const [width, step] = [Math.min(1000, whole('w', 6)), whole('i', 1)]
  const separator = options.value('s') ?? '\t'
  const none = ' '.repeat(width + separator.length)
  let number = whole('v', 1)
  const shown = (): string => {
    const text = String(number)
    number += step
    if (format === 'ln') return text.padEnd(width)
    const isBelow = format === 'rz' && text.startsWith('-')
    return isBelow
      ? `-${text.slice(1).padStart(width - 1, '0')}`
      : text.padStart(width, format === 'rz' ? '0' : ' ')
  }
  const { files, failed } = open(process, options.operands)
  for (const { source } of files)
    yield* eachLine(source, line =>
      process.stdout.write(
        style === 'a' || (style === 't' && line) ? `${shown()}${separator}${line}\n` : `${none}${line}\n`,
      ),
    )
  return failed ? 1 : 0
})
