// Holds the map of the code: which folder of src may import which, and that everything but src/parts and src/site is pure.
// A pure module has no clock, no randomness, no promises and no locale of its own: state = f(seed, inputs). That it knows
// neither DOM nor Node is held by tsconfig.json (lib ES2023, no types). Files called `loaders.ts` say where the parts of
// a table stand, by `import()`; only src/parts calls them.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'
import { root } from './lib/run.ts'

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
export const arrows: Record<string, Folder> = {
  engine: { from: [] },
  yaml: { from: [] },
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
  kubelet: { from: ['api', 'containers', 'kinds', 'engine', 'network', 'shell'] },
  cluster: { from: ['engine', 'kinds', 'api', 'shell', ...components] },
  shell: { from: ['engine'] },
  kubectl: client,
  docker: { ...client, from: [...client.from, 'containers'] },
  lesson: {
    from: [
      'engine',
      'kinds',
      'api',
      'manifest',
      'yaml',
      'cluster',
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
        const clause = ts.isImportDeclaration(node) ? node.importClause : undefined
        const named = clause?.namedBindings
        const typeOnly = ts.isExportDeclaration(node)
          ? node.isTypeOnly
          : clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
            (!!named &&
              !clause?.name &&
              ts.isNamedImports(named) &&
              named.elements.every(each => each.isTypeOnly))
        imported(node, node.moduleSpecifier.text, typeOnly)
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

if (import.meta.main) {
  const files = globSync('src/**/*.ts', { cwd: root, exclude: path => /(^|\/)src\/site(\/|$)/.test(path) })
    .map(path => path.split(sep).join('/'))
    .filter(path => !path.startsWith('src/site/') && !path.endsWith('.test.ts'))
    .sort()
  const faults = files.flatMap(path => check(path, readFileSync(join(root, path), 'utf8')))
  for (const each of faults) console.log(each)
  const bad = new Set(faults.map(each => each.split(':')[0])).size
  console.log(`${files.length - bad} passed, ${bad} failed (modules of ${relative(root, join(root, 'src'))})`)
  process.exitCode = bad ? 1 : 0
}
