// npm run hosting -- nginx | caddy | netlify | cloudflare | github  [--root FOLDER] [--port N] [--host ADDRESS] [--brotli]
//
// Prints how a host is told to serve the built site: content security policy, caching, types, compression. SITE= (or
// LIVING_KUBERNETES_BASE=) as at the build; a site of /learn/k8s/ lies in FOLDER/learn/k8s/. --brotli: nginx has its module for
// files that were compressed by it. Netlify and Cloudflare Pages find theirs in the built site, as `_headers`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { policyIn } from './lib/hosting/headers.ts'
import { caddy, githubPages, headersFile, nginx } from './lib/hosting/hosts.ts'
import { misused, readOptions } from './lib/options.ts'
import { placeOf } from './lib/place.ts'
import { root } from './lib/run.ts'

const script = import.meta.filename
const { values, positionals } = readOptions(script, {
  allowPositionals: true,
  options: {
    root: { type: 'string', default: '/usr/share/nginx/html' },
    port: { type: 'string', default: '8080' },
    host: { type: 'string' },
    brotli: { type: 'boolean', default: false },
  },
})
const page = join(process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist'), 'index.html')
if (!existsSync(page)) misused(script, 'There is no built site: npm run build')
const port = Number(values.port)
if (!Number.isInteger(port) || port < 1 || port > 65535) misused(script, `${values.port} is no port`)
const site = { base: placeOf(process.env).base, policy: policyIn(readFileSync(page, 'utf8')) }
const options = { root: values.root, port, host: values.host, brotli: values.brotli }
const hosts: Record<string, () => string> = {
  nginx: () => nginx(site, options),
  caddy: () => caddy(site, options),
  netlify: () => headersFile(site),
  cloudflare: () => headersFile(site),
  github: () => githubPages(site),
}
const host = hosts[positionals.join(' ')]
if (!host) misused(script, `Name one host: ${Object.keys(hosts).join(', ')}`)
process.stdout.write(host())
