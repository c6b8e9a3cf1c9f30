// Expressions of a program that runs.
import { byteLength } from '../../../engine/bytes.ts'
import type { Task } from '../../../engine/task.ts'
import type { Expr, Func, TypeExpr } from './ast.ts'
import { typeName } from './format.ts'
import { packages } from './library/index.ts'
import type { Machine } from './machine.ts'
import { binary, converted, copied, nilDereference, outOfRange, sliceOutOfRange, unary } from './operators.ts'
import type { Scope } from './scope.ts'
import {
  Bytes,
  Closure,
  Float,
  type GoType,
  isThing,
  type Native,
  OfProgram,
  type Package,
  Panic,
  Pointer,
  Struct,
  Tuple,
} from './values.ts'

const ownTypes = /^(string|bool|byte|rune|u?int(8|16|32|64)?|uintptr|float(32|64)|error|any|complex(64|128))$/

const isByte = (type: TypeExpr): boolean =>
  type.t === 'named' && !type.package && /^(byte|uint8)$/.test(type.name)

/** A name of a package that the file imports. */
class PackageName {
  readonly contents: Package
  constructor(contents: Package) {
    this.contents = contents
  }
}

export abstract class Evaluator {
  protected abstract readonly machine: Machine
  /** Types of the program by their names. */
  protected readonly types = new Map<string, TypeExpr>()
  /** Methods by the name of their type. */
  protected readonly methods = new Map<string, Map<string, Func>>()
  /** Packages by the name under which the file knows them. */
  protected readonly imports = new Map<string, Package>()

  /** What a map gives for a key that it does not have. */
  protected readonly mapDefaults = new WeakMap<object, () => unknown>()

  /** Calls a function of the program. */
  protected abstract callClosure(closure: Closure, args: readonly unknown[]): Task<unknown>

  packageType(type: TypeExpr): GoType | undefined {
    return type.t === 'named' && type.package ? this.imports.get(type.package)?.types?.[type.name] : undefined
  }

  *call(fn: unknown, args: readonly unknown[]): Task<unknown> {
    if (fn instanceof Closure) return yield* this.callClosure(fn, args)
    if (typeof fn === 'function') return yield* (fn as Native)(this.machine, args)
    return nilDereference()
  }

  *evaluate(expr: Expr, scope: Scope): Task<unknown> {
    switch (expr.t) {
      case 'literal':
        return expr.kind === 'float' ? new Float(expr.value as number) : expr.value
      case 'name':
        return this.#name(expr.name, scope)
      case 'paren':
        return yield* this.evaluate(expr.of, scope)
      case 'func':
        return new Closure(expr.fn, scope)
      case 'select':
        return this.member(yield* this.evaluate(expr.of, scope), expr.name)
      case 'call':
        return yield* this.#call(expr, scope)
      case 'index':
        return this.element(yield* this.evaluate(expr.of, scope), yield* this.evaluate(expr.index, scope))
      case 'slice': {
        const of = yield* this.evaluate(expr.of, scope)
        const from = expr.from ? ((yield* this.evaluate(expr.from, scope)) as number) : 0
        const to = expr.to ? ((yield* this.evaluate(expr.to, scope)) as number) : undefined
        return slice(of, from, to)
      }
      case 'unary':
        if (expr.op === '&') return yield* this.#address(expr.of, scope)
        if (expr.op === '*') return this.#dereference(yield* this.evaluate(expr.of, scope))
        return unary(expr.op, yield* this.evaluate(expr.of, scope))
      case 'binary': {
        const left = yield* this.evaluate(expr.left, scope)
        if (expr.op === '&&') return left && (yield* this.evaluate(expr.right, scope))
        if (expr.op === '||') return left || (yield* this.evaluate(expr.right, scope))
        return binary(expr.op, left, yield* this.evaluate(expr.right, scope))
      }
      case 'composite':
        return yield* this.#composite(expr, scope)
      case 'assert':
        return this.#assert(yield* this.evaluate(expr.of, scope), expr.type)
      case 'type':
        return null
    }
  }

