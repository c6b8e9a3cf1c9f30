// Serves the built site for the tests in the browser, building it first where there is no build.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { root, run } from '../../scripts/lib/run.ts'
import { serve } from '../../scripts/lib/serve.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    url: string
  }
}

export default async function setup(project: TestProject) {
  const folder = process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist')
  if (!existsSync(join(folder, 'index.html'))) {
    const { code, output } = await run('node', ['scripts/build.ts'])
    if (code !== 0) throw new Error(output)
  }
  const served = await serve(folder, '/', 0)
  project.provide('url', served.url)
  return () => served.close()
}
