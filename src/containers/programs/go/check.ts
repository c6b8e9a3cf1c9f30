// What the compiler finds wrong in a program that is Go: names that nobody declared, variables and imports that nobody uses,
// functions that may end without a result (cmd/compile, types2). Types are not inferred.
import type { Block, Expr, Func, GoFile, ImportSpec, Statement, TypeExpr, VarDeclaration } from './ast.ts'
import { exportedNames, standardPackages } from './exported.ts'
import { packages } from './library/index.ts'
import { type Entry, Names, universe } from './names.ts'
import { GoError, NotSimulated, type Position } from './scanner.ts'
import { constantType, missingMember, signatureOf, typeText, wrongArguments } from './signatures.ts'
import { source } from './source-text.ts'
import { endsByReturn } from './terminating.ts'

interface Imported extends ImportSpec {
  readonly name: string
  used: boolean
}

/** A file of the package, by its name. */
export interface NamedFile {
  readonly name: string
  readonly file: GoFile
}

export interface Fault {
  readonly file: string
  readonly error: GoError
}

/** So many faults are told. */
const limit = 10

export class Checker {
  tooMany = false
  readonly faults: Fault[] = []
  readonly #files: readonly NamedFile[]
  #packages = new Map<string, Imported>()
  readonly #top = new Names()
  /** The file that is looked at, the last one at the end. */
  current = ''
  /** How many values the function that is looked at returns. */
  results = 0
  readonly #fileOf = new Map<Entry, string>()

  constructor(files: readonly NamedFile[]) {
    this.#files = files
  }

  /** What is wrong, in the order of files and lines; throws NotSimulated where it is Go beyond this simulator. */
  run(): readonly Fault[] {
    for (const { name, file } of this.#files) {
      this.current = name
      for (const { name: type, at } of file.types) this.#declare(this.#top, type, at, false)
      for (const { name: own, fn, receiver } of file.functions)
        if (!receiver && own !== 'init') this.#declare(this.#top, own, fn.at, false)
      for (const each of file.declarations)
        for (const { name: own, at } of each.names) this.#declare(this.#top, own, at, false)
    }
    for (const { name, file } of this.#files) this.#file(name, file)
    const order = new Map(this.#files.map(({ name }, i) => [name, i]))
    // The compiler gives up after ten, before it looks at what is imported.
    this.tooMany = this.faults.length > limit
    this.faults.splice(limit)
    return this.faults.sort(
      (a, b) =>
        order.get(a.file)! - order.get(b.file)! ||
        a.error.at.line - b.error.at.line ||
        a.error.at.column - b.error.at.column,
    )
  }

  #file(name: string, { imports, functions, declarations, types }: GoFile): void {
    this.current = name
    this.#packages = new Map()
    for (const each of imports) {
      if (each.alias === '_') continue
      if (each.alias === '.') throw new NotSimulated(each.at, 'an import of all names')
      const own = each.alias || each.path.split('/').at(-1)!
      if (this.#packages.has(own)) this.#fault(each.at, `${own} redeclared in this block`)
      this.#packages.set(own, { ...each, name: own, used: false })
      if (!packages[each.path] && standardPackages.has(each.path))
        throw new NotSimulated(each.at, `package ${each.path}`)
    }
    for (const each of types) this.#type(each.type, this.#top)
    for (const each of declarations) this.#declaration(each, this.#top)
    for (const { fn, receiver } of functions) {
      const names = new Names(this.#top)
      if (receiver) {
        this.#declare(names, receiver.name, receiver.at, false)
        this.#type(receiver.type, this.#top)
      }
      this.#function(fn, names)
    }
    for (const { path, used, at, alias, name: own } of this.#packages.values())
      if (!used)
        this.#fault(
          at,
          alias && alias !== path.split('/').at(-1)
            ? `${JSON.stringify(path)} imported as ${own} and not used`
            : `${JSON.stringify(path)} imported and not used`,
        )
  }

  #fault(at: Position, message: string): void {
    this.faults.push({ file: this.current, error: new GoError(at, message) })
  }

  #declare(names: Names, name: string, at: Position, isVariable: boolean, type = ''): void {
    if (name === '_' || name === '') return
    const before = names.own.get(name)
    if (before)
      this.#fault(
        at,
        `${name} redeclared in this block\n\t./${this.#fileOf.get(before)}:${before.at.line}:${before.at.column}: other declaration of ${name}`,
      )
    else {
      const entry = { at, type, isVariable, used: false }
      names.own.set(name, entry)
      this.#fileOf.set(entry, this.current)
    }
  }

