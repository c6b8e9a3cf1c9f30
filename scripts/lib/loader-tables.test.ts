// A table that became a text is the same table: both are written as files and asked for everything.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { shortTables } from './loader-tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'loader-tables-'))
afterAll(() => rmSync(folder, { recursive: true }))

const code = `var loaders0=1;const here="here";export const table={
get:()=>import(\`./get.js\`).then(e=>e.get),
"api-resources":()=>import("./api-resources.js").then(e=>e.apiResources),
ConfigMap:()=>import(\`./configmap.js\`).then(e=>e.configMap),
"container ls":()=>import(\`./get.js\`).then(t=>t.n).then(e=>e.containerLs),
local:()=>Promise.resolve(here),
7:()=>import(\`./get.js\`).then(e=>e.get),
a:()=>import(\`./get.js\`),
"/content/x/lesson.ts":()=>import(\`./get.js\`).then(e=>e.default),
c:()=>import(\`./get.js\`).then(e=>e.get),
made:()=>import(\`./get.js\`).then(e=>e.get()),
x:()=>import(\`./get.js\`).then(e=>e.get),
...{y:()=>import(\`./get.js\`).then(e=>e.get)}};`

test('every name leads where it did, in the same order', () => {
  const files = {
    'get.js': 'export const get=()=>"get",n={containerLs:3};export default 4',
    'api-resources.js': 'export const apiResources=1',
    'configmap.js': 'export const configMap=2',
    'package.json': '{"type":"module"}',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  // By Node itself: here an import would be another's.
  const asked = (name: string, text: string): unknown => {
    const print = 'for(const k in table)console.log(k,JSON.stringify(await table[k]()))'
    writeFileSync(join(folder, name), `${text};${print}`)
    return execFileSync(process.execPath, [join(folder, name)], { encoding: 'utf8' })
  }
  const short = shortTables(code)!
  expect(short).toContain('...loaders1("get;api-resources;ConfigMap;container ls,get,n.containerLs")')
  expect(short).toContain('...loaders1("a,get,.;/content/x/lesson.ts,get,default;c,get,get")')
  expect(asked('short.js', short)).toBe(asked('whole.js', code))
})

test('a file without tables stays as it is', () => {
  expect(shortTables('export const table={a:()=>import(`./a.js`)}')).toBeUndefined()
})
