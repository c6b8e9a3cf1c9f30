// The grammar of bash's `[[ ]]`.
import type { ScriptReader } from './script-reader.ts'
import type { Condition } from './syntax.ts'
import { readWord } from './word-parser.ts'

/** What stands between `[[` and `]]`. */
export function parseCondition(reader: ScriptReader): Condition {
  let left = conjunction(reader)
  for (;;) {
    reader.blank(true)
    if (!reader.text.startsWith('||', reader.at)) return left
    reader.at += 2
    left = { type: 'or', left, right: conjunction(reader) }
  }
}

function conjunction(reader: ScriptReader): Condition {
  let left = term(reader)
  for (;;) {
    reader.blank(true)
    if (!reader.text.startsWith('&&', reader.at)) return left
    reader.at += 2
    left = { type: 'and', left, right: term(reader) }
  }
}

function term(reader: ScriptReader): Condition {
  reader.blank(true)
  if (reader.keyword() === '!') {
    reader.at++
    return { type: 'not', operand: reader.deeper(() => term(reader)) }
  }
  if (reader.text[reader.at] === '(') {
    const inner = reader.deeper(() => {
      reader.at++
      return parseCondition(reader)
    })
    reader.blank(true)
    if (reader.text[reader.at] !== ')') reader.fail()
    reader.at++
    return inner
  }
  const unary = /^-[a-zA-Z](?=\s)/.exec(reader.text.slice(reader.at))?.[0]
  if (unary) {
    reader.at += 2
    reader.blank(false)
    return { type: 'unary', operator: unary, operand: reader.word() }
  }
  const left = reader.word()
  reader.blank(false)
  const operator = /^(?:==|=~|!=|=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)(?=\s))/.exec(
    reader.text.slice(reader.at),
  )?.[0]
  if (!operator) return { type: 'unary', operator: '-n', operand: left }
  reader.at += operator.length
  reader.blank(false)
  const right = operator === '=~' ? readWord(reader, c => /\s/.test(c)) : reader.word()
  return { type: 'binary', operator, left, right }
}