  #close(names: Names): void {
    for (const [name, { at, isVariable, used }] of names.own)
      if (isVariable && !used) this.#fault(at, `declared and not used: ${name}`)
  }

  #function(fn: Func, above: Names): void {
    const names = new Names(above)
    for (const each of [...fn.params, ...fn.results]) {
      this.#type(each.type, above)
      this.#declare(names, each.name, each.at, false, typeText(each.type))
    }
    const body = new Names(names)
    const outer = this.results
    this.results = fn.results.length
    this.#statements(fn.body.statements, body)
    this.results = outer
    this.#close(body)
    if (fn.results.length && !endsByReturn(fn.body)) this.#fault(fn.body.end, 'missing return')
  }

  #statements(all: readonly Statement[], names: Names): void {
    for (const each of all) this.#statement(each, names)
  }

  #block(block: Block, above: Names): void {
    const names = new Names(above)
    this.#statements(block.statements, names)
    this.#close(names)
  }

  #declaration(each: VarDeclaration, names: Names): void {
    if (each.type) this.#type(each.type, names)
    for (const value of each.values) this.#expr(value, names)
  }

  #statement(each: Statement, names: Names): void {
    switch (each.t) {
      case 'expr':
        this.#expr(each.expr, names)
        if (each.expr.t !== 'call' && !(each.expr.t === 'unary' && each.expr.op === '<-'))
          this.#fault(each.expr.at, `${source(each.expr)} is not used`)
        return
      case 'define': {
        for (const value of each.values) this.#expr(value, names)
        let isNew = false
        for (const name of each.names) {
          if (name.t !== 'name') {
            this.#fault(name.at, `non-name ${source(name)} on left side of :=`)
            isNew = true
            continue
          }
          if (name.name !== '_' && !names.own.has(name.name)) {
            isNew = true
            this.#declare(names, name.name, name.at, true)
          }
        }
        if (!isNew) this.#fault(each.at, 'no new variables on left side of :=')
        const { values } = each
        if (values.length > 1 && values.length !== each.names.length)
          this.#fault(
            each.names[0]!.at,
            `assignment mismatch: ${count(each.names.length, 'variable')} but ${count(values.length, 'value')}`,
          )
        return
      }
      case 'assign':
        for (const target of each.targets) {
          // To be given a value is no use.
          if (target.t === 'name' && each.op === '=') {
            if (target.name !== '_' && !names.find(target.name) && !universe.has(target.name))
              this.#fault(target.at, `undefined: ${target.name}`)
          } else this.#expr(target, names)
        }
        for (const value of each.values) this.#expr(value, names)
        return
      case 'var':
        for (const declaration of each.declarations) {
          this.#declaration(declaration, names)
          for (const { name, at } of declaration.names) this.#declare(names, name, at, !declaration.isConst)
        }
        return
      case 'step':
        this.#expr(each.of, names)
        return
      case 'return':
        for (const value of each.values) this.#expr(value, names)
        if (each.values.length && this.results === 0)
          this.#fault(
            each.values[0]!.at,
            `too many return values\n\thave (${each.values.map(value => (constantType(value) === 'untyped string' ? 'string' : 'number')).join(', ')})\n\twant ()`,
          )
        return
      case 'block':
        this.#block(each.block, names)
        return
      case 'if': {
        const inner = new Names(names)
        if (each.init) this.#statement(each.init, inner)
        this.#expr(each.condition, inner)
        this.#block(each.then, inner)
        if (each.otherwise) this.#statement(each.otherwise, inner)
        this.#close(inner)
        return
      }
      case 'for': {
        const inner = new Names(names)
        if (each.init) this.#statement(each.init, inner)
        if (each.condition) this.#expr(each.condition, inner)
        if (each.post) this.#statement(each.post, inner)
        this.#block(each.body, inner)
        this.#close(inner)
        return
      }
      case 'range': {
        const inner = new Names(names)
        this.#expr(each.over, names)
        for (const name of each.names)
          if (each.defines && name.t === 'name') this.#declare(inner, name.name, name.at, true)
          else this.#expr(name, names)
        this.#block(each.body, inner)
        this.#close(inner)
        return
      }
      case 'switch': {
        const inner = new Names(names)
        if (each.init) this.#statement(each.init, inner)
        if (each.tag) this.#expr(each.tag, inner)
        for (const one of each.cases) {
          for (const value of one.values ?? []) this.#expr(value, inner)
          const body = new Names(inner)
          this.#statements(one.body, body)
          this.#close(body)
        }
        this.#close(inner)
        return
      }
      case 'go':
      case 'defer':
        this.#expr(each.call, names)
        return
      case 'type':
        this.#declare(names, each.name, each.at, false)
        this.#type(each.type, names)
        return
    }
  }

  #use(name: string, at: Position, names: Names): void {
    if (name === '_') return
    const found = names.find(name)
    if (found) found.used = true
    else if (!universe.has(name)) this.#fault(at, `undefined: ${name}`)
  }

  #type(type: TypeExpr, names: Names): void {
    switch (type.t) {
      case 'named':
        if (type.package) this.#member(type.package, type.name, type.nameAt ?? type.at, names)
        else this.#use(type.name, type.at, names)
        return
      case 'pointer':
      case 'slice':
      case 'variadic':
      case 'array':
        this.#type(type.of, names)
        return
      case 'map':
        this.#type(type.key, names)
        this.#type(type.of, names)
        return
      case 'func':
        for (const each of [...type.params, ...type.results]) this.#type(each.type, names)
        return
      case 'struct':
        for (const each of type.fields) this.#type(each.type, names)
        return
    }
  }

  #member(name: string, member: string, at: Position, names: Names): boolean {
    if (names.find(name)) return false
    const found = this.#packages.get(name)
    if (!found) return false
    found.used = true
    const contents = packages[found.path]
    if (!contents || contents.values[member] !== undefined || contents.types?.[member]) return true
    const exported = exportedNames(found.path)
    if (exported?.has(member)) throw new NotSimulated(at, `${name}.${member}`)
    const capital = member[0]!.toUpperCase() + member.slice(1)
    const but = exported?.has(capital) ? ` (but have ${capital})` : ''
    this.#fault(at, `undefined: ${name}.${member}${but}`)
    return true
  }

  #arguments(call: Extract<Expr, { t: 'call' }>, names: Names): void {
    const { fn } = call
    if (fn.t !== 'select' || fn.of.t !== 'name' || names.find(fn.of.name)) return
    const imported = this.#packages.get(fn.of.name)
    const wanted = imported && signatureOf(imported.path, fn.name)
    const wrong = wanted && wrongArguments(wanted, call)
    if (wrong) this.#fault(wrong.of === 'end' ? call.end : wrong.of.at, wrong.message)
  }

  #expr(expr: Expr, names: Names): void {
    switch (expr.t) {
      case 'name':
        if (this.#packages.has(expr.name) && !names.find(expr.name)) {
          this.#packages.get(expr.name)!.used = true
          this.#fault(expr.at, `use of package ${expr.name} without selector`)
        } else this.#use(expr.name, expr.at, names)
        return
      case 'select':
        if (expr.of.t === 'name' && this.#member(expr.of.name, expr.name, expr.nameAt, names)) return
        if (expr.of.t === 'name') {
          const type = names.find(expr.of.name)?.type
          const missing = type && missingMember(type, expr.of.name, expr.name)
          if (missing) this.#fault(expr.nameAt, missing)
        }
        this.#expr(expr.of, names)
        return
      case 'call':
        this.#expr(expr.fn, names)
        for (const each of expr.args) this.#expr(each, names)
        this.#arguments(expr, names)
        return
      case 'index':
        this.#expr(expr.of, names)
        this.#expr(expr.index, names)
        return
      case 'slice':
        this.#expr(expr.of, names)
        if (expr.from) this.#expr(expr.from, names)
        if (expr.to) this.#expr(expr.to, names)
        return
      case 'unary':
        if (expr.op === '<-') throw new NotSimulated(expr.at, 'channels')
        this.#expr(expr.of, names)
        return
      case 'binary': {
        this.#expr(expr.left, names)
        this.#expr(expr.right, names)
        const [a, b] = [constantType(expr.left), constantType(expr.right)]
        if (a && b && (a === 'untyped string') !== (b === 'untyped string'))
          this.#fault(
            expr.left.at,
            `invalid operation: ${source(expr.left)} ${expr.op} ${source(expr.right)} (mismatched types ${a} and ${b})`,
          )
        return
      }
      case 'paren':
      case 'assert':
        this.#expr(expr.of, names)
        if (expr.t === 'assert') this.#type(expr.type, names)
        return
      case 'func':
        this.#function(expr.fn, names)
        return
      case 'composite':
        if (expr.type) this.#type(expr.type, names)
        for (const { key, value } of expr.items) {
          // The keys of a struct are its fields, no names of the program.
          if (key && !(key.t === 'name' && (!expr.type || expr.type.t === 'named'))) this.#expr(key, names)
          this.#expr(value, names)
        }
        return
      case 'type':
        this.#type(expr.type, names)
        return
    }
  }
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
