// POSIX regular expressions, basic and extended, as JavaScript's.
import { ToolError } from '../command.ts'
import { bracketClasses } from '../pattern.ts'

export function translate(pattern: string, extended: boolean): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '[') {
      const set = /^\[(\^?)(\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*)\]/.exec(pattern.slice(i))
      if (set) {
        const body = set[2]!
          .replace(/\\/g, '\\\\')
          .replace(/\[(?![:.=])/g, '\\[')
          .replace(/^\]/, '\\]')
        out += `[${set[1]}${bracketClasses(body.replace(/\[[.=](.)[.=]\]/g, '$1')).replace(/^\^/, '\\^')}]`
        i += set[0].length - 1
        continue
      }
      out += '\\['
    } else if (c === '\\') {
      const next = pattern[++i]
      if (next === undefined) out += '\\\\'
      else if (next === '<' || next === '>') out += '\\b'
      else if (next === "'") out += '$'
      else if (next === '`') out += '^'
      else if ('(){}|+?'.includes(next)) out += extended ? `\\${next}` : next
      else if (/[\dwWsSbBnt.*[\]^$/\\]/.test(next)) out += `\\${next}`
      else out += next.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
    } else if (extended) out += c === '*' && /^$|[(|]$/.test(out) ? '\\*' : c
    else if ('(){}|+?'.includes(c)) out += `\\${c}`
    else if (c === '*' && /^\^?$|(?<!\\)\($/.test(out)) out += '\\*'
    else if (c === '^' && !/^$|(?<!\\)[(|]$/.test(out)) out += '\\^'
    else if (c === '$' && !/^(?:$|\\[)|])/.test(pattern.slice(i + 1))) out += '\\$'
    else out += c
  }
  return out
}

/** A JavaScript expression; what makes no sense ends the tool. */
export function compile(source: string, flags: string, name: string, code = 2): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    throw new ToolError(`${name}: Invalid regular expression`, code)
  }
}