  #name(name: string, scope: Scope): unknown {
    const found = scope.find(name)
    if (found) return found.value
    if (name === 'true' || name === 'false') return name === 'true'
    if (name === 'nil') return null
    const contents = this.imports.get(name)
    return contents ? new PackageName(contents) : null
  }

  *evaluateAll(all: readonly Expr[], scope: Scope): Task<unknown[]> {
    const values: unknown[] = []
    for (const each of all) values.push(copied(yield* this.evaluate(each, scope)))
    // One call may give all of them.
    return values.length === 1 && values[0] instanceof Tuple ? [...values[0].values] : values
  }

  /** A field or a method of a value. */
  member(value: unknown, name: string): unknown {
    if (value instanceof PackageName) {
      const found = value.contents.values[name]
      return found instanceof OfProgram ? found.of(this.machine) : found
    }
    if (isThing(value)) return value.member(name)
    const pointed = value instanceof Pointer ? value.to.value : value
    if (isThing(pointed)) return pointed.member(name)
    if (pointed instanceof Struct) {
      if (pointed.fields.has(name)) return pointed.fields.get(name)
      const method = this.methods.get(pointed.type.replace(/^main\./, ''))?.get(name)
      if (method) {
        const isPointer = method.params[0]?.type.t === 'pointer'
        const receiver = isPointer
          ? value instanceof Pointer
            ? value
            : new Pointer({ value: pointed })
          : copied(pointed)
        return new Closure(method, this.global, receiver)
      }
    }
    const known = memberOf(value, name)
    return known === undefined ? nilDereference() : known
  }

  protected abstract readonly global: Scope;

  *#call(expr: Extract<Expr, { t: 'call' }>, scope: Scope): Task<unknown> {
    yield* this.machine.step()
    const { fn } = expr
    const own = fn.t === 'name' && !scope.find(fn.name) ? fn.name : undefined
    if (own !== undefined && builtIns.has(own)) return yield* this.#builtIn(own, expr, scope)
    const type = this.#typeOf(fn, scope)
    if (type) return this.#convert(type, yield* this.evaluate(expr.args[0]!, scope))
    const value = yield* this.evaluate(fn, scope)
    let args = yield* this.evaluateAll(expr.args, scope)
    if (expr.spread) args = [...args.slice(0, -1), ...((args.at(-1) as unknown[]) ?? [])]
    return yield* this.call(value, args)
  }

  /** The type that a callee names: then the call is a conversion. */
  #typeOf(fn: Expr, scope: Scope): TypeExpr | undefined {
    if (fn.t === 'type') return fn.type
    if (fn.t === 'paren') return this.#typeOf(fn.of, scope)
    const named = (name: string, from = ''): TypeExpr => ({ t: 'named', package: from, name, at: fn.at })
    if (fn.t === 'name' && !scope.find(fn.name) && (this.types.has(fn.name) || ownTypes.test(fn.name)))
      return named(fn.name)
    if (fn.t === 'select' && fn.of.t === 'name' && !scope.find(fn.of.name))
      if (this.imports.get(fn.of.name)?.types?.[fn.name]) return named(fn.name, fn.of.name)
    return undefined
  }

  #convert(type: TypeExpr, value: unknown): unknown {
    const known = this.packageType(type)
    if (known) return known.convert ? known.convert(value) : value
    if (type.t === 'slice') {
      const text = typeof value === 'string' ? value : ''
      if (isByte(type.of)) return value instanceof Bytes ? value : new Bytes(text)
      return typeof value === 'string' ? [...text].map(c => c.codePointAt(0)!) : value
    }
    if (type.t !== 'named') return value
    const own = this.types.get(type.name)
    return own ? this.#convert(own, value) : converted(type.name, value)
  }

  *#builtIn(name: string, { args, spread }: Extract<Expr, { t: 'call' }>, scope: Scope): Task<unknown> {
    const [first] = args
    if (name === 'make' || name === 'new') {
      const type = first && asType(first)
      if (name === 'new') return new Pointer({ value: this.zero(type) })
      if (type?.t === 'map') return new Map()
      const length = args[1] ? ((yield* this.evaluate(args[1], scope)) as number) : 0
      if (type?.t === 'slice' && isByte(type.of)) return new Bytes('\0'.repeat(length))
      return Array.from({ length }, () => this.zero(type?.t === 'slice' ? type.of : undefined))
    }
    const values = yield* this.evaluateAll(args, scope)
    const [value] = values
    switch (name) {
      case 'len':
      case 'cap':
        return lengthOf(value)
      case 'append':
        if (value instanceof Bytes) return new Bytes(value.text + appended(values.slice(1)))
        return [
          ...((value as unknown[] | null) ?? []),
          ...(spread ? ((values[1] as unknown[] | null) ?? []) : values.slice(1)),
        ]
      case 'delete':
        ;(value as Map<unknown, unknown> | null)?.delete(values[1])
        return null
      case 'panic':
        throw new Panic(value)
      case 'print':
      case 'println':
        this.machine.process.stderr.write(
          name === 'print' ? values.join('') : `${values.map(String).join(' ')}\n`,
        )
        return null
      case 'min':
      case 'max':
        return values.reduce((a, b) => ((binary('<', a, b) as boolean) === (name === 'min') ? a : b))
      case 'copy':
        return 0
      default:
        return this.recovered()
    }
  }

  /** What a deferred function's `recover()` gives. */
  protected abstract recovered(): unknown

  element(of: unknown, index: unknown): unknown {
    const value = of instanceof Pointer ? of.to.value : of
    if (value instanceof Map)
      return value.has(index) ? value.get(index) : (this.mapDefaults.get(value)?.() ?? null)
    if (Array.isArray(value)) {
      const at = index as number
      return at >= 0 && at < value.length ? value[at] : outOfRange(at, value.length)
    }
    const text = typeof value === 'string' ? value : value instanceof Bytes ? value.text : ''
    const at = index as number
    return at >= 0 && at < text.length ? text.charCodeAt(at) : outOfRange(at, text.length)
  }

  *#address(expr: Expr, scope: Scope): Task<unknown> {
    if (expr.t === 'name') {
      const found = scope.find(expr.name)
      if (found) return new Pointer(found)
    }
    return new Pointer({ value: yield* this.evaluate(expr, scope) })
  }

  #dereference(value: unknown): unknown {
    if (value instanceof Pointer) return value.to.value
    return isThing(value) ? value : nilDereference()
  }

  *#composite(expr: Extract<Expr, { t: 'composite' }>, scope: Scope): Task<unknown> {
    return yield* this.#build(expr.type, expr.items, scope)
  }

  *#build(
    type: TypeExpr | undefined,
    items: Extract<Expr, { t: 'composite' }>['items'],
    scope: Scope,
  ): Task<unknown> {
    const resolved = type?.t === 'named' && !type.package ? (this.types.get(type.name) ?? type) : type
    const within = (of: TypeExpr | undefined, value: Expr): Task<unknown> =>
      value.t === 'composite' && !value.type
        ? this.#build(of, value.items, scope)
        : this.evaluate(value, scope)
    if (resolved?.t === 'slice' || resolved?.t === 'array') {
      const list: unknown[] = []
      for (const { value } of items) list.push(copied(yield* within(resolved.of, value)))
      if (!isByte(resolved.of)) return list
      return new Bytes(list.map(each => String.fromCharCode(each as number)).join(''))
    }
    if (resolved?.t === 'map') {
      const map = new Map<unknown, unknown>()
      this.mapDefaults.set(map, () => this.zero(resolved.of))
      for (const { key, value } of items)
        if (key) map.set(yield* this.evaluate(key, scope), yield* within(resolved.of, value))
      return map
    }
    const known = type && this.packageType(type)
    const fields = new Map<string, unknown>()
    const declared = resolved?.t === 'struct' ? resolved.fields : []
    for (const [i, { key, value }] of items.entries()) {
      const name = key?.t === 'name' ? key.name : (declared[i]?.name ?? '')
      fields.set(name, yield* within(declared.find(each => each.name === name)?.type, value))
    }
    if (known?.build) return known.build(fields)
    const made = this.zero(type) as Struct
    for (const [name, value] of fields) made.fields.set(name, copied(value))
    return made
  }

  #assert(value: unknown, type: TypeExpr): unknown {
    const wanted = type.t === 'named' ? `${type.package ? `${type.package}.` : ''}${type.name}` : type.t
    const own = typeName(value).replace(/^main\./, '')
    const ok =
      own === wanted || own === `*${wanted}` || wanted === 'any' || (wanted === 'error' && /error/.test(own))
    if (ok) return new Tuple([value, true])
    return new Tuple([this.zero(type), false])
  }

  /** The value that a variable of a type has before anything is put there. */
  zero(type: TypeExpr | undefined): unknown {
    if (!type) return null
    const struct = (name: string, own: Extract<TypeExpr, { t: 'struct' }>) =>
      new Struct(
        name,
        own.fields.map(field => [field.name, this.zero(field.type)]),
      )
    if (type.t === 'named') {
      if (type.package) return this.packageType(type)?.zero() ?? null
      if (type.name === 'string') return ''
      if (type.name === 'bool') return false
      if (/^float/.test(type.name)) return new Float(0)
      if (/^(u?int(8|16|32|64)?|byte|rune|uintptr)$/.test(type.name)) return 0
      const own = this.types.get(type.name)
      if (own?.t === 'struct') return struct(`main.${type.name}`, own)
      return own ? this.zero(own) : null
    }
    if (type.t === 'slice') return isByte(type.of) ? new Bytes('') : []
    if (type.t === 'struct') return struct('struct', type)
    return null
  }
}

