import { satteri } from '@astrojs/markdown-satteri'
import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'
import { chunkGroups } from './scripts/lib/chunks.ts'

// The site can be hosted under a sub-path: LIVING_KUBERNETES_BASE=/k8s npm run build (or `--base` of astro itself).
const base = process.env.LIVING_KUBERNETES_BASE ?? '/'

export default defineConfig({
  base,
  // Where the site will stand, for absolute addresses (pictures of link previews).
  site: process.env.LIVING_KUBERNETES_SITE,
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
  integrations: [mdx()],
  vite: {
    build: { assetsInlineLimit: 0 },
    worker: {
      format: 'es',
      rolldownOptions: { output: { codeSplitting: { groups: chunkGroups(import.meta.dirname) } } },
    },
  },
})
