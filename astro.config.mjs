import { satteri } from '@astrojs/markdown-satteri'
import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'
import { chunkGroups } from './scripts/lib/chunks.ts'
import { embedElement } from './scripts/lib/embed-element.ts'
import { placeOf } from './scripts/lib/place.ts'
import { leftModules, rareCode } from './scripts/lib/rare-code/plugin.ts'
import { simulatorVersion } from './scripts/lib/simulator-version.ts'
import { draft, workerFiles } from './scripts/lib/worker-files.ts'

const { origin, base } = placeOf(process.env)

/**
 * Vite wraps every dynamic import to load style sheets and preload modules beside it. Here a part asks for its own
 * style (`loadStyle`), and nothing is preloaded: what remains is the import.
 */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre',
  // A copy for each module: one that all share would be a file that the smallest of them waits for.
  resolveId: {
    filter: { id: /^\0vite\/preload-helper/ },
    handler: (id, importer) => `${id}?${importer}`,
  },
  load: {
    filter: { id: /^\0vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = load => load()',
  },
  // Nor are there lists of what would be preloaded.
  renderChunk: code => code.replaceAll(/,\s*__VITE_PRELOAD__/g, ''),
}

export default defineConfig({
  base,
  site: origin,
  srcDir: './src/site',
  outDir: process.env.LIVING_KUBERNETES_OUT ?? './dist',
  trailingSlash: 'always',
  // A style in the page would need 'unsafe-inline' in its content security policy.
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  markdown: {
    syntaxHighlight: false,
    // Quotes are the author's: Chinese ones are not English ones, and commands need straight ones.
    processor: satteri({ features: { smartPunctuation: false } }),
  },
  integrations: [mdx(), embedElement(base)],
  vite: {
    plugins: [plainImports],
    define: { __SIMULATOR_VERSION__: JSON.stringify(simulatorVersion()) },
    // Every browser that the pages are made for loads modules by itself.
    build: { assetsInlineLimit: 0, modulePreload: false },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              // `page.HASH.js`, `errors.HASH.js`: by the page, not by how Astro calls its script.
              entryFileNames: ({ name }) => `_astro/${name.split('.')[0]?.toLowerCase()}.[hash].js`,
              // What several pages begin with is one file: a request each would cost more than they weigh.
              codeSplitting: {
                groups: [{ name: 'dom', test: /src\/(?:i18n\/fill|site\/client\/(?:dom|progress))\.ts/ }],
              },
            },
          },
        },
      },
    },
    worker: {
      format: 'es',
      plugins: () => [rareCode(), workerFiles()],
      rolldownOptions: {
        output: {
          entryFileNames: draft,
          chunkFileNames: draft,
          codeSplitting: { groups: chunkGroups(import.meta.dirname, leftModules) },
        },
      },
    },
  },
})
