// Tables of loaders (src/engine/parts.ts) as a bundler writes them say everything several times over:
//   {get:()=>import(`./get.js`).then(e=>e.get),"api-resources":()=>import(`./api-resources.js`).then(e=>e.apiResources)}
// Here each run of such properties becomes one text, `get;api-resources`, which a function that stands at the head of the
// file makes into the same properties in the same order.
import MagicString from 'magic-string'
import { parseAst } from 'vite'
import { type Node, walk } from './rare-code/syntax.ts'

/** A shorter run costs more than it saves. */
const shortest = 3

/** Of one property: its name, the file without `.js`, and the names that lead from the file to the value. */
export interface Loader {
  readonly key: string
  readonly file: string
  readonly path: readonly string[]
}

/** What the file and the path are where the text does not say: `ConfigMap` stands in `configmap` as `configMap`. */
const fileOf = (key: string): string => key.toLowerCase()
const pathOf = (key: string): string =>
  key
    .replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^./, first => first.toLowerCase())

/** Entries end with `;`, their fields with `,`. A path of no names is a `.` alone: the value is all that the file exports. */
export function textOf(loaders: readonly Loader[]): string {
  const entries = loaders.map(({ key, file, path }) => {
    const names = path.join('.') || '.'
    const fields = [key, file === fileOf(key) ? '' : file, names === pathOf(key) ? '' : names]
    return fields.join().replace(/,+$/, '')
  })
  return entries.join(';')
}

/** The text of the function that reads it; `import()` in it is relative to the file in which it stands. */
const reader = (name: string): string =>
  `function ${name}(t){return Object.fromEntries(t.split(";").map(e=>{let[k,f=k.toLowerCase(),p=""]=e.split(",");` +
  'f||=k.toLowerCase();' +
  'p||=k.replace(/\\W+(\\w)/g,(_,l)=>l.toUpperCase()).replace(/^./,l=>l.toLowerCase());' +
  'return[k,()=>import("./"+f+".js").then(m=>p.split(".").reduce((m,n)=>n?m[n]:m,m))]}))}'

/** Undefined where the code has no run that is long enough. */
export function shortTables(code: string): string | undefined {
  const text = new MagicString(code)
  const name = freeName(code)
  walk(parseAst(code) as unknown as Node, node => {
    if (node.type !== 'ObjectExpression') return
    for (const run of runs(node.properties)) {
      const loaders = run.map(([, loader]) => loader)
      const [first, last] = [run[0]![0], run.at(-1)![0]]
      text.overwrite(first.start, last.end, `...${name}(${JSON.stringify(textOf(loaders))})`)
    }
  })
  if (!text.hasChanged()) return undefined
  // After the imports, which the file begins with.
  return text.append(reader(name)).toString()
}

/** A name that the code does not have. */
function freeName(code: string): string {
  for (let n = 0; ; n++) if (!code.includes(`loaders${n}`)) return `loaders${n}`
}

function runs(properties: readonly Node[]): [Node, Loader][][] {
  const found: [Node, Loader][][] = []
  let run: [Node, Loader][] = []
  for (const property of properties) {
    const loader = loaderOf(property)
    if (loader) {
      if (!run.length) found.push(run)
      run.push([property, loader])
    } else run = []
  }
  return found.filter(each => each.length >= shortest)
}

const plain = /^[\w/. -]+$/

function loaderOf({ type, computed, method, key, value }: Node): Loader | undefined {
  if (type !== 'Property' || computed || method) return undefined
  const own = key.type === 'Identifier' ? key.name : key.value
  const loaded = value.type === 'ArrowFunctionExpression' && !value.params.length && importOf(value.body)
  // An object has numbers before its other names, wherever they stand.
  if (!loaded || typeof own !== 'string' || !plain.test(own) || own === '__proto__' || /^\d+$/.test(own))
    return undefined
  return { key: own, ...loaded }
}

/** Of ``import(`./a.js`).then(e=>e.b)``, however many names deep. */
function importOf(node: Node): Omit<Loader, 'key'> | undefined {
  if (node.type === 'ImportExpression') {
    const { source } = node
    const path = source.type === 'TemplateLiteral' ? source.quasis[0].value.cooked : source.value
    const [, file] = /^\.\/([\w-]+)\.js$/.exec(path) ?? []
    return file === undefined ? undefined : { file, path: [] }
  }
  const { callee, arguments: args } = node
  if (node.type !== 'CallExpression' || args.length !== 1) return undefined
  if (callee.type !== 'MemberExpression' || callee.property.name !== 'then') return undefined
  const before = importOf(callee.object)
  const [{ type, params, body }] = args
  if (!before || type !== 'ArrowFunctionExpression' || params.length !== 1) return undefined
  const isMember = body.type === 'MemberExpression' && !body.computed && body.object.name === params[0].name
  return isMember ? { ...before, path: [...before.path, body.property.name] } : undefined
}
