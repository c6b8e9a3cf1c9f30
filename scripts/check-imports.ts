// Holds the map of the code: which folder of src may import which, and that everything but src/parts and src/site is pure.
// A pure module has no clock, no randomness, no promises and no locale of its own: state = f(seed, inputs). That it knows
// neither DOM nor Node is held by tsconfig.json (lib ES2023, no types). Files called `loaders.ts` say where the parts of
// a table stand, by `import()`; only src/parts calls them.
// At the edge it holds that the page's own code (src/site/client) takes nothing of the world but the protocol's types, that
// the worker takes nothing of the page, and that a lesson knows only lessons. Nowhere do modules import each other in a
// circle while they run, and nothing is exported that nobody takes. Last it counts `any`.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import ts from 'typescript'
import { deadExports } from './lib/dead-exports.ts'
import { countAny } from './lib/explicit-any.ts'
import { root } from './lib/run.ts'

/** All types of the API, whoever needs them. */
const generated = 'src/kinds/schema/'
/** So often `any` may stand in the project's TypeScript, tests and all, and names for it be used: only ever fewer. */
const anyCeiling = { written: 34, aliased: 296 }
/** What other people's programs take. */
const published = 'src/library/index.ts'

interface Folder {
  /** Folders of src it may import. */
  readonly from: readonly string[]
  /** Folders it may import types from, and nothing else. */
  readonly types?: readonly string[]
  readonly packages?: readonly string[]
  /** It may wait: it brings code in, or stands at the edge of the world. */
  readonly impure?: boolean
}

const components = ['containers', 'controllers', 'scheduler', 'kubelet', 'network']
const client: Folder = { from: ['api', 'kinds', 'manifest', 'yaml', 'engine'], types: ['shell'] }

/** Left may import right; `site` may import all. */
const arrows: Record<string, Folder> = {
  // What matches expressions in linear time, loaded with the first that wants it.
  engine: { from: [], packages: ['re2js'] },
  // Of the engine yaml needs bytes.
  yaml: { from: ['engine'] },
  i18n: { from: [] },
  // Of the engine kinds need bytes and the formats of time; of yaml the reader of JSON with Go's words.
  kinds: { from: ['engine', 'yaml'], packages: ['@marcbachmann/cel-js'] },
  manifest: { from: ['yaml', 'kinds'] },
  api: { from: ['engine', 'kinds', 'yaml'] },
  controllers: { from: ['api', 'kinds', 'engine'] },
  scheduler: { from: ['api', 'kinds', 'engine'] },
  network: { from: ['api', 'kinds', 'engine'] },
  // The runtime's side of a node: images, their programs, containers.
  containers: { from: ['api', 'kinds', 'engine', 'shell'] },
  kubelet: { from: ['api', 'containers', 'kinds', 'engine', 'network', 'shell', 'yaml'] },
  cluster: { from: ['engine', 'kinds', 'api', 'shell', ...components] },
  shell: { from: ['engine'] },
  kubectl: client,
  // Of kubectl docker takes Go's templates and values, which both print with.
  docker: { ...client, from: [...client.from, 'containers', 'kubectl'] },
  lesson: {
    from: [
      'engine',
      'kinds',
      'api',
      'manifest',
      'yaml',
      'cluster',
      'containers',
      'kubectl',
      'docker',
      'shell',
      'i18n',
      'network',
    ],
  },
}

/** Every room with a table of parts; src/parts lists and loads them. */
arrows.parts = { from: Object.keys(arrows), impure: true }

// What other people's programs import: a world with all its parts.
arrows.library = { from: ['engine', 'kinds', 'cluster', 'lesson', 'parts'] }

