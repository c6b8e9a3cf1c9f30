// package strings
import { type Bytes, type Package, pure, type Thing, Tuple } from '../values.ts'

const trimmed = (text: string, set: string, ends: 'both' | 'left' | 'right'): string => {
  let from = 0
  let to = text.length
  if (ends !== 'right') while (from < to && set.includes(text[from]!)) from++
  if (ends !== 'left') while (to > from && set.includes(text[to - 1]!)) to--
  return text.slice(from, to)
}

/** strings.Builder */
class Builder implements Thing {
  readonly goType = '*strings.Builder'
  #text = ''
  member(name: string): unknown {
    const add = (text: string) => {
      this.#text += text
      return new Tuple([text.length, null])
    }
    switch (name) {
      case 'WriteString':
        return pure(add)
      case 'Write':
        return pure((data: Bytes) => add(data.text))
      case 'WriteByte':
      case 'WriteRune':
        return pure((code: number) => {
          add(String.fromCodePoint(code))
          return null
        })
      case 'String':
        return pure(() => this.#text)
      case 'Len':
        return pure(() => this.#text.length)
      default:
        return undefined
    }
  }
}

export const strings: Package = {
  values: {
    Contains: pure((text: string, part) => text.includes(part)),
    HasPrefix: pure((text: string, part) => text.startsWith(part)),
    HasSuffix: pure((text: string, part) => text.endsWith(part)),
    Index: pure((text: string, part) => text.indexOf(part)),
    Count: pure((text: string, part: string) => text.split(part).length - 1),
    EqualFold: pure((a: string, b: string) => a.toLowerCase() === b.toLowerCase()),
    Fields: pure((text: string) => text.split(/\s+/).filter(Boolean)),
    Split: pure((text: string, by: string) => (by === '' ? [...text] : text.split(by))),
    Join: pure((list: string[], by) => list.join(by)),
    Repeat: pure((text: string, count) => text.repeat(count)),
    Replace: pure((text: string, from: string, to: string, count: number) => {
      if (count < 0) return text.replaceAll(from, () => to)
      let out = text
      let at = 0
      for (let i = 0; i < count; i++) {
        at = out.indexOf(from, at)
        if (at < 0) break
        out = out.slice(0, at) + to + out.slice(at + from.length)
        at += to.length
      }
      return out
    }),
    ReplaceAll: pure((text: string, from: string, to: string) => text.replaceAll(from, () => to)),
    Title: pure((text: string) => text.replace(/\b\p{L}/gu, c => c.toUpperCase())),
    ToLower: pure((text: string) => text.toLowerCase()),
    ToUpper: pure((text: string) => text.toUpperCase()),
    Trim: pure((text, set) => trimmed(text, set, 'both')),
    TrimLeft: pure((text, set) => trimmed(text, set, 'left')),
    TrimRight: pure((text, set) => trimmed(text, set, 'right')),
    TrimPrefix: pure((text: string, part: string) =>
      text.startsWith(part) ? text.slice(part.length) : text,
    ),
    TrimSuffix: pure((text: string, part: string) =>
      part && text.endsWith(part) ? text.slice(0, -part.length) : text,
    ),
    TrimSpace: pure((text: string) => text.trim()),
  },
  types: { Builder: { zero: () => new Builder() } },
}
