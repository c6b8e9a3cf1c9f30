// `npm start`: builds the site and serves it. `npm run dev` (--dev) serves it from its sources instead and
// shows changes at once. Both take --port N; a port that is taken gives way to the next free one. Only this machine can
// reach them, unless --host ADDRESS says where to listen (0.0.0.0: everywhere).
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { requireNode } from './lib/node-version.ts'
import { placeOf } from './lib/place.ts'
import { root, run } from './lib/run.ts'
import { loopback, serve } from './lib/serve.ts'

requireNode()
const { values } = parseArgs({
  options: {
    dev: { type: 'boolean' },
    port: { type: 'string', default: '4321' },
    host: { type: 'string', default: loopback },
  },
})
const port = Number(values.port)
const { base } = placeOf(process.env)

if (values.dev) {
  const { code } = await run('astro', ['dev', '--port', String(port), '--host', values.host], {
    show: '',
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  })
  process.exit(code)
}

const { code } = await run('node', ['scripts/build.ts'], { show: '' })
if (code !== 0) process.exit(code)
const served = await serve(process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist'), base, port, values.host)
console.log(`\nLiving Kubernetes is served at ${served.url}`)
console.log('Ctrl-C ends it.')
