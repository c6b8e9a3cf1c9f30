// httpd: Apache's server, which serves its htdocs on port 80. Left out: its configuration, and its logs.
import type { Program } from '../../engine/process.ts'
import { startUp } from '../listening.ts'
import { baseOf } from './bases.ts'
import { answer, httpDate, untilSignal } from './http.ts'
import type { Executable, ImageMaker } from './image.ts'

const notFound =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n'
const page = '<html><body><h1>It works!</h1></body></html>\n'

const prefix = '/usr/local/apache2'

const run = (version: string): Program =>
  function* (process) {
    const { engine, files, network, stderr } = process
    yield* startUp(process, 'httpd')
    const listener = network.listen(80, function* ({ method, path }) {
      const headers = {
        server: `Apache/${version} (Unix)`,
        date: httpDate(engine.now),
        'content-type': 'text/html',
      }
      const name = path.replace(/\?.*$/, '')
      const file = `${prefix}/htdocs${name.endsWith('/') ? `${name}index.html` : name}`
      if (!files.exists(file) || files.stat(file).type === 'directory')
        return answer(404, notFound, { ...headers, 'content-type': 'text/html; charset=iso-8859-1' })
      return answer(200, method === 'HEAD' ? '' : files.read(file), headers)
    })
    if (!listener) {
      stderr.write('(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:80\n')
      return 1
    }
    return yield* untilSignal(0, [listener])
  }

const version = (number: string): Executable => ({
  *run({ stdout }) {
    stdout.write(`Server version: Apache/${number} (Unix)\n`)
    return 0
  },
})

export const httpd: ImageMaker = wanted => {
  const executable = { run: run(wanted.version || '2.4.65'), handlesSignals: true }
  const { files, ...base } = baseOf(wanted)
  return {
    ...base,
    programs: {
      '/usr/local/bin/httpd-foreground': executable,
      '/usr/local/apache2/bin/httpd': version(wanted.version),
    },
    cmd: ['httpd-foreground'],
    env: {
      HTTPD_PREFIX: prefix,
      HTTPD_VERSION: wanted.version,
      PATH: `${prefix}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    },
    workingDir: prefix,
    ports: [80],
    files: { ...files, [`${prefix}/htdocs/index.html`]: page },
  }
}
