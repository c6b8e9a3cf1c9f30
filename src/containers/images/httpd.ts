// httpd: a stand-in of Apache's server on port 80.
import type { Program } from '../../engine/process.ts'
import { answer, httpDate, untilSignal } from './http.ts'
import type { Image } from './image.ts'

const page = '<html><body><h1>It works!</h1></body></html>\n'

const run: Program = function* ({ engine, network, stderr }) {
  const listener = network.listen(80, function* () {
    return answer(200, page, {
      server: 'Apache/2.4.65 (Unix)',
      date: httpDate(engine.now),
      'content-type': 'text/html',
    })
  })
  if (!listener) {
    stderr.write('(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:80\n')
    return 1
  }
  return yield* untilSignal(0, [listener])
}

export const httpd: Image = {
  repository: 'httpd',
  tags: { latest: 2_301_844, '2.4': 2_301_844 },
  programs: { '/usr/local/bin/httpd-foreground': { run, handlesSignals: true } },
  cmd: ['httpd-foreground'],
  ports: [80],
  shell: 'gnu',
}
