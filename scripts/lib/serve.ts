// A static file server for the built site, as a host would serve it: clean addresses, the site's own 404, compression.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.md': 'text/markdown; charset=utf-8',
  '.wasm': 'application/wasm',
  '.yaml': 'text/yaml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

export interface Served {
  readonly url: string
  close(): Promise<void>
}

/** Only this machine is answered, unless somebody names another address to listen at. */
export const loopback = '127.0.0.1'

/** Serves `folder` under `base` on the first free port from `port` on (any free one for 0). */
export async function serve(folder: string, base: string, port: number, host = loopback): Promise<Served> {
  // Tests in the browser ask for the same files hundreds of times.
  const packed = new Map<string, { readonly changed: number; readonly bytes: Buffer }>()
  async function pack(file: string): Promise<Buffer> {
    const { mtimeMs: changed } = await stat(file)
    const known = packed.get(file)
    if (known?.changed === changed) return known.bytes
    const bytes = await promisify(gzip)(await readFile(file))
    packed.set(file, { changed, bytes })
    return bytes
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    let path: string
    try {
      path = decodeURIComponent(pathname)
    } catch {
      path = '/'
    }
    if (base !== '/' && path === base.replace(/\/$/, '')) {
      response.writeHead(302, { location: base }).end()
      return
    }
    const within = path.startsWith(base) ? path.slice(base.length) : undefined
    let file = within === undefined ? '' : join(folder, normalize(`/${within}`))
    if (file && !file.startsWith(folder + sep) && file !== folder + sep && file !== folder) file = ''
    if (file && existsSync(file) && statSync(file).isDirectory()) {
      if (!path.endsWith('/')) {
        response.writeHead(302, { location: `${path}/` }).end()
        return
      }
      file = join(file, 'index.html')
    }
    const found = file && existsSync(file)
    const send = found ? file : join(folder, '404.html')
    const zip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    response.writeHead(found ? 200 : 404, {
      'content-type': types[extname(send)] ?? 'application/octet-stream',
      'cache-control': send.includes(`${sep}_astro${sep}`) ? 'max-age=31536000, immutable' : 'no-cache',
      // The element for other sites (embed.js) is a module: they may load it.
      ...(within === 'embed.js' && { 'access-control-allow-origin': '*' }),
      ...(zip && { 'content-encoding': 'gzip' }),
    })
    if (request.method === 'HEAD') {
      response.end()
      return
    }
    if (zip)
      pack(send).then(
        bytes => response.end(bytes),
        () => response.destroy(),
      )
    else
      createReadStream(send)
        .on('error', () => response.destroy())
        .pipe(response)
  })
  const taken = await listen(server, port, host)
  return {
    url: `http://${/^(?:0\.0\.0\.0|::)$/.test(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${taken}${base}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  for (let each = port; ; each++) {
    const free = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if ((error.code === 'EADDRINUSE' || error.code === 'EACCES') && port !== 0 && each < port + 100)
          resolve(false)
        else reject(error)
      })
      server.listen(each, host, () => resolve(true))
    })
    server.removeAllListeners('error')
    if (!free) continue
    const address = server.address()
    return typeof address === 'object' && address ? address.port : each
  }
}