/** Folders outside the core: what each may import, by the beginning of the path; no other checks. */
const edge: readonly {
  readonly folder: string
  readonly from: readonly string[]
  readonly types?: string
}[] = [
  {
    folder: 'src/site/client/',
    from: [
      'src/site/client/',
      'src/site/styles/',
      'src/site/lib/output-words.ts',
      'src/site/lib/topics.ts',
      'src/site/offline/data-path.ts',
      'src/site/offline/rules.ts',
      'src/manifest/nearest.ts',
      'src/lesson/likeness.ts',
      'src/i18n/',
    ],
    types: 'src/site/worker/protocol.ts',
  },
  {
    folder: 'src/site/worker/',
    from: [
      'src/site/lib/output-words.ts',
      'src/site/worker/',
      'content/errors/',
      ...Object.keys(arrows).map(name => `src/${name}/`),
    ],
  },
  { folder: 'src/site/offline/', from: ['src/site/offline/'] },
  { folder: 'src/site/', from: ['src/', 'content/'] },
  {
    folder: 'content/',
    from: ['content/', 'src/lesson/', 'src/engine/'],
    types: 'src/kinds/schema/types.ts',
  },
  {
    folder: 'scripts/',
    from: [
      'scripts/',
      'content/',
      'src/site/lib/measured.ts',
      'src/site/offline/data-path.ts',
      'src/site/offline/rules.ts',
      ...Object.keys(arrows).map(name => `src/${name}/`),
    ],
  },
]

const impureNames = new Set(['Date', 'Promise', 'Intl', 'globalThis', 'WeakRef', 'FinalizationRegistry'])
/** Exceptions, each with its reason. */
const allowed: Record<string, readonly string[]> = {
  // The rules of the world's time zones, for CronJobs' timeZone: data of the platform, asked with a fixed locale.
  'src/kinds/machinery/cron.ts': ['Intl'],
}
const impureMembers = new Set(['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase'])