const builtIns = new Set('make new len cap append delete panic print println min max copy recover'.split(' '))

/** A type that stands where a value does. */
function asType(expr: Expr): TypeExpr | undefined {
  if (expr.t === 'type') return expr.type
  if (expr.t === 'name') return { t: 'named', package: '', name: expr.name, at: expr.at }
  if (expr.t === 'select' && expr.of.t === 'name')
    return { t: 'named', package: expr.of.name, name: expr.name, at: expr.at }
  return undefined
}

function lengthOf(value: unknown): number {
  const of = value instanceof Pointer ? value.to.value : value
  if (typeof of === 'string') return byteLength(of)
  if (of instanceof Bytes) return byteLength(of.text)
  if (Array.isArray(of)) return of.length
  return of instanceof Map ? of.size : 0
}

const appended = (values: readonly unknown[]): string =>
  values
    .map(each =>
      each instanceof Bytes
        ? each.text
        : typeof each === 'number'
          ? String.fromCharCode(each)
          : String(each ?? ''),
    )
    .join('')

function slice(of: unknown, from: number, to: number | undefined): unknown {
  if (of instanceof Bytes) return new Bytes(slice(of.text, from, to) as string)
  const value = of as string | unknown[] | null
  const length = value?.length ?? 0
  const end = to ?? length
  if (end > length || from > end) return sliceOutOfRange(end, length)
  return value?.slice(from, end) ?? []
}

/** Members of values that have some without being things: errors, times. */
function memberOf(value: unknown, name: string): unknown {
  for (const { member } of Object.values(packages)) {
    const found = member?.(value, name)
    if (found !== undefined) return found
  }
  return undefined
}
