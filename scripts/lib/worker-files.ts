// What the lab's files, which are many and small, say of each other. They stand in one folder, whose name is the hash of
// them all, so that a file needs to say of another only what it is called. (Each imports the core, and the core each:
// with one of them the names of all would change anyway.) What the core exports bears the name that it has inside, and tables of
// loaders are texts (loader-tables.ts).
import { createHash } from 'node:crypto'
import MagicString from 'magic-string'
import { type Plugin, parseAst } from 'vite'
import { shortTables } from './loader-tables.ts'

/** Folders below that of the assets. */
const draftFolder = '/lab/'
const folder = (hash: string): string => `/lab-${hash}/`

/** Where rolldown is to put a file, until it is known what is in all. */
export const draft = `_astro${draftFolder}[name].js`

interface Chunk {
  readonly type: 'chunk'
  /** Names of the files that it imports while it runs. */
  readonly dynamicImports: readonly string[]
  fileName: string
  code: string
}

const nameOf = ({ fileName }: Chunk): string => fileName.slice(fileName.lastIndexOf('/') + 1)

export function workerFiles(): Plugin {
  return {
    name: 'worker-files',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter(each => each.type === 'chunk') as Chunk[]
        chunks.sort((a, b) => (a.fileName < b.fileName ? -1 : 1))
        renameExports(chunks)
        for (const each of chunks) each.code = shortTables(each.code) ?? each.code
        const hash = createHash('sha256')
        for (const { fileName, code } of chunks) hash.update(`${fileName}\n${code}\n`)
        const own = folder(hash.digest('base64url').slice(0, 8))
        for (const each of chunks) each.fileName = each.fileName.replace(draftFolder, own)
      },
    },
  }
}

/** Only of chunks that nobody imports as a whole: there a name is no more than an agreement between two of them. */
function renameExports(chunks: readonly Chunk[]): void {
  const imported = new Set(
    chunks.flatMap(({ fileName, dynamicImports }) => dynamicImports.filter(each => each !== fileName)),
  )
  const parsed = chunks.map(chunk => ({
    chunk,
    text: new MagicString(chunk.code),
    body: parseAst(chunk.code).body,
  }))
  /** By name of the chunk: for each exported name that of the variable. */
  const renamed = new Map<string, Map<string, string>>()
  for (const { chunk, text, body } of parsed) {
    const [last, ...more] = body.filter(each => each.type === 'ExportNamedDeclaration')
    if (imported.has(chunk.fileName) || !last || more.length || last.declaration || last.source) continue
    const names = new Map(last.specifiers.map(({ exported, local }) => [nameIn(exported), nameIn(local)]))
    renamed.set(nameOf(chunk), names)
    const sorted = [...new Set(names.values())].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    text.overwrite(last.start, last.end, `export{${sorted.join()}};`)
  }
  for (const { chunk, text, body } of parsed) {
    for (const each of body) {
      const names = each.type === 'ImportDeclaration' && renamed.get(each.source.value.replace('./', ''))
      if (!names) continue
      for (const one of each.specifiers) {
        if (one.type !== 'ImportSpecifier')
          throw new Error(`${nameOf(chunk)} imports ${each.source.value} as a whole`)
        const name = names.get(nameIn(one.imported))!
        text.overwrite(one.start, one.end, name === one.local.name ? name : `${name} as ${one.local.name}`)
      }
    }
    if (text.hasChanged()) chunk.code = text.toString()
  }
}

const nameIn = (
  node: { type: 'Identifier'; name: string } | { type: 'Literal'; value: unknown } | object,
): string => ('name' in node ? node.name : String((node as { value: unknown }).value))