/** What is wrong in one file of src, as `line: message`. */
export function check(path: string, text: string): string[] {
  const folder = path.split('/')[1] ?? ''
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const faults: string[] = []
  const outside = edge.find(each => path.startsWith(each.folder))
  if (outside) return checkEdge(path, source, outside)
  const rule = arrows[folder]
  const fault = (node: ts.Node, message: string) =>
    faults.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${message}`)
  if (!rule) return [`${path}:1: no folder of the map (scripts/check-imports.ts) has the name ${folder}`]

  const imported = (node: ts.Node, specifier: string, typeOnly: boolean) => {
    if (!specifier.startsWith('.')) {
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
      if (!rule.packages?.includes(name)) fault(node, `${folder} may not import the package ${name}`)
      return
    }
    const target = join(dirname(path), specifier).split(sep).join('/')
    if (!/\.(ts|json)$/.test(target)) fault(node, `'${specifier}' lacks its file extension`)
    const other = target.split('/')[1] ?? ''
    if (!target.startsWith('src/')) fault(node, `'${specifier}' lies outside src`)
    else if (other === folder || rule.from.includes(other)) return
    else if (!rule.types?.includes(other)) fault(node, `${folder} may not import ${other}`)
    else if (!typeOnly) fault(node, `${folder} may import only types from ${other}`)
  }

  const impure = rule.impure === true
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
        imported(node, node.moduleSpecifier.text, isTypeOnly(node))
      }
    } else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
        imported(node, node.argument.literal.text, true)
    } else if (impure) {
      // It may wait.
    } else if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) {
      fault(node, 'async code: the engine alone decides what runs when')
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      if (!path.endsWith('/loaders.ts')) fault(node, 'dynamic import outside of a table (loaders.ts)')
    } else if (ts.isPropertyAccessExpression(node)) {
      if (node.expression.getText() === 'Math' && node.name.text === 'random')
        fault(node, 'Math.random: take the engine’s random')
      if (node.name.text === 'loaders' && path !== 'src/engine/parts.ts')
        fault(node, 'only src/parts calls loaders')
      if (impureMembers.has(node.name.text)) fault(node, `${node.name.text} depends on the reader’s locale`)
    }
    if (
      !impure &&
      ts.isIdentifier(node) &&
      impureNames.has(node.text) &&
      !allowed[path]?.includes(node.text)
    ) {
      const { parent } = node
      const isName =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isPropertySignature(parent) && parent.name === node)
      if (!isName) fault(node, `${node.text} is not allowed in the core`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return faults
}

interface Import {
  readonly node: ts.Node
  /** Path of the file, or the name of a package. */
  readonly target: string
  readonly typeOnly: boolean
}

/** What a file imports and exports from elsewhere, by statements. */
function importsOf(path: string, source: ts.SourceFile): Import[] {
  return source.statements.flatMap(node => {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return []
    if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return []
    const { text } = node.moduleSpecifier
    const target = text.startsWith('.') ? join(dirname(path), text).split(sep).join('/') : text
    return [{ node, target, typeOnly: isTypeOnly(node) }]
  })
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  const named = clause?.namedBindings
  return (
    clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (!!named && !clause?.name && ts.isNamedImports(named) && named.elements.every(each => each.isTypeOnly))
  )
}

function checkEdge(path: string, source: ts.SourceFile, rule: (typeof edge)[number]): string[] {
  return importsOf(path, source).flatMap(({ node, target, typeOnly }) => {
    if (!/^(src|content|scripts)\//.test(target)) return [] // a package, an asset
    if (rule.from.some(each => target.startsWith(each)) || (typeOnly && target === rule.types)) return []
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const what = target === rule.types ? `may import only types from ${target}` : `may not import ${target}`
    return [`${path}:${line}: ${rule.folder.slice(0, -1)} ${what}`]
  })
}

/** Modules that import each other while they run, each circle once; `texts` by path. */
export function circles(texts: ReadonlyMap<string, string>): string[][] {
  const graph = new Map<string, string[]>()
  for (const [path, text] of texts) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
    const targets = importsOf(path, source).filter(each => !each.typeOnly && texts.has(each.target))
    graph.set(
      path,
      targets.map(each => each.target),
    )
  }
  // Tarjan's strongly connected components.
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (path: string): void => {
    index.set(path, index.size)
    low.set(path, index.get(path)!)
    stack.push(path)
    for (const next of graph.get(path) ?? []) {
      if (!index.has(next)) visit(next)
      if (stack.includes(next)) low.set(path, Math.min(low.get(path)!, low.get(next)!))
    }
    if (low.get(path) !== index.get(path)) return
    const circle = stack.splice(stack.indexOf(path))
    if (circle.length > 1 || graph.get(path)?.includes(path)) found.push(circle.sort())
  }
  for (const path of graph.keys()) if (!index.has(path)) visit(path)
  return found
}

if (import.meta.main) {
  const files = globSync(['src/**/*.ts', 'content/**/*.ts', 'scripts/**/*.ts'], { cwd: root })
    .map(path => path.split(sep).join('/'))
    .filter(path => !/\.(test|d)\.ts$/.test(path))
    .sort()
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const texts = new Map(files.map(path => [path, read(path)]))
  // Who else takes what modules export: tests, configurations, pages and lessons.
  const others = globSync(
    ['{src,scripts}/**/*.test.ts', 'tests/**/*.{ts,mjs}', '*.{ts,mjs}', 'src/**/*.astro', 'content/**/*.mdx'],
    { cwd: root },
  ).map(read)
  const faults = [...texts].flatMap(([path, text]) => check(path, text))
  for (const circle of circles(texts)) faults.push(`${circle[0]}:1: a circle of imports: ${circle.join(' ')}`)
  for (const each of deadExports(texts, others))
    if (!each.startsWith(generated) && !each.startsWith(published))
      faults.push(`${each} is exported, and nobody takes it`)
  const all = globSync(['{src,content,scripts,tests}/**/*.ts', '*.ts'], { cwd: root })
    .map(path => path.split(sep).join('/'))
    .filter(path => !path.endsWith('.d.ts') && !path.startsWith(generated))
  const any = countAny(new Map(all.map(path => [path, read(path)])))
  for (const what of ['written', 'aliased'] as const)
    if (any[what] > anyCeiling[what])
      faults.push(
        `scripts/check-imports.ts:1: any is ${what} ${any[what]} times, ${anyCeiling[what]} are allowed`,
      )
    else if (any[what] < anyCeiling[what])
      console.log(`any is ${what} only ${any[what]} times: the ceiling may come down to that`)
  for (const each of faults) console.log(each)
  const bad = new Set(faults.map(each => each.split(':')[0])).size
  console.log(`${files.length - bad} passed, ${bad} failed (modules of src, content and scripts)`)
  process.exitCode = bad ? 1 : 0
}
