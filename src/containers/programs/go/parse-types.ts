// Types of Go, and the parameters of functions.
import type { Expr, Param, TypeExpr } from './ast.ts'
import { NotSimulated, type Token } from './scanner.ts'
import { TokenReader } from './token-reader.ts'

export abstract class TypeParser extends TokenReader {
  protected abstract expression(): Expr

  protected params(): Param[] {
    this.expect('(')
    const parts: { name: Token | undefined; type: TypeExpr | undefined; at: Token }[] = []
    while (!this.is(')')) {
      const at = this.peek()
      const next = this.tokens[this.at + 1]!
      const isLone = next.text === ',' || next.text === ')' || next.text === '.'
      if (at.type === 'name' && !isLone) {
        this.at++
        parts.push({ name: at, type: this.type(), at })
      } else if (at.type === 'name' && next.text !== '.') {
        this.at++
        parts.push({ name: at, type: undefined, at })
      } else parts.push({ name: undefined, type: this.type(), at })
      if (!this.take(',') && !this.is(')')) this.fail(' in parameter list; possibly missing comma or )')
    }
    this.at++
    const named = parts.some(({ name, type }) => name && type)
    const params: Param[] = []
    let type: TypeExpr | undefined
    for (const part of [...parts].reverse()) {
      if (part.type) type = part.type
      if (named) params.unshift({ name: part.name?.text ?? '_', at: part.at, type: type! })
      else
        params.unshift({
          name: '',
          at: part.at,
          type: part.type ?? { t: 'named', package: '', name: part.name!.text, at: part.at },
        })
    }
    return params
  }

  protected results(): Param[] {
    if (this.is('(')) return this.params()
    if (this.is('{') || this.peek().type === ';' || this.is(')') || this.is(',') || this.is('}')) return []
    const at = this.peek()
    return [{ name: '', at, type: this.type() }]
  }

  protected type(): TypeExpr {
    const at = this.peek()
    if (this.take('*')) return { t: 'pointer', of: this.type(), at }
    if (this.take('...')) return { t: 'variadic', of: this.type(), at }
    if (this.take('[')) {
      if (this.take(']')) return { t: 'slice', of: this.type(), at }
      const length = this.take('...') ? undefined : this.expression()
      this.expect(']')
      return { t: 'array', of: this.type(), length, at }
    }
    if (this.take('map')) {
      this.expect('[')
      const key = this.type()
      this.expect(']')
      return { t: 'map', key, of: this.type(), at }
    }
    if (this.take('func')) return { t: 'func', params: this.params(), results: this.results(), at }
    if (this.is('chan') || this.is('<-')) throw new NotSimulated(at, 'channels')
    if (this.take('struct')) {
      this.expect('{')
      const fields: Param[] = []
      while (!this.is('}')) {
        const names = [this.name()]
        if (this.is('.') || this.peek().type === ';') throw new NotSimulated(names[0]!, 'embedded fields')
        while (this.take(',')) names.push(this.name())
        const type = this.type()
        if (this.peek().type === 'string') this.at++
        for (const name of names) fields.push({ name: name.text, at: name, type })
        this.end(', expected semicolon, newline, or }')
      }
      this.at++
      return { t: 'struct', fields, at }
    }
    if (this.take('interface')) {
      this.expect('{')
      while (!this.take('}')) this.at++
      return { t: 'interface', at }
    }
    if (this.take('(')) {
      const type = this.type()
      this.expect(')')
      return type
    }
    if (at.type !== 'name') this.fail(', expected type')
    this.at++
    if (this.is('.')) {
      this.at++
      const name = this.name()
      return { t: 'named', package: at.text, name: name.text, nameAt: name, at }
    }
    return { t: 'named', package: '', name: at.text, at }
  }
}
